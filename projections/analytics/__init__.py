"""Aggregates over the workforce, answered by the projection: exact, or without small cells."""

"""Queries with their answers: each folder is a scenario, and reads like a story."""

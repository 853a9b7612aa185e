"""Findings against an oracle: plain SQL over the four registries in one database, written apart."""

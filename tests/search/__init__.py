"""The search, proved: an oracle in plain SQL over all four registries in one database, written apart from it.

The oracle may not import the projection, nor read its tables: what is compared must not share its mistakes.
Only `searched.py`, which puts the gateway together that is proved, knows of it.
"""

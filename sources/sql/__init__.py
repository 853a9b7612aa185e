"""The four registries read from PostgreSQL: statements compiled once, run by asyncpg in autocommit."""

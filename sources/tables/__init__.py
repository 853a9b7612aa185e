"""The tables of the four registries, as SQLAlchemy Core knows them."""

"""Whether a hit still passes its search, by what the registries say now. Knows no SQL and no projection."""

"""Makes the registries' demo data: deterministic, of any size. Only the command line uses it."""

"""How searches are answered: arguments become a search, its hits become pages, counts and facets."""

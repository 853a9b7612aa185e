"""Search over the projection: a condition goes in, keys, positions, counts and facets come out."""

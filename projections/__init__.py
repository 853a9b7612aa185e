"""Views computed across registries. Knows no GraphQL and no HTTP."""

"""The journal: what was released of whom, to whom. Knows no GraphQL, no HTTP, no registry and no rights."""

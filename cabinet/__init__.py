"""What callers keep in Svod itself: the write side. Knows no GraphQL and no HTTP, and changes no registry."""

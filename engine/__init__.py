"""Compiled execution of GraphQL operations: knows graphql-core, and nothing of what it is used for."""

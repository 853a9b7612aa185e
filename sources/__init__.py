"""What a registry says, in our words. Knows no GraphQL, no rights, no HTTP."""

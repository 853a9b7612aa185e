"""What roots can be filtered by: facts of their own registry and of the others, a file a noun."""

"""The kinds of files that rows can be written as: a file a kind."""

"""Rows for tables: what a search finds, written as a file, streamed page after page under the same rights."""

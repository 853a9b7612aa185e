"""Searches at national scale: a published set of them, how long they take, and what keeps them possible."""

"""A fault that a command expects: said in one line, without a traceback, with exit code 1."""


class RefusalError(Exception):
    """The command cannot do what was asked. The message says why, and what to do about it."""

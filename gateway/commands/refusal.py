"""A fault that a command expects: said in one line, without a traceback, with exit code 1."""


class RefusalError(Exception):
    """The command cannot do what was asked: what stands in the way, and what is wrong with it."""

    def __init__(self, subject: str, fault: str) -> None:
        super().__init__(f"{subject} {fault}")

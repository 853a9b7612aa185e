"""What can go wrong with what callers keep.

CabinetError
    CabinetUnavailable: the store does not answer
    BadName: a name that cannot be given
    TooMany: the caller keeps as many as he may
"""


class CabinetError(Exception):
    """What a caller keeps was neither read nor changed. The message holds no text of his."""


class CabinetUnavailable(CabinetError):
    """The store cannot be reached, or did not answer in time. Whether a change stands is unknown."""

    def __init__(self, cause: Exception | None = None) -> None:
        super().__init__("saved searches cannot be read or changed just now")
        self.__cause__ = cause


class BadName(CabinetError):
    """A name that cannot be given. `fault`: what would be right."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"name: {fault}")


class TooMany(CabinetError):
    """The caller keeps as many saved searches as he may."""

    def __init__(self, most: int) -> None:
        super().__init__(f"input: you may keep {most} saved searches; delete one first")

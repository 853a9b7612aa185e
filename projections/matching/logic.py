"""Truth where something could not be read: yes, no, or nobody knows."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

Mark = bool | None
"""True: it passes; False: it does not; None: it cannot be told."""


class Unread(Enum):
    """The type of what was not read."""

    UNREAD = "unread"


UNREAD: Final = Unread.UNREAD
"""Stands where a value or a record would be, had its registry answered."""


def every(marks: Iterable[Mark]) -> Mark:
    """Whether all hold: one that does not decides, whatever is unknown of the others."""
    known: Mark = True
    for mark in marks:
        if mark is False:
            return False
        if mark is None:
            known = None
    return known


def some(marks: Iterable[Mark]) -> Mark:
    """Whether one holds: it decides, whatever is unknown of the others."""
    known: Mark = False
    for mark in marks:
        if mark:
            return True
        if mark is None:
            known = None
    return known

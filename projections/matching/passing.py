"""Whether a value passes a test. A fact that is not there passes `Absent` alone."""

from typing import Any
from uuid import UUID

from projections.matching.logic import UNREAD, Mark
from projections.search.condition import Absent, Is, OneOf, Test, Within


def passes(test: Test, value: Any, *, holds: bool = True) -> Mark:
    """Whether the test holds of the value, or does not where that is asked; unread: it cannot be told."""
    if value is UNREAD:
        return None
    if isinstance(value, frozenset):
        return _one_passes(test, value, holds)
    return _passes(test, value) is holds


def _one_passes(test: Test, values: frozenset[Any], holds: bool) -> Mark:
    """The same of several values: one that passes is enough."""
    if any(_passes(test, each) for each in values if each is not UNREAD):
        return holds
    return None if UNREAD in values else not holds


def _passes(test: Test, value: Any) -> bool:
    if value is None or isinstance(test, Absent):
        return value is None and isinstance(test, Absent)
    match test:
        case OneOf(values):
            return value in values or (isinstance(value, UUID) and str(value) in values)
        case Is(wanted):
            return bool(value == wanted)
        case Within(low, high):
            return (low is None or value >= low) and (high is None or value <= high)

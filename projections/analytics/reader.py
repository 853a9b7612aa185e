"""What an aggregate gives, and who gives it: the seam that upper rooms know."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from projections.analytics.question import Key, Question
from projections.analytics.timeline import Course
from projections.search.reader import Freshness

Values = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one combination of values, in the order of the question; None: not told, or none."""

    keys: Key
    values: Values
    suppressed: bool = False
    """Whether something of it is left out for being about too few."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The answer: a row for each combination that is there, and the same over all of them."""

    day: dt.date
    rows: Sequence[Row]
    total: Row
    suppressed: bool
    """Whether what is about too few people is left out."""
    freshness: Sequence[Freshness]


@dataclass(frozen=True, slots=True)
class Point:
    """How many there were in the month or the year that begins on that day; None: not told."""

    start: dt.date
    key: str | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A course in time: its points in order."""

    day: dt.date
    points: Sequence[Point]
    suppressed: bool
    freshness: Sequence[Freshness]


class AnalyticsReader(Protocol):
    """Answers aggregates. Each raises SearchError."""

    async def aggregate(self, question: Question) -> Aggregate:
        """The workforce by these dimensions."""
        ...

    async def course(self, course: Course) -> Drawn:
        """What happened by month or year."""
        ...

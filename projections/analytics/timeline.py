"""What a course in time asks, as plain data. Knows no SQL."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from projections.analytics.question import Dimension, Narrowing, Scope


class TimelineOf(StrEnum):
    """What is counted by its day."""

    CREDENTIALS_ISSUED = "CREDENTIALS_ISSUED"
    CREDENTIALS_ENDING = "CREDENTIALS_ENDING"
    CATEGORIES_ASSIGNED = "CATEGORIES_ASSIGNED"
    CATEGORIES_ENDING = "CATEGORIES_ENDING"
    LICENSES_ENDING = "LICENSES_ENDING"


class TimelineStep(StrEnum):
    """How long a period is."""

    MONTH = "MONTH"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class Course:
    """So many of something by month or year, between two days, both included.

    `by`: told apart by that, too. `scope` as of an aggregate.
    """

    of: TimelineOf
    step: TimelineStep
    start: dt.date
    end: dt.date
    by: Dimension | None = None
    where: tuple[Narrowing, ...] = ()
    branches: bool = True
    scope: Scope | None = None
    guarded: bool = False

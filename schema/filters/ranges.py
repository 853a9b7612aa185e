"""Ranges: two bounds, both included, each of which may be left open."""

import datetime as dt
from decimal import Decimal
from typing import Any

import strawberry

from schema.fields import asked
from schema.filters.where import PUBLIC


class Bounded:
    """What every range has in common."""

    @property
    def bounds(self) -> tuple[Any, Any]:
        """The lower and the upper one; None: open."""
        found: Any = self
        return found.from_, found.to

    @property
    def is_absent(self) -> bool | None:
        """Whether what is asked is that there is no value, or that there is one."""
        return getattr(self, "absent", None)


@strawberry.input(description="Days from one to another, both included; or that there is no such day.")
class DateRange(Bounded):
    """Days from one to another."""

    from_: dt.date | None = asked(PUBLIC, "Not before that day.", name="from")
    to: dt.date | None = asked(PUBLIC, "Not after that day.")
    absent: bool | None = asked(
        PUBLIC, "Given alone: `true` asks that there is no such day, `false` that there is one."
    )


@strawberry.input(description="Whole numbers from one to another, both included.")
class IntRange(Bounded):
    """Whole numbers from one to another."""

    from_: int | None = asked(PUBLIC, "Not less.", name="from")
    to: int | None = asked(PUBLIC, "Not more.")


@strawberry.input(description="Decimal numbers from one to another, both included.")
class DecimalRange(Bounded):
    """Decimal numbers from one to another."""

    from_: Decimal | None = asked(PUBLIC, "Not less.", name="from")
    to: Decimal | None = asked(PUBLIC, "Not more.")

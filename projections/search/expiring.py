"""Credentials in force that end within a time, by months: in which month the first one ends, a set tells."""

import datetime as dt
from collections.abc import Iterator

from projections.search.condition import Test, Within
from projections.search.sets import EVERYBODY, NOBODY, NONE, Having, Sets, both, without

MOST_MONTHS = 240
"""A time that begins or ends later is looked at worker by worker."""

_DAY = dt.timedelta(1)


def expiring(test: Test, positive: bool, day: dt.date) -> tuple[Sets, Sets]:
    """Who surely has a credential in force that ends so, and who may have one."""
    if not isinstance(test, Within):
        return NOBODY, EVERYBODY
    low, high = _date(test.low), _date(test.high)
    if not positive:
        return _opposite(low, high, day)
    return _within(low, high, day)


def _date(bound: object) -> dt.date | None:
    return bound if isinstance(bound, dt.date) else None


def _opposite(low: dt.date | None, high: dt.date | None, day: dt.date) -> tuple[Sets, Sets]:
    """Outside of a time: said of one that has one end alone."""
    if low is None and high is not None and high < dt.date.max:
        return _within(high + _DAY, None, day)
    if high is None and low is not None and low > dt.date.min:
        return _within(None, low - _DAY, day)
    return NOBODY, EVERYBODY


def _within(low: dt.date | None, high: dt.date | None, day: dt.date) -> tuple[Sets, Sets]:
    """From a day, up to a day. What is in force ends on `day` or later; of several the first end is kept."""
    anyone = without(Having("expiry", (NONE,)))
    begun = low is None or low <= day
    if high is not None and high < day:
        return NOBODY, NOBODY
    if high is None:
        after = anyone if begun else _from(low or day, day)
        return after, anyone
    if _number(high) - _number(day) > MOST_MONTHS:
        return NOBODY, anyone
    months = list(_months(day, high))
    sure = [each for each in months if _last(each) <= high and (low is None or begun or _first(each) >= low)]
    return _having(sure), _having(months)


def _from(low: dt.date, day: dt.date) -> Sets:
    """Those of whom nothing in force ends before the first whole month from this day on."""
    if _number(low) - _number(day) > MOST_MONTHS:
        return NOBODY
    before = [month for month in _months(day, low) if _first(month) < low]
    return both(without(Having("expiry", (NONE,))), without(_having(before)))


def _having(months: list[int]) -> Sets:
    return Having("expiry", tuple(_written(month) for month in months)) if months else NOBODY


def _months(first: dt.date, last: dt.date) -> Iterator[int]:
    return iter(range(_number(first), _number(last) + 1))


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _first(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def _last(month: int) -> dt.date:
    return _first(month + 1) - _DAY


def _written(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"

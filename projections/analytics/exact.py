"""Exact answers: the statements of a question put together into rows of measures."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from projections.analytics.columns import written
from projections.analytics.question import (
    AGES,
    CREDENTIALS,
    SINGLE,
    STATUSES,
    Dimension,
    Key,
    Measure,
    Question,
    ordered,
)
from projections.analytics.reader import Row, Values
from projections.analytics.rows import Part
from projections.analytics.statements import parts
from projections.search.answers import Answers
from projections.search.binder import Statement
from projections.search.errors import BadSearch

M = Measure
Sums = dict[str, int | Decimal]
_YEAR: Final = Decimal("365.2425")
_SHARE: Final = Decimal("0.0001")
_HUNDREDTH: Final = Decimal("0.01")


_PLANNED: Final = (
    "set_config('enable_hashagg', '{}', true), set_config('max_parallel_workers_per_gather', '{}', true)"
)
SORTING: Final = Statement(f"select {_PLANNED.format('off', 0)}", ())
HASHING: Final = Statement(f"select {_PLANNED.format('on', 2)}", ())
"""How groups are made, for the rest of the transaction."""


async def sums(answers: Answers, question: Question, day: dt.date) -> dict[Key, Sums]:
    """What is counted of each group. Raises SearchError."""
    found: dict[Key, Sums] = {}
    for part in parts(question, day):
        for key, told in await counted(answers, part, question):
            found.setdefault(key, {}).update(told)
    return found


def over(
    found: Mapping[Key, Sums], by: Sequence[Dimension], fewer: Sequence[Dimension]
) -> dict[Key, Sums] | None:
    """The same by fewer dimensions, where it adds up; None: somebody may be in several rows of one."""
    if not set(by) - set(fewer) <= SINGLE:
        return None
    places = [by.index(each) for each in fewer]
    summed: dict[Key, Sums] = {} if fewer else {(): {}}
    for key, told in found.items():
        into = summed.setdefault(tuple(key[place] for place in places), {})
        for name, number in told.items():
            into[name] = into.get(name, 0) + number
    return summed


async def counted(answers: Answers, part: Part, question: Question) -> list[tuple[Key, Sums]]:
    """The groups of one statement. Raises SearchError."""
    by = question.by
    if part.sorted:
        await answers.looked_up(SORTING)
    rows = await answers.rows([part.statement])
    if part.sorted:
        await answers.looked_up(HASHING)
    if len(rows) > question.most:
        raise BadSearch(
            ("groupBy",), f"more than {question.most:,} rows: narrow it by `where`, or group by less"
        )
    return [(_key(row, by), dict(zip(part.sums, tuple(row)[len(by) :], strict=True))) for row in rows]


def table(found: Mapping[Key, Sums], question: Question) -> list[Row]:
    """The rows, by their first measure, the most first, then by their keys."""
    rows = [Row(key, values(found[key], question)) for key in ordered(list(found))]
    return sorted(rows, key=_first)


def values(told: Sums, question: Question) -> Values:
    """The measures of what was counted of a group."""
    return tuple(value(each, told) for each in question.measures)


def value(measure: Measure, told: Sums) -> Decimal | None:
    """One measure; None: of nobody."""
    match measure:
        case M.RATES:
            return (Decimal(told.get("rates", 0)) / 100).quantize(_HUNDREDTH)
        case M.POSTS | M.VACANCIES:
            return Decimal(told.get(measure.lower(), 0)).quantize(_HUNDREDTH)
        case M.CATEGORY_SHARE:
            if not _has(told):
                return None
            share = Decimal(told["with_category"]) / told["workers"]
            return share.quantize(_SHARE, ROUND_HALF_UP)
        case M.MEAN_AGE_BAND:
            return _band(Decimal(told["days"]) / told["workers"] / _YEAR) if _has(told) else None
        case M.CREDENTIALS if measure.lower() not in told:
            return Decimal(sum(told.get(status.lower(), 0) for status in STATUSES.values()))
        case _ if measure in CREDENTIALS and measure.lower() not in told and measure in STATUSES:
            return Decimal(told.get(STATUSES[measure].lower(), 0))
    return Decimal(told.get(measure.lower(), 0))


def _has(told: Sums) -> bool:
    return bool(told.get("workers"))


def _band(years: Decimal) -> Decimal:
    """The lower age of the band that an age is in."""
    return Decimal(max(age for age in AGES if age <= years))


def _key(row: Any, by: Sequence[Dimension]) -> Key:
    return tuple(written(each, value) for each, value in zip(by, row, strict=False))


def _first(row: Row) -> tuple[bool, Decimal]:
    first = row.values[0] if row.values else None
    return (first is None, Decimal(0) if first is None else -first)

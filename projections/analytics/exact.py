"""Exact answers: the statements of a question put together into rows of measures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from projections.analytics.columns import written
from projections.analytics.crowd import Crowd, marked
from projections.analytics.held import Held
from projections.analytics.question import (
    AGES,
    CREDENTIALS,
    OF_CREDENTIAL,
    SINGLE,
    STATUSES,
    Dimension,
    Key,
    Measure,
    Question,
    ordered,
    touches,
)
from projections.analytics.reader import Row, Values
from projections.analytics.rows import Part
from projections.analytics.statements import compared, of_held, of_people, posts
from projections.analytics.tables import Sums, check_size, tables
from projections.search.answers import Answers
from projections.search.binder import Statement

M = Measure
_YEAR: Final = Decimal("365.2425")
_SHARE: Final = Decimal("0.0001")
_HUNDREDTH: Final = Decimal("0.01")


_PLANNED: Final = (
    "set_config('enable_hashagg', '{}', true), set_config('max_parallel_workers_per_gather', '{}', true)"
)
SORTING: Final = Statement(f"select {_PLANNED.format('off', 0)}", ())
HASHING: Final = Statement(f"select {_PLANNED.format('on', 2)}", ())
"""How groups are made, for the rest of the transaction."""


Found = dict[Key, Sums]


async def sums(answers: Answers, question: Question, day: dt.date) -> tuple[Found, Sums]:
    """What is counted of each group, and over all. Raises SearchError."""
    found: Found = {}
    over_all: Sums = {}
    for rows, whole in [
        *[await _in_one_pass(answers, crowd, names) for crowd, names in _crowds(question, day)],
        *await _compared(answers, question, day),
        *await _posts(answers, question, day),
    ]:
        for key, told in rows.items():
            found.setdefault(key, {}).update(told)
        over_all |= whole
    if _means_another_over_all(question):
        _, over_all = await sums(answers, replace(question, by=()), day)
    return found, over_all


def _means_another_over_all(question: Question) -> bool:
    """Whether rows are of the specialty of any credential, and the row over all of one in force."""
    narrowed = replace(question, by=()).dimensions
    return (
        Dimension.SPECIALTY in narrowed
        and touches(question.dimensions, OF_CREDENTIAL)
        and not touches(narrowed, OF_CREDENTIAL)
    )


def _crowds(question: Question, day: dt.date) -> list[tuple[Crowd, list[str]]]:
    """Those of whom rows and the row over all come out of one pass, with what is summed of them."""
    if not marked(question):
        return []
    found: list[tuple[Crowd, list[str]]] = []
    if own := of_people(question):
        found.append((Crowd(question, day), own))
    if held := of_held(question):
        found.append((Held(question, day, held), [each.lower() for each in held]))
    return found


async def _in_one_pass(answers: Answers, crowd: Crowd, names: Sequence[str]) -> tuple[Found, Sums]:
    by = crowd.question.by
    found = await tables(answers, crowd, names, {by: True, (): True})
    return found[by], found[()][()]


async def _compared(answers: Answers, question: Question, day: dt.date) -> list[tuple[Found, Sums]]:
    """What does not add up is asked once more over all."""
    rows = [await counted(answers, part, question) for part in compared(question, day)]
    if not rows or set(question.by) <= SINGLE:
        return [(each, over(each)) for each in rows]
    _, whole = await sums(answers, replace(question, by=()), day)
    return [(each, whole) for each in rows]


async def _posts(answers: Answers, question: Question, day: dt.date) -> list[tuple[Found, Sums]]:
    """Posts and vacancies add up; but by departments what is free is told of each department."""
    found = await posts_of(answers, question, day)
    whole = replace(question, by=())
    if found and Dimension.DEPARTMENT in question.dimensions - whole.dimensions:
        return [(rows, over(total)) for rows in found for total in await posts_of(answers, whole, day)]
    return [(rows, over(rows)) for rows in found]


async def posts_of(answers: Answers, question: Question, day: dt.date) -> list[Found]:
    """Posts and vacancies of each group, which add up. Raises SearchError."""
    return [await counted(answers, part, question) for part in posts(question, day)]


def over(found: Found) -> Sums:
    """The same over all rows, where it adds up."""
    summed: Sums = {}
    for told in found.values():
        for name, number in told.items():
            summed[name] = summed.get(name, 0) + number
    return summed


async def counted(answers: Answers, part: Part, question: Question) -> Found:
    """The groups of one statement. Raises SearchError."""
    by = question.by
    if part.sorted:
        await answers.looked_up(SORTING)
    rows = await answers.rows([part.statement])
    if part.sorted:
        await answers.looked_up(HASHING)
    check_size(len(rows), question)
    return {_key(row, by): dict(zip(part.sums, tuple(row)[len(by) :], strict=True)) for row in rows}


def table(found: Found, question: Question) -> list[Row]:
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

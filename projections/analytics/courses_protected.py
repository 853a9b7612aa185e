"""A course in time for those who see no individuals: the periods and groups that the lattice lets be told."""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from projections.analytics.columns import written
from projections.analytics.crowd import Crowd
from projections.analytics.lattices import EVERYONE, coarser_regions, of_everyone
from projections.analytics.question import Dimension, Key
from projections.analytics.reader import Point
from projections.analytics.records import Records
from projections.analytics.suppression import Axes, Coarser, Counts, Lattice
from projections.analytics.tables import Districts, tables
from projections.analytics.timeline import Course, TimelineStep
from projections.search.answers import Answers

MONTH: Final = "MONTH"
YEAR: Final = "YEAR"
Group = tuple[Dimension, ...]


async def protected(answers: Answers, course: Course, day: dt.date, districts: Districts) -> list[Point]:
    """The points that may be told, in order. Raises SearchError."""
    asked = course.where[0] if course.where else None
    dimension = course.by or (asked.dimension if asked else None)
    by: Group = () if dimension is None else (dimension,)
    whole = replace(_of_whole_periods(course), where=(), scope=EVERYONE)
    found = (await _lattice(answers, whole, by, day, districts)).told((course.step.value, *_named(by)))
    rows = await answers.rows([Records(whole, by, course.step, day).counted()])
    return [
        Point(row[0], key[1] if course.by else None, row["n"])
        for row, key in ((row, _key(row, by)) for row in rows)
        if key in found and (asked is None or key[1] == asked.values[0])
    ]


def _of_whole_periods(course: Course) -> Course:
    """The course from the first day of its first period to the last one of its last.

    Else days could be cut off one by one: what may be told is decided of whole periods.
    """
    yearly = course.step is TimelineStep.YEAR
    start = course.start.replace(month=1 if yearly else course.start.month, day=1)
    month = 12 if yearly else course.end.month
    return replace(
        course, start=start, end=course.end.replace(month=month, day=monthrange(course.end.year, month)[1])
    )


async def _lattice(
    answers: Answers, course: Course, by: Group, day: dt.date, districts: Districts
) -> Lattice:
    """How many people have something in each period and group; a month is a part of its year."""
    groups: set[Group] = {(), by}
    if by == (Dimension.REGION,):
        groups.add((Dimension.FEDERAL_DISTRICT,))
    crowd = Crowd(of_everyone(by), day)
    found = await tables(answers, crowd, (), dict.fromkeys(groups, False), districts)
    counts: dict[Axes, Counts] = {}
    for group in groups:
        counts[_named(group)] = {key: int(told["workers"]) for key, told in found[group].items()}
        for step in {course.step, TimelineStep.YEAR}:
            people = await answers.rows([Records(course, group, step, day).people()])
            counts[step.value, *_named(group)] = {_key(row, group): row["n"] for row in people}
    return Lattice(counts, {**coarser_regions(districts), MONTH: Coarser(YEAR, _year)})


def _year(month: str | None) -> str | None:
    return month and f"{month[:4]}-01-01"


def _named(group: Group) -> Axes:
    return tuple(each.value for each in group)


def _key(row: Any, by: Sequence[Dimension]) -> Key:
    period = None if row[0] is None else row[0].isoformat()
    return (period, *(written(each, value) for each, value in zip(by, tuple(row)[1:], strict=False)))

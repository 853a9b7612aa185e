"""Aggregates over the workforce: what is asked, whom the caller sees of it, how fields are answered."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Final
from uuid import UUID

from projections.analytics.question import Dimension, Measure, Narrowing, Question, Scope
from projections.analytics.reader import Aggregate, Drawn, Point, Row
from projections.analytics.timeline import Course, TimelineOf, TimelineStep
from resolvers.context import Context
from resolvers.link import Ask, computed, informed, lookup
from resolvers.search.found import AsOf, as_of
from resolvers.search.guarded import Told
from resolvers.workforce_scope import scope_of
from sources.keys import Oid

DICTIONARIES: Final = {
    Dimension.REGION: "regions",
    Dimension.ORGANIZATION_KIND: "organization_kinds",
    Dimension.SPECIALTY: "specialties",
    Dimension.POSITION: "positions",
    Dimension.CATEGORY: "qualification_categories",
}
"""The dictionary whose codes a dimension's values are; the others' values are no codes."""

AGED: Final = frozenset({Dimension.AGE_BAND, Measure.MEAN_AGE_BAND})
"""What tells of dates of birth."""

YEARS_BACK: Final = 4
"""Years before this one from which a course in time begins, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Key:
    """One value of a row."""

    dimension: Dimension
    value: str | None


async def workforce(
    context: Context,
    where: "Where",
    by: Sequence[Dimension],
    measures: Sequence[Measure],
    within: int,
) -> "Asked":
    """What is asked, with whom of it the caller sees."""
    question = Question(tuple(by), tuple(measures), where.narrowings, where.branches, within)
    aged = bool(AGED & {*question.dimensions, *measures})
    scope = await scope_of(context, where.narrowings, aged=aged)
    if scope is not None and aged:
        _tell(context)
    asked = replace(question, scope=scope, guarded=_is_guarded(scope))
    found: Any = await context.loaders.workforce.load(asked)
    return Asked(asked, found)


async def timeline(
    context: Context,
    of: TimelineOf,
    by: TimelineStep,
    days: tuple[dt.date | None, dt.date | None],
    where: "Where",
    group_by: Dimension | None,
) -> "DrawnCourse":
    """A course in time, with whom of it the caller sees."""
    start = days[0] or dt.date(context.today.year - YEARS_BACK, 1, 1)
    end = days[1] or dt.date(context.today.year + 1, 12, 31)
    course = Course(of, by, start, end, group_by, where.narrowings, where.branches)
    named = {group_by, *(each.dimension for each in where.narrowings)}
    aged = Dimension.AGE_BAND in named
    scope = None
    if of is not TimelineOf.LICENSES_ENDING:
        scope = await scope_of(context, where.narrowings, aged=aged)
        if scope is not None and aged:
            _tell(context)
    asked = replace(course, scope=scope, guarded=_is_guarded(scope))
    found: Any = await context.loaders.workforce_course.load(asked)
    return DrawnCourse(asked, found)


def _is_guarded(scope: Scope | None) -> bool:
    return scope is not None and (scope.organizations is not None or scope.regions is not None)


def _tell(context: Context) -> None:
    """Keep on record that ages were told exactly: of more people together than are named."""
    context.released.note("WorkforceDimension", "AGE_BAND", [Told("Worker:*")], masked=False)


@dataclass(frozen=True, slots=True)
class Where:
    """What an aggregate is narrowed to."""

    narrowings: tuple[Narrowing, ...] = ()
    branches: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """An aggregate and its answer."""

    noun: ClassVar[str] = "Workforce"
    question: Question
    answer: Aggregate


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row of an aggregate, which knows by what it stands there."""

    noun: ClassVar[str] = "WorkforceRow"
    by: tuple[Dimension, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class DrawnCourse:
    """A course in time and its points."""

    noun: ClassVar[str] = "Timeline"
    course: Course
    answer: Drawn


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """A point, which knows by what else it stands there."""

    noun: ClassVar[str] = "TimelinePoint"
    by: Dimension | None
    point: Point


def _freshness(answer: Aggregate | Drawn) -> list[AsOf]:
    return [as_of(each) for each in answer.freshness]


def _keys(asked: AskedRow) -> list[Key]:
    return [Key(by, value) for by, value in zip(asked.by, asked.row.keys, strict=False)]


def _values(asked: AskedRow) -> Collection[Decimal | None]:
    return list(asked.row.values)


group_by = computed(lambda asked: [each.value for each in asked.question.by])
measures = computed(lambda asked: [each.value for each in asked.question.measures])
dimension = computed(lambda key: key.dimension.value)
day = computed(lambda asked: asked.answer.day)
suppressed = computed(lambda asked: asked.answer.suppressed)
freshness = computed(lambda asked: _freshness(asked.answer))
rows = computed(lambda asked: [AskedRow(asked.question.by, row) for row in asked.answer.rows])
total = computed(lambda asked: AskedRow((), asked.answer.total))
keys = computed(_keys)
values = computed(_values)
row_suppressed = computed(lambda asked: asked.row.suppressed)
points = computed(lambda asked: [DrawnPoint(asked.course.by, point) for point in asked.answer.points])
start = computed(lambda drawn: drawn.point.start)
count = computed(lambda drawn: drawn.point.count)
point_key = computed(lambda drawn: None if drawn.by is None else Key(drawn.by, drawn.point.key))


def _entry(key: Key, context: Context) -> Any:
    dictionary = DICTIONARIES.get(key.dimension)
    if dictionary is None or key.value is None:
        return None
    return context.loaders.sources.dictionaries.lists[dictionary][key.value]


def _organization(key: Key, _context: Context) -> Ask | None:
    if key.dimension is not Dimension.ORGANIZATION or key.value is None:
        return None
    return Ask("organization_by_oid", Oid(key.value), key.value)


def _department(key: Key, _context: Context) -> Ask | None:
    if key.dimension is not Dimension.DEPARTMENT or key.value is None:
        return None
    return Ask("department_by_id", UUID(key.value), key.value)


entry = informed(_entry)
organization = lookup(_organization)
department = lookup(_department)

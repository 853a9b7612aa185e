"""Credentials and categories in SQL, by the month or the year of one of their days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from projections.analytics.columns import OF_CATEGORY, OF_LICENSE, OF_RECORD, Column, Told
from projections.analytics.question import Dimension, Measure, Question
from projections.analytics.rows import Rows, named
from projections.analytics.timeline import Course, TimelineOf, TimelineStep
from projections.search.binder import Binder, Statement

MOST_POINTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Of:
    """Where something stands, and the day that it is counted by."""

    table: str
    day: str
    counted: str
    columns: Mapping[Dimension, Column]


OF: Final[Mapping[TimelineOf, Of]] = {
    TimelineOf.CREDENTIALS_ISSUED: Of("credential", "issued_on", "true", OF_RECORD),
    TimelineOf.CREDENTIALS_ENDING: Of("credential", "valid_until", "c.status <> 'REVOKED'", OF_RECORD),
    TimelineOf.CATEGORIES_ASSIGNED: Of("category", "assigned_on", "true", OF_CATEGORY),
    TimelineOf.CATEGORIES_ENDING: Of("category", "valid_until", "true", OF_CATEGORY),
}


class Records(Rows):
    """Records of people, each once in a period and a group."""

    def __init__(self, course: Course, by: tuple[Dimension, ...], step: TimelineStep, day: dt.date) -> None:
        self._of, self._course = OF[course.of], course
        question = Question(by, (Measure.WORKERS,), course.where, course.branches, scope=course.scope)
        super().__init__(question, day, self._of.columns)
        self._period = f"date_trunc('{step.lower()}', c.{self._of.day})::date"

    def counted(self) -> Statement:
        """How many there are between the two days."""
        between = (
            f"c.{self._of.day} between {self._bound(self._course.start)} and {self._bound(self._course.end)}"
        )
        distinct = "distinct " if self.by_employment else ""
        heads = "true" if self.by_employment else "s.head"
        rows = f"select {distinct}{self._period} as period, {self.keyed}c.id {self._from([between, heads])}"
        return self._grouped(rows)

    def people(self) -> Statement:
        """How many people there are who have any, of all times; those without are people of no period."""
        kept = f"case when {self._of.counted} then {self._period} end"
        rows = (
            f"select distinct {kept} as period, {self.keyed}s.person from staff s"
            f" left join {self._of.table} c on c.person = s.person {self.told.joins()}"
        )
        return self._grouped(rows)

    def _from(self, more: list[str]) -> str:
        conditions = [self._of.counted, *more, *self.conditions, *self.scoped()]
        joined = f"from {self._of.table} c join staff s on s.person = c.person {self.told.joins()}"
        return f"{joined} where {' and '.join(conditions)}"

    def _grouped(self, rows: str) -> Statement:
        names = ", ".join(["period", *self.names])
        shown = ", ".join(
            ["period", *(named(each, name) for each, name in zip(self.question.by, self.names, strict=True))]
        )
        return self.binder.statement(
            f"select {shown}, n from (select {names}, count(*) as n from ({rows}) r group by {names}) g"
            f" order by 1 limit {MOST_POINTS + 1}"
        )

    def _bound(self, day: dt.date) -> str:
        return self.binder.bind(day, "date")


def licenses(course: Course, day: dt.date) -> Statement:
    """Licences in force that end, of organizations or, where it is not said whose, of anybody."""
    binder = Binder()
    told = Told(OF_LICENSE, binder, day, course.branches, organization="u.organization")
    key = f", {told.grouped(course.by)} as k0" if course.by else ""
    conditions = [told.condition(each) for each in course.where]
    conditions.append(
        f"u.valid_until between {binder.bind(course.start, 'date')} and {binder.bind(course.end, 'date')}"
    )
    rows = (
        f"select date_trunc('{course.step.lower()}', u.valid_until)::date as period{key} from license u"
        f" left join organization o on o.organization = u.organization {told.joins()}"
        f" where u.status in ('ACTIVE', 'SUSPENDED') and {' and '.join(conditions)}"
    )
    names, shown = ("period, k0", f"period, {named(course.by, 'k0')}") if course.by else ("period", "period")
    return binder.statement(
        f"select {shown}, n from (select {names}, count(*) as n from ({rows}) r group by {names}) g"
        f" order by 1 limit {MOST_POINTS + 1}"
    )

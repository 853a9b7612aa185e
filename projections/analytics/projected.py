"""Aggregates answered by the projection: each in one transaction, so that its parts are of one moment."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from projections.analytics.checks import check
from projections.analytics.courses import drawn
from projections.analytics.exact import sums, table, values
from projections.analytics.protected import Protected
from projections.analytics.question import Question
from projections.analytics.reader import Aggregate, Drawn, Row
from projections.analytics.timeline import Course
from projections.database import Projection
from projections.errors import ProjectionUnavailable
from projections.search.answers import Answers, Bounds
from projections.search.binder import Statement
from projections.search.errors import SearchUnavailable
from projections.search.reader import Freshness
from projections.sync.definition import part
from sources.dictionary import Dictionaries, Dictionary
from sources.registry import Registry

_STATE: Final = Statement(
    "select a.day, a.built_at, extract(epoch from now() - p.as_of)::float8 as lag"
    " from about a left join position p on p.registry = 'WORKERS'",
    (),
)
# Whom to count once is kept in memory.
_PLANNED: Final = Statement("select set_config('work_mem', '64MB', true)", ())
_FRESHNESS: Final = Statement("select registry, as_of, revision from position order by registry", ())


@dataclass(frozen=True, slots=True)
class Moment:
    """A connection on which everything is as of one moment, and what the projection says of itself then."""

    answers: Answers
    day: dt.date
    freshness: list[Freshness]


class ProjectedAnalytics:
    """An AnalyticsReader over the projection's tables."""

    def __init__(self, projection: Projection, dictionaries: Dictionaries, bounds: Bounds) -> None:
        self._projection, self._bounds = projection, bounds
        self._districts: Mapping[str, str] = {
            entry.code: found
            for entry in dictionaries.entries(Dictionary.REGIONS)
            for found in [part(entry)]
            if found is not None
        }

    async def aggregate(self, question: Question) -> Aggregate:
        """The workforce by these dimensions. Raises SearchError."""
        check(question)
        async with self._moment(guarded=question.guarded) as now:
            if question.scope is None:
                rows, total = await Protected(now.answers, question, now.day, self._districts).rows()
            else:
                found, whole = await sums(now.answers, question, now.day)
                rows, total = table(found, question), Row((), values(whole, question))
        return Aggregate(now.day, rows, total, question.scope is None, now.freshness)

    async def course(self, course: Course) -> Drawn:
        """What happened by month or year. Raises SearchError."""
        async with self._moment(guarded=course.guarded) as now:
            points, suppressed = await drawn(now.answers, course, now.day, self._districts)
        return Drawn(now.day, points, suppressed, now.freshness)

    @asynccontextmanager
    async def _moment(self, *, guarded: bool) -> AsyncIterator[Moment]:
        try:
            async with (
                self._projection.connection() as connection,
                connection.transaction(isolation="repeatable_read", readonly=True),
            ):
                yield await self._now(Answers(connection, self._bounds), guarded=guarded)
        except ProjectionUnavailable as exc:
            raise SearchUnavailable(str(exc)) from exc

    async def _now(self, answers: Answers, *, guarded: bool) -> Moment:
        await answers.looked_up(_PLANNED)
        rows = await answers.looked_up(_STATE)
        if not rows or rows[0]["built_at"] is None:
            raise SearchUnavailable("the projection is not built yet")
        [row] = rows
        if guarded and not (row["lag"] is not None and row["lag"] <= self._bounds.rights_lag):
            raise SearchUnavailable(
                f"the worker registry was taken over more than {self._bounds.rights_lag:g} s ago, and whom"
                " you see depends on it"
            )
        found = await answers.looked_up(_FRESHNESS)
        fresh = [Freshness(Registry(each["registry"]), each["as_of"], each["revision"]) for each in found]
        return Moment(answers, row["day"], fresh)

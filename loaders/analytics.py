"""What the projection says of aggregates, each asked once."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeVar, cast

from loaders.base import Asked, OneByKey
from loaders.declared import Declared
from projections.analytics.question import Question
from projections.analytics.reader import Aggregate, AnalyticsReader, Drawn
from projections.analytics.timeline import Course
from projections.search.errors import SearchUnavailable

K = TypeVar("K")
V = TypeVar("V")


class Reading(Protocol):
    """What a loader of aggregates needs of its operation."""

    @property
    def analytics(self) -> AnalyticsReader | None: ...


def aggregated(
    read: Callable[[AnalyticsReader, K], Awaitable[V]],
) -> Declared[K, V, OneByKey[K, V]]:
    """A loader of answers that the projection gives, one for each key."""
    return Declared(OneByKey, None, lambda its: _each(its, read))


def _each(its: Reading, read: Callable[[AnalyticsReader, K], Awaitable[V]]) -> Asked[K, V]:
    async def asked(keys: Sequence[K]) -> Mapping[K, V]:
        reader = its.analytics
        if reader is None:
            raise SearchUnavailable("this gateway has no projection to count in")
        found = await gather(*(read(reader, key) for key in keys), return_exceptions=True)
        return dict(zip(keys, cast("list[V]", found), strict=True))

    return asked


def aggregate(reader: AnalyticsReader, question: Question) -> Awaitable[Aggregate]:
    """The workforce by some dimensions."""
    return reader.aggregate(question)


def course(reader: AnalyticsReader, asked: Course) -> Awaitable[Drawn]:
    """What happened by month or year."""
    return reader.course(asked)

"""How many records a registry's own listing has: counted where that is quick and as good as now.

A registry counts a broad filter row by row; the projection keeps sets of those who pass it.
"""

import datetime as dt
from asyncio import gather
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from loaders.base import Asked
from loaders.search import EVERY_REGISTRY
from projections.search.condition import Search
from projections.search.errors import SearchError
from projections.search.reader import Freshness
from sources.registry import Registry

AS_GOOD_AS_NOW: Final = dt.timedelta(seconds=10)
"""How far behind a registry the projection may be for its count to stand beside the registry's own page."""


class ListedCount(NamedTuple):
    """What is counted: as the registry is asked (by which loader, for what), and as the projection is."""

    registry: Registry
    loader: str
    where: Any
    search: Search


def listed_counts(its: Any) -> Asked[ListedCount, int]:
    """How many there are, by the projection while it is as good as now, else by the registry."""

    async def of(asked: ListedCount) -> Any:
        found = await _searched(its, asked)
        return await getattr(its, asked.loader).load(asked.where) if found is None else found

    async def counts(keys: Sequence[ListedCount]) -> Mapping[ListedCount, Any]:
        found = await gather(*map(of, keys), return_exceptions=True)
        return dict(zip(keys, found, strict=True))

    return counts


def listed_freshness(its: Any) -> Asked[Registry, Sequence[Freshness]]:
    """How fresh such a count is, by registry; nothing where the registry itself counts."""

    async def told(registry: Registry) -> Sequence[Freshness]:
        found = await _as_good(its, registry)
        return [] if found is None else [found]

    async def freshness(keys: Sequence[Registry]) -> Mapping[Registry, Sequence[Freshness]]:
        return dict(zip(keys, await gather(*map(told, keys)), strict=True))

    return freshness


async def _searched(its: Any, asked: ListedCount) -> int | None:
    """The projection's count; None where it had better not be asked, or did not count."""
    if await _as_good(its, asked.registry) is None:
        return None
    try:
        counted: int = await its.search_count.load(asked.search)
    except SearchError:
        return None  # the registry can tell as well
    return counted


async def _as_good(its: Any, registry: Registry) -> Freshness | None:
    """How fresh the projection's part of a registry is, while that is as good as now."""
    if its.search is None:
        return None
    try:
        fresh: Sequence[Freshness] = await its.search_freshness.load(EVERY_REGISTRY)
    except SearchError:
        return None
    oldest = dt.datetime.now(dt.UTC) - AS_GOOD_AS_NOW
    return next((each for each in fresh if each.registry is registry and each.as_of >= oldest), None)

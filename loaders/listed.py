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


async def _searched(its: Any, asked: ListedCount) -> int | None:
    """The projection's count; None where there is no projection, or it had better not be asked."""
    if its.search is None:
        return None
    try:
        fresh = await its.search_freshness.load(EVERY_REGISTRY)
        oldest = dt.datetime.now(dt.UTC) - AS_GOOD_AS_NOW
        if any(each.registry is asked.registry and each.as_of >= oldest for each in fresh):
            counted: int = await its.search_count.load(asked.search)
            return counted
    except SearchError:
        pass  # the registry can tell as well
    return None

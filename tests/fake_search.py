"""A reader of searches that answers what a test gives it, and keeps what it was asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from projections.search.condition import Search
from projections.search.reader import Bucket, Freshness, Hit, Position
from sources.registry import Registry


@dataclass
class FakeSearch:
    """Hits in their order, buckets of each facet; `failing` is raised instead of any answer."""

    hits: Sequence[Hit] = ()
    buckets: Sequence[Bucket] = ()
    as_of: dt.datetime = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    failing: Exception | None = None
    pages: list[tuple[Search, Position | None, Position | None, int, bool]] = field(default_factory=list)
    counts: list[Search] = field(default_factory=list)
    facets: list[tuple[Search, str, int]] = field(default_factory=list)

    @property
    def searches(self) -> list[Search]:
        """Every search of which a page was asked."""
        return [asked[0] for asked in self.pages]

    async def page(
        self, search: Search, *, after: Position | None, before: Position | None, limit: int, backwards: bool
    ) -> Sequence[Hit]:
        """The hits between two positions, by their place in the list."""
        self.pages.append((search, after, before, limit, backwards))
        self._fail()
        known = [hit.position for hit in self.hits]
        start = 0 if after is None else known.index(after) + 1
        end = len(known) if before is None else known.index(before)
        found = self.hits[start:end]
        return found[-limit:] if backwards else found[:limit]

    async def count(self, search: Search) -> int:
        """How many hits were given."""
        self.counts.append(search)
        self._fail()
        return len(self.hits)

    async def facet(self, search: Search, by: str, top: int) -> Sequence[Bucket]:
        """The buckets that were given."""
        self.facets.append((search, by, top))
        self._fail()
        return self.buckets[:top]

    async def freshness(self) -> Sequence[Freshness]:
        """Each registry as of the moment that was given."""
        self._fail()
        return [Freshness(registry, self.as_of, 1) for registry in Registry]

    def clear(self) -> None:
        """Forget what was asked."""
        for asked in (self.pages, self.counts, self.facets):
            held: list[Any] = asked
            held.clear()

    def _fail(self) -> None:
        if self.failing is not None:
            raise self.failing

"""What a search gives, and who gives it: the seam that upper rooms know."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from projections.search.condition import Search
from sources.keys import Oid
from sources.registry import Registry

Position = tuple[str | None, ...]
"""A hit's place in the order, as texts: what a cursor holds. The last is the hit's own unique key."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. `key`: the OID of an organization, the registry's own key of all others."""

    key: UUID | Oid
    position: Position


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many hits have a value; None: those that have none."""

    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far a registry has been taken over: everything of it up to `as_of` (UTC) and up to `revision`."""

    registry: Registry
    as_of: dt.datetime
    revision: int


class SearchReader(Protocol):
    """Answers searches. Each raises SearchError."""

    async def page(
        self, search: Search, *, after: Position | None, before: Position | None, limit: int, backwards: bool
    ) -> Sequence[Hit]:
        """Hits strictly between two positions, in order: the first `limit`, or backwards the last."""
        ...

    async def count(self, search: Search) -> int:
        """How many hits there are."""
        ...

    async def facet(self, search: Search, by: str, top: int) -> Sequence[Bucket]:
        """The `top` most frequent values among all hits, the most frequent first, then by value.

        A hit counts once in each value that it has.
        """
        ...

    async def freshness(self) -> Sequence[Freshness]:
        """How far each registry has been taken over."""
        ...

"""What the projection says of searches, each page, count and facet asked once; and the records of hits."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, cast

from loaders.base import Asked, ManyByKey, OneByKey
from loaders.declared import Asking, Declared
from projections.search.condition import Root, Search
from projections.search.errors import SearchUnavailable
from projections.search.reader import Bucket, Freshness, Hit, Position, SearchReader

K = TypeVar("K")
V = TypeVar("V")
H = TypeVar("H")

RECORDS: Final[Mapping[Root, str]] = {
    Root.WORKER: "worker_by_id",
    Root.ORGANIZATION: "organization_by_oid",
    Root.LICENSE: "license_by_id",
    Root.CREDENTIAL: "credential_by_id",
}
"""The loader of the records that a root finds, by the key of a hit."""


class Window(NamedTuple):
    """A part of an order: strictly between two positions, the first so many, or the last."""

    after: Position | None
    before: Position | None
    size: int
    backwards: bool = False

    def shown(self, found: Sequence[H]) -> Sequence[H]:
        """The page itself, of what was found for it: one more is asked, to know whether there is more."""
        return found[-self.size :] if self.backwards else found[: self.size]


class SearchPage(NamedTuple):
    """Which page of a search."""

    search: Search
    window: Window


class SearchFacet(NamedTuple):
    """Which facet of a search: by what, and how many of its values."""

    search: Search
    by: str
    top: int


EVERY_REGISTRY: Final = "*"
"""The one key of `search_freshness`: how far each registry has been taken over is asked at once."""


def sought_many(
    read: Callable[[SearchReader, K], Awaitable[Sequence[V]]],
) -> Declared[K, Sequence[V], ManyByKey[K, V]]:
    """A loader of lists that the projection gives, a statement for each key."""
    return Declared(ManyByKey, (), lambda its: _each(its, read))


def sought(read: Callable[[SearchReader, K], Awaitable[V]]) -> Declared[K, V, OneByKey[K, V]]:
    """A loader of single answers of the projection, a statement for each key."""
    return Declared(OneByKey, None, lambda its: _each(its, read))


def hits(reader: SearchReader, page: SearchPage) -> Awaitable[Sequence[Hit]]:
    """The hits of a page and, where there are more, one beyond it."""
    return reader.page(
        page.search,
        after=page.window.after,
        before=page.window.before,
        limit=page.window.size + 1,
        backwards=page.window.backwards,
    )


def count(reader: SearchReader, search: Search) -> Awaitable[int]:
    """How many hits a search has."""
    return reader.count(search)


def buckets(reader: SearchReader, facet: SearchFacet) -> Awaitable[Sequence[Bucket]]:
    """How many hits have each value."""
    return reader.facet(*facet)


def freshness(reader: SearchReader, _all: str) -> Awaitable[Sequence[Freshness]]:
    """How far each registry has been taken over."""
    return reader.freshness()


def records(its: Any) -> Asked[SearchPage, Sequence[Any]]:
    """The records of a page's hits as their registry has them; a failure in the place of one that failed."""

    async def of(page: SearchPage) -> Sequence[Any]:
        found = page.window.shown(await its.search_page.load(page))
        by_key = getattr(its, RECORDS[page.search.root])
        return await gather(*(by_key.load(hit.key) for hit in found), return_exceptions=True)

    async def asked(pages: Sequence[SearchPage]) -> Mapping[SearchPage, Sequence[Any]]:
        return dict(zip(pages, await side_by_side([of(page) for page in pages]), strict=True))

    return asked


def _each(its: Asking, read: Callable[[SearchReader, K], Awaitable[V]]) -> Asked[K, V]:
    async def asked(keys: Sequence[K]) -> Mapping[K, V]:
        reader = its.search
        if reader is None:
            raise SearchUnavailable("this gateway has no projection to search in")
        return dict(zip(keys, await side_by_side([read(reader, key) for key in keys]), strict=True))

    return asked


async def side_by_side(calls: list[Awaitable[V]]) -> list[V]:
    """What each call gives; its failure in its place, unless it is the only one."""
    if len(calls) == 1:
        return [await calls[0]]
    return cast("list[V]", await gather(*calls, return_exceptions=True))

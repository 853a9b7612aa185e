"""Connections: pages by key, with opaque cursors that name the connection they belong to."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from resolvers.context import Info
from resolvers.errors import BadArgument, BadCursor
from resolvers.link import Resolver

K = TypeVar("K")

DEFAULT_FIRST = 20
MOST_FIRST = 100


@dataclass(frozen=True, slots=True)
class Edge:
    """One record of a page, with its cursor."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page stands in its connection."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


class Connection:
    """One page, fetched when its rows are first wanted, and a count that is taken only when asked for."""

    __slots__ = ("_after", "_count", "_fetch", "_first", "_key", "_rows", "_scope")

    def __init__(
        self,
        scope: str,
        first: int,
        after: str | None,
        *,
        key: Callable[[Any], str],
        fetch: Callable[[], Awaitable[Sequence[Any]]],
        count: Callable[[], Awaitable[int]],
    ) -> None:
        """`fetch` gives up to `first + 1` rows after the cursor's key; `key` is what a row's cursor holds."""
        self._scope, self._first, self._after = scope, first, after
        self._key, self._fetch, self._count = key, fetch, count
        self._rows: asyncio.Future[Sequence[Any]] | None = None

    async def rows(self) -> Sequence[Any]:
        """The page's rows and, where there are more, one beyond it."""
        if self._rows is None:
            self._rows = asyncio.ensure_future(self._fetch())
        return await self._rows

    async def nodes(self) -> Sequence[Any]:
        """The page's records."""
        return (await self.rows())[: self._first]

    async def edges(self) -> list[Edge]:
        """The page's records with their cursors."""
        return [Edge(cursor(self._scope, self._key(row)), row) for row in await self.nodes()]

    async def page_info(self) -> PageInfo:
        """Whether there is more, and the cursors at both ends."""
        rows = await self.rows()
        ends = (
            [cursor(self._scope, self._key(row)) for row in (rows[0], rows[: self._first][-1])]
            if rows
            else None
        )
        start, end = ends or (None, None)
        return PageInfo(len(rows) > self._first, self._after is not None, start, end)

    async def total_count(self) -> int:
        """How many records the whole connection has, counted exactly."""
        return await self._count()


def scope(*fixed: object) -> str:
    """What a cursor belongs to: the connection's name and everything that fixes its rows and their order."""
    return hashlib.blake2s(repr(fixed).encode(), digest_size=6).hexdigest()


def cursor(belongs_to: str, key: str) -> str:
    """An opaque cursor behind the record with this key."""
    return base64.urlsafe_b64encode(orjson.dumps([belongs_to, key])).decode().rstrip("=")


def cursor_key(belongs_to: str, text: str | None) -> str | None:
    """The key that a cursor holds; `BadCursor` where it is none, or of another connection or filter."""
    if text is None:
        return None
    try:
        found = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError as error:
        raise BadCursor("argument `after` holds no cursor of Svod") from error
    match found:
        case [str(owner), str(key)] if owner == belongs_to:
            return key
        case [str(), str()]:
            raise BadCursor("argument `after` holds a cursor of another connection or of another filter")
    raise BadCursor("argument `after` holds no cursor of Svod")


def bounded(first: int) -> int:
    """The page size, checked."""
    if not 1 <= first <= MOST_FIRST:
        raise BadArgument(f"argument `first` must be from 1 to {MOST_FIRST}, but is {first}")
    return first


def listing(
    fixed: tuple[object, ...],
    first: int,
    after: str | None,
    *,
    key: Callable[[Any], str],
    parse: Callable[[str], K],
    fetch: Callable[[K | None, int], Awaitable[Sequence[Any]]],
    count: Callable[[], Awaitable[int]],
) -> Connection:
    """A connection whose rows and order are fixed by `fixed`, its name first.

    `key` is what a row's cursor holds, `parse` makes a key of it again; `fetch` gives so many rows after it.
    """
    belongs_to = scope(*fixed)
    held = cursor_key(belongs_to, after)
    start = None if held is None else parse(held)
    limit = bounded(first) + 1
    return Connection(belongs_to, first, after, key=key, fetch=lambda: fetch(start, limit), count=count)


def _part(name: str) -> Resolver:
    def resolve(root: Connection, info: Info) -> Any:  # noqa: ARG001  (every resolver takes both)
        return getattr(root, name)()

    return Resolver(resolve)


nodes = _part("nodes")
edges = _part("edges")
page_info = _part("page_info")
total_count = _part("total_count")

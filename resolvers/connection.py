"""Connections: pages by key, with opaque cursors that name the connection they belong to."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from resolvers.context import MOST_FIRST, Context
from resolvers.errors import BadArgument, BadCursor
from resolvers.link import Ask, lookup

K = TypeVar("K")

DEFAULT_FIRST = 20


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


@dataclass(frozen=True, slots=True)
class Connection:
    """One page of records and how many there are of all: where each is asked, when it is wanted."""

    scope: str
    first: int
    after: str | None
    key: Callable[[Any], str]
    """What a row's cursor holds."""
    page: Ask | list[Any]
    """The page's rows and, where there are more, one beyond it; where they are asked, or they themselves."""
    count: Ask | int


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


def bounded(size: int, argument: str = "first", most: int = MOST_FIRST) -> int:
    """The page size, checked."""
    if not 1 <= size <= most:
        raise BadArgument(f"argument `{argument}` must be from 1 to {most}, but is {size}")
    return size


def listing(
    fixed: tuple[object, ...],
    first: int,
    after: str | None,
    *,
    key: Callable[[Any], str],
    parse: Callable[[str], K],
    page: Callable[[K | None, int], Ask],
    count: Ask,
    most: int = MOST_FIRST,
) -> Connection:
    """A connection whose rows and order are fixed by `fixed`, its name first.

    `key` is what a row's cursor holds, `parse` makes a key of it again; `page` asks so many rows after it;
    `most` are the rows that a page may have.
    """
    belongs_to = scope(*fixed)
    held = cursor_key(belongs_to, after)
    start = None if held is None else parse(held)
    return Connection(belongs_to, first, after, key, page(start, bounded(first, most=most) + 1), count)


def held(
    name: str, first: int, after: str | None, rows: Sequence[Any], *, key: Callable[[Any], str]
) -> Connection:
    """A connection of few rows, which are known already and stand in the order of their keys."""
    belongs_to = scope(name)
    start = cursor_key(belongs_to, after)
    beyond = [row for row in rows if start is None or key(row) > start]
    return Connection(belongs_to, first, after, key, beyond[: bounded(first) + 1], len(rows))


def _nodes(rows: Sequence[Any], root: Connection, _context: Context) -> list[Any]:
    """The page's records."""
    return list(rows[: root.first])


def _edges(rows: Sequence[Any], root: Connection, _context: Context) -> list[Edge]:
    """The page's records with their cursors."""
    return [Edge(cursor(root.scope, root.key(row)), row) for row in rows[: root.first]]


def _page_info(rows: Sequence[Any], root: Connection, _context: Context) -> PageInfo:
    """Whether there is more, and the cursors at both ends."""
    ends = [cursor(root.scope, root.key(row)) for row in (rows[0], rows[: root.first][-1])] if rows else None
    start, end = ends or (None, None)
    return PageInfo(len(rows) > root.first, root.after is not None, start, end)


def _page(root: Connection, _context: Context) -> Ask | list[Any]:
    return root.page


def _count(root: Connection, _context: Context) -> Ask | int:
    return root.count


nodes = lookup(_page, then=_nodes)
edges = lookup(_page, then=_edges)
page_info = lookup(_page, then=_page_info)
total_count = lookup(_count, then=lambda counted, _root, _context: counted or 0)

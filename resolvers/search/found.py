"""What a search found: pages of hits, each read from its registry, with counts and how fresh all that is.

A root that its registry can filter by itself is asked there, as of now; everything else in the projection.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

from loaders.listed import ListedCount
from loaders.matches import Match
from loaders.search import EVERY_REGISTRY, RECORDS, SearchPage, Window
from projections.search.condition import Search
from projections.search.reader import Freshness, Position
from resolvers.connection import PageInfo
from resolvers.context import Context
from resolvers.link import Ask, computed, lookup
from resolvers.search.paging import written
from sources.registry import Registry

_NEW: Any = tuple.__new__
"""Makes a named tuple without running anything of ours: edges, and what they ask, are many."""


@dataclass(frozen=True, slots=True)
class Live:
    """A page that the registry itself filters and orders."""

    connection: str
    """The connection's type: what of it is asked, besides the page, decides how fresh the whole is."""
    registry: Registry
    page: Ask
    """The page's records and, where there are more, one beyond it."""
    count: Ask
    position: Callable[[Any], Position]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was searched for; the parts of it are asked when they are wanted."""

    scope: str
    window: Window
    searched: Callable[[], Search]
    """What was searched for, in the projection's words; on the direct path nobody may want to know."""
    live: Live | None = None

    @property
    def page(self) -> SearchPage:
        """The page, as the projection is asked for it."""
        return SearchPage(self.searched(), self.window)

    def position(self, row: Any) -> Position:
        """The place of a record, or of a hit, in the order."""
        found: Position = row.position if self.live is None else self.live.position(row)
        return found


class FoundEdge(NamedTuple):
    """A hit, or a record that the registry itself found: a tuple, since each of a page's is one."""

    of: Found
    row: Any


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment up to which a registry's changes have been taken into account, and how long that is ago."""

    registry: Registry
    as_of: dt.datetime
    lag_seconds: float


def _page(root: Found, _context: Context) -> Ask:
    return root.live.page if root.live else Ask("search_page", root.page)


def _records(root: Found, _context: Context) -> Ask:
    return root.live.page if root.live else Ask("search_records", root.page)


def _count(root: Found, _context: Context) -> Ask:
    if root.live is None:
        return Ask("search_count", root.searched())
    loader, where, _ = root.live.count
    return Ask("listed_count", ListedCount(root.live.registry, loader, where, root.searched()))


def _nodes(rows: Sequence[Any], root: Found, _context: Context) -> list[Any]:
    """The page's records; of hits they were read for the page alone."""
    return list(root.window.shown(rows)) if root.live else list(rows)


def _edges(rows: Sequence[Any], root: Found, _context: Context) -> list[FoundEdge]:
    """The page's records with what they were found by."""
    return list(map(_NEW, repeat(FoundEdge), zip(repeat(root), root.window.shown(rows))))


def _cursor(root: FoundEdge) -> str:
    return written(root.of.scope, root.of.position(root.row))


def _page_info(rows: Sequence[Any], root: Found, _context: Context) -> PageInfo:
    """Whether there is more on either side, and the cursors at both ends."""
    window, shown = root.window, root.window.shown(rows)
    beyond = len(rows) > window.size
    # What a cursor stands at is itself before, or behind, what is between the cursors.
    more_after = (beyond and not window.backwards) or window.before is not None
    more_before = (beyond and window.backwards) or window.after is not None
    ends = [written(root.scope, root.position(row)) for row in (shown[0], shown[-1])] if shown else [None] * 2
    return PageInfo(more_after, more_before, *ends)


def _freshness(root: Found, context: Context) -> Ask | list[Freshness]:
    live = root.live
    if live is None or (live.connection, "facets") in context.decisions.fields:
        return Ask("search_freshness", EVERY_REGISTRY)
    if (live.connection, "totalCount") in context.decisions.fields:
        return Ask("listed_freshness", live.registry)
    return []


def _as_of(found: Sequence[Freshness], root: Found, _context: Context) -> list[AsOf]:
    """What was found out; nothing, of what the registry itself answers: that is as of now."""
    if root.live and not found:
        return [AsOf(root.live.registry, dt.datetime.now(dt.UTC), 0.0)]
    return [as_of(each) for each in found]


def as_of(found: Freshness) -> AsOf:
    """How fresh a registry's part of the projection is, by the clock."""
    passed = (dt.datetime.now(dt.UTC) - found.as_of).total_seconds()
    return AsOf(found.registry, found.as_of, round(max(passed, 0.0), 3))


def _node(root: FoundEdge, _context: Context) -> Any:
    found, row = root
    if found.live is not None:
        return row
    # Where its registry does not have it any more, the hit is named by its unique key.
    asked: Ask = _NEW(Ask, (RECORDS[found.searched().root], row.key, row.position[-1]))
    return asked


def _matches(root: FoundEdge, _context: Context) -> Any:
    # What its own registry found just now passes.
    found, row = root
    return True if found.live else Ask("search_matches", Match(found.searched(), row.key))


edges = lookup(_page, then=_edges)
nodes = lookup(_records, then=_nodes)
page_info = lookup(_page, then=_page_info)
total_count = lookup(_count, then=lambda counted, _root, _context: counted or 0)
freshness = lookup(_freshness, then=_as_of)
cursor = computed(_cursor)
node = lookup(_node)
matches = lookup(_matches)

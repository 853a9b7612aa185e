"""How a saved search's owner is told that its hits have changed: looked at again when the projection moves.

Each look is made with the rights that he has then. The registries are not asked for anything but these.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, ClassVar, Final
from uuid import UUID

from cabinet.errors import CabinetUnavailable
from cabinet.saved_search import SavedSearch
from loaders.search import SearchPage, Window
from projections.moves import Moves, Standing
from projections.search.condition import Search
from projections.search.errors import SearchTimedOut, SearchUnavailable
from resolvers.context import Context
from resolvers.ids import global_id
from resolvers.link import Resolver, informed
from resolvers.released import Released
from resolvers.saved_search import cabinet, key_of, not_his, owner, searched
from sources.errors import SourceError

MOST_COMPARED: Final = 1_000
"""Hits up to which it is known which of them came and went; of more, their count alone."""

MOST_NAMED: Final = 100
"""Of those that came, and of those that went, so many are named."""

_LATER: Final = (SearchUnavailable, SearchTimedOut, CabinetUnavailable, SourceError)
"""What passes: the look is made again a little later."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a saved search found. `hits`: their keys; None where they are too many to compare."""

    saved: SavedSearch
    count: int
    hits: frozenset[str] | None
    told: Released

    @property
    def version(self) -> str:
        """What is the same for the same hits, for who comes back after a while."""
        known = "" if self.hits is None else "\n".join(sorted(self.hits))
        return blake2b(f"{self.count}\n{known}".encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class SavedSearchChange:
    """How a saved search stands, and what came and went since the event before; None: not known."""

    noun: ClassVar[str] = "SavedSearchChange"
    look: Look
    as_of: dt.datetime
    came: frozenset[str] | None = None
    went: frozenset[str] | None = None


async def saved_search_changed(info: Any, text: str, since: str | None) -> AsyncIterator[SavedSearchChange]:
    """How it stands, unless that is the version `since`; then each change of its hits, until it is deleted.

    Raises BadId where the caller has none of this id, and whatever ends his right to ask by it.
    """
    context: Context = info.context
    subject, key = owner(context), key_of(text)
    kept = cabinet(context)
    if kept.moves is None:
        raise SearchUnavailable("this gateway has no projection to search in")
    if await kept.searches.one(subject, key) is None:
        raise not_his()
    last: Look | None = None
    async for standing in kept.moves.standings():
        look = await _looked(context, kept.moves, subject, key)
        if look is None:
            return
        changed = look.version != since if last is None else look.version != last.version
        if changed:
            yield _change(look, last, standing)
        last = look


async def _looked(context: Context, moves: Moves, subject: str, key: UUID) -> Look | None:
    """A look, as soon as one can be made; None once the saved search is deleted."""
    while True:
        try:
            async with moves.turn:
                return await _look(context, subject, key)
        except _LATER:
            await asyncio.sleep(moves.interval)


async def _look(before: Context, subject: str, key: UUID) -> Look | None:
    if before.anew is None:
        raise LookupError("only a subscription looks again")
    context = before.anew()
    saved = await cabinet(context).searches.one(subject, key)
    if saved is None:
        return None
    search = await searched(saved.kept, context)
    hits = await context.loaders.search_page.load(SearchPage(search, Window(None, None, MOST_COMPARED)))
    if len(hits) <= MOST_COMPARED:
        found = frozenset(_global_id(search, hit.key) for hit in hits)
        return Look(saved, len(found), found, context.released)
    count = await context.loaders.search_count.load(search)
    return Look(saved, count or 0, None, context.released)


def _change(look: Look, last: Look | None, standing: Standing) -> SavedSearchChange:
    if last is None or last.hits is None or look.hits is None:
        return SavedSearchChange(look, standing.as_of)
    return SavedSearchChange(look, standing.as_of, look.hits - last.hits, last.hits - look.hits)


def _global_id(search: Search, key: Any) -> str:
    return global_id(search.root.capitalize(), key)


def _told(answer: Any) -> Resolver:
    """A field of a change: what it tells of persons is on record, whichever of them is asked."""

    def answered(root: SavedSearchChange, context: Context) -> Any:
        context.released.join(root.look.told)
        return answer(root)

    return informed(answered)


def _number(ids: frozenset[str] | None) -> int | None:
    return None if ids is None else len(ids)


def _named(ids: frozenset[str] | None) -> list[str]:
    return sorted(ids or ())[:MOST_NAMED]


saved_search = _told(lambda root: root.look.saved)
total_count = _told(lambda root: root.look.count)
added = _told(lambda root: _number(root.came))
removed = _told(lambda root: _number(root.went))
added_ids = _told(lambda root: _named(root.came))
removed_ids = _told(lambda root: _named(root.went))
version = _told(lambda root: root.look.version)
as_of = _told(lambda root: root.as_of)

"""The roots that find records: their arguments become a search, asked of the registry or the projection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from loaders.pages import Page
from loaders.search import SearchPage, Window
from projections.search.condition import AllOf, Condition, Order, Root, Search
from projections.search.errors import BadSearch
from resolvers.connection import scope
from resolvers.context import Context
from resolvers.errors import BadCursor
from resolvers.link import Ask
from resolvers.search.found import Found, Live
from resolvers.search.guarded import Guarded, sighted, tell
from resolvers.search.paging import Paging
from resolvers.search.place import Place, Tally, fixed
from sources.registry import Registry

MOST_ORDERS: Final = 4

OF_PAGE: Final = frozenset({"edges", "nodes", "pageInfo"})
OF_ALL: Final = frozenset({"totalCount", "facets"})
"""What of a connection tells of the hits on its page, and what of all hits."""


class Where(Protocol):
    """A root's filter."""

    def condition(self, place: Place) -> Condition:
        """What it asks."""
        ...

    def by_registry(self) -> Any | None:
        """The same in the words of the root's own registry; None where that cannot filter by all of it."""
        ...


class Key(Protocol):
    """One key of an order, as the caller gives it."""

    def asked(self) -> Order:
        """The same in the words of a search."""
        ...


@dataclass(frozen=True, slots=True)
class Sought:
    """What a root was given: a text, a filter, an order, and which page."""

    query: str | None
    where: Where | None
    order_by: Sequence[Key] | None
    paging: Paging

    def search(self, root: Root, context: Context, tally: Tally) -> Search:
        """The same in the projection's words."""
        where = self.where.condition(Place(("where",), tally)) if self.where else AllOf()
        return Search(root, where, context.today, _orders(self.order_by), self.query)


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a registry pages through its own records, in the order of their key, forwards."""

    registry: Registry
    page: str
    count: str
    key: str
    parse: Callable[[str], Any]
    everything: Any
    """The filter that filters nothing."""

    def filter(self, sought: Sought) -> Any | None:
        """What is sought, as the registry filters; None where it cannot, or not in that order."""
        if sought.query is not None or sought.order_by is not None:
            return None
        return sought.where.by_registry() if sought.where else self.everything

    def live(self, connection: str, where: Any, window: Window) -> Live:
        """A page of what passes a filter of the registry's own."""
        start = None
        if window.after is not None:
            [*more, key] = window.after
            if more or key is None:
                raise BadCursor("argument `after` holds no cursor of Svod")
            start = self.parse(key)
        asked = Ask(self.page, Page(where, start, window.size + 1))
        return Live(connection, self.registry, asked, Ask(self.count, where), self._position)

    def _position(self, row: Any) -> tuple[str]:
        return (str(getattr(row, self.key)),)


@dataclass(frozen=True, slots=True)
class Searched:
    """A root: its name, its connection's type, what it finds, and its registry's own listing of that."""

    name: str
    connection: str
    root: Root
    listing: Listing | None = None

    def found(self, context: Context, sought: Sought) -> Any:
        """The connection; later, where it has to be found out first whom the caller sees."""
        own = self.listing.filter(sought) if self.listing else None
        if self.listing is not None and own is not None and not sought.paging.goes_back:
            belongs_to = scope(self.name, own)
            window = sought.paging.window(belongs_to, context.most_first)
            live = self.listing.live(self.connection, own, window)
            return Found(belongs_to, window, lambda: sought.search(self.root, context, Tally()), live)
        tally = Tally()
        search = sought.search(self.root, context, tally)
        # What the registry could have listed has the listing's cursors: one can turn round on the way.
        by = (own,) if own is not None else (fixed(search.where), search.orders, search.text)
        belongs_to = scope(self.name, *by)
        window = sought.paging.window(belongs_to, context.most_first)
        if tally.guarded:
            return self._guarded(context, belongs_to, SearchPage(search, window), tally.guarded)
        return Found(belongs_to, window, lambda: search)

    async def _guarded(self, context: Context, belongs_to: str, page: SearchPage, by: Guarded) -> Found:
        search = await sighted(page.search, context, by)
        wanted = {name for owner, name in context.decisions.fields if owner == self.connection}
        if not wanted.isdisjoint(OF_PAGE):
            await tell(search, context, by, page.window)
        if not wanted.isdisjoint(OF_ALL):
            await tell(search, context, by)
        return Found(belongs_to, page.window, lambda: search)


def _orders(given: Sequence[Key] | None) -> tuple[Order, ...]:
    if given is None:
        return ()
    if not 1 <= len(given) <= MOST_ORDERS:
        raise BadSearch(("orderBy",), f"give from 1 to {MOST_ORDERS} keys, not {len(given)}")
    return tuple(each.asked() for each in given)

"""The roots that find records: their arguments become a search, asked of the registry or the projection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from loaders.pages import Page
from loaders.search import SearchPage
from projections.search.condition import AllOf, Condition, Order, Root, Search
from projections.search.errors import BadSearch
from resolvers.connection import scope
from resolvers.context import Context
from resolvers.errors import BadCursor
from resolvers.link import Ask
from resolvers.search.found import Found, Live
from resolvers.search.guarded import Guarded, sighted, tell
from resolvers.search.paging import Paging, read
from resolvers.search.place import Place, Tally, fixed
from sources.registry import Registry

MOST_ORDERS: Final = 4


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

    @property
    def is_plain(self) -> bool:
        """Whether a registry orders and pages like that by itself: by its key, forwards."""
        paging = self.paging
        return self.query is None and self.order_by is None and paging.last is None and paging.before is None


@dataclass(frozen=True, slots=True)
class Searched:
    """A root: its name, what it finds, and where its own registry pages through the same."""

    name: str
    connection: str
    root: Root
    listing: "Listing | None" = None

    def found(self, context: Context, sought: Sought) -> Any:
        """The connection; later, where it has to be found out first whom the caller sees."""
        tally = Tally()
        where = sought.where.condition(Place(("where",), tally)) if sought.where else AllOf()
        search = Search(self.root, where, context.today, _orders(sought.order_by), sought.query)
        belongs_to = scope(self.name, fixed(where), search.orders, search.text)
        page = _page(search, sought.paging, belongs_to)
        if self.listing is not None and sought.is_plain:
            asked = sought.where.by_registry() if sought.where else self.listing.everything
            if asked is not None:
                return Found(belongs_to, page, self.listing.live(asked, page))
        if not tally.guarded:
            return Found(belongs_to, page)
        return self._guarded(context, belongs_to, page, tally.guarded)

    async def _guarded(self, context: Context, belongs_to: str, page: SearchPage, by: Guarded) -> Found:
        search = await sighted(page.search, context, by)
        page = page._replace(search=search)
        await tell(search, context, by, page)
        if not context.decisions.fields.isdisjoint(
            (self.connection, each) for each in ("totalCount", "facets")
        ):
            await tell(search, context, by)
        return Found(belongs_to, page)


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a registry pages through its own records, in the order of their key."""

    registry: Registry
    page: str
    count: str
    key: str
    parse: Callable[[str], Any]
    everything: Any
    """The filter that filters nothing."""

    def live(self, where: Any, page: SearchPage) -> Live:
        """A page of what passes a filter of the registry's own."""
        start = None
        if page.after is not None:
            [*more, key] = page.after
            if more or key is None:
                raise BadCursor("argument `after` holds no cursor of Svod")
            start = self.parse(key)
        asked = Ask(self.page, Page(where, start, page.size + 1))
        return Live(self.registry, asked, Ask(self.count, where), self._position)

    def _position(self, row: Any) -> tuple[str]:
        return (str(getattr(row, self.key)),)


def _page(search: Search, paging: Paging, belongs_to: str) -> SearchPage:
    after = read("after", belongs_to, paging.after)
    before = read("before", belongs_to, paging.before)
    return SearchPage(search, after, before, paging.size, paging.backwards)


def _orders(given: Sequence[Key] | None) -> tuple[Order, ...]:
    if given is None:
        return ()
    if not 1 <= len(given) <= MOST_ORDERS:
        raise BadSearch(("orderBy",), f"give from 1 to {MOST_ORDERS} keys, not {len(given)}")
    return tuple(each.asked() for each in given)

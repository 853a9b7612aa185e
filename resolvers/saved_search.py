"""How saved searches are answered: to their owner alone, and each run with the rights that he has now."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from auth.errors import SessionsUnavailable, TokenWanted
from auth.gate import PERSONS_OWN
from auth.lines import Outcome
from auth.refusals import Refused
from cabinet.errors import CabinetUnavailable
from cabinet.saved_search import Kept, SavedSearch
from projections.search.condition import Condition, Fact, Path, Root, Search
from projections.search.errors import BadSearch
from projections.search.keys import keys
from projections.search.text import cut
from resolvers.cabinet import Cabinet
from resolvers.connection import Connection, held
from resolvers.context import Context
from resolvers.errors import BadId
from resolvers.ids import global_id, parsed_id
from resolvers.link import computed, informed, lookup
from resolvers.roots import CREDENTIALS, LICENSES, ORGANIZATIONS, WORKERS
from resolvers.search.guarded import sighted, tell
from resolvers.search.paging import Paging
from resolvers.search.place import Tally
from resolvers.search.roots import Searched, Sought

ROOTS: Final[Mapping[Root, Searched]] = {
    each.root: each for each in (WORKERS, ORGANIZATIONS, LICENSES, CREDENTIALS)
}
FILTERS: Final[Mapping[Root, str]] = {
    Root.WORKER: "WorkerWhere",
    Root.ORGANIZATION: "OrganizationWhere",
    Root.LICENSE: "LicenseWhere",
    Root.CREDENTIAL: "CredentialWhere",
}
"""The input type of each root's filter."""

_NOUNS: Final = frozenset({"SavedSearch"})


def cabinet(context: Context) -> Cabinet:
    """What callers keep. Raises CabinetUnavailable where this gateway has no store."""
    if context.cabinet is None:
        raise CabinetUnavailable
    return context.cabinet


def owner(context: Context) -> str:
    """Whose saved searches the caller has: his token's subject.

    Raises TokenWanted, or SessionsUnavailable where nobody can tell whether his token still counts.
    """
    if context.principal.is_public:
        raise TokenWanted("saved searches")
    if context.principal.is_unchecked:
        raise SessionsUnavailable
    return context.principal.subject


def key_of(text: str) -> UUID:
    """The key in the global id of a saved search. Raises BadId."""
    _, key = parsed_id(text, _NOUNS)
    if not isinstance(key, UUID):
        raise BadId("this is not a global id of a saved search")
    return key


async def saved_searches(context: Context, first: int, after: str | None) -> Connection:
    """The caller's own, by name."""
    whose = owner(context)
    rows = await cabinet(context).searches.all(whose)
    return held("savedSearches", first, after, rows, key=lambda each: str(each.name))


async def saved_search(context: Context, global_id: str) -> SavedSearch | None:
    """One of the caller's own."""
    return await cabinet(context).searches.one(owner(context), key_of(global_id))


async def create(context: Context, name: str, kept: Kept) -> SavedSearch:
    """Keep a search that the caller could run now. Raises BadSearch, with the path of what is wrong."""
    whose, _ = owner(context), checked(kept, context)
    return await cabinet(context).searches.create(whose, name, kept)


async def rename(context: Context, global_id: str, name: str) -> SavedSearch:
    """Give one of the caller's own another name. Raises BadId where he has none of this id."""
    found = await cabinet(context).searches.rename(owner(context), key_of(global_id), name)
    if found is None:
        raise not_his()
    return found


async def delete(context: Context, global_id: str) -> str:
    """Forget one of the caller's own, and say its id. Raises BadId where he has none of this id."""
    if not await cabinet(context).searches.delete(owner(context), key_of(global_id)):
        raise not_his()
    return global_id


def not_his() -> BadId:
    """What to raise of an id under which the caller keeps nothing; whether somebody does is not told."""
    return BadId("you have no saved search of this id")


def sought(kept: Kept, context: Context, paging: Paging) -> Sought:
    """What was kept as the root takes it, held against the schema and the caller's rights of now.

    Raises BadSearch or Refused.
    """
    given = cabinet(context).inputs.read(kept)
    context.gate.check_value(FILTERS[kept.root], kept.where, context.principal, context.purpose)
    return Sought(given["query"], given["where"], given["order_by"], paging)


def checked(kept: Kept, context: Context) -> tuple[Search, Tally]:
    """The search, everything about it looked at that can be without running it.

    Raises BadSearch or Refused. What is a person's own is not kept, so it is refused too.
    """
    tally = Tally()
    search = sought(kept, context, Paging()).search(kept.root, context, tally)
    score = None if search.text is None or not cut(search.text) else "score"
    keys(search, score)
    for (owner_type, name), field_class in tally.guarded.items():
        if field_class in PERSONS_OWN:
            path = next(_personal(search.where), ("where",))
            raise BadSearch(path, f"{owner_type}.{name} is personal and is not kept: ask by it each time")
    return search, tally


def run(kept: Kept, context: Context) -> tuple[Search, Tally]:
    """The same, about to be run: that it is refused goes on record."""
    try:
        return checked(kept, context)
    except Refused as exc:
        context.access.note(exc.coordinate, Outcome.WITHHELD, exc.reason)
        raise


async def searched(kept: Kept, context: Context) -> Search:
    """The search as the caller may ask it now; what its hits tell of persons is noted for the record."""
    search, tally = run(kept, context)
    if tally.guarded:
        search = await sighted(search, context, tally.guarded)
        await tell(search, context, tally.guarded)
    return search


def _personal(condition: Condition) -> Iterator[Path]:
    """Where in a filter something is asked that is a person's own."""
    if isinstance(condition, Fact) and condition.field_class in PERSONS_OWN:
        yield condition.path
    inner = getattr(condition, "parts", None) or [getattr(condition, n, None) for n in ("part", "where")]
    for part in inner:
        if part is not None:
            yield from _personal(part)


def _problem(root: SavedSearch, context: Context) -> str | None:
    try:
        checked(root.kept, context)
    except (BadSearch, Refused) as exc:
        return str(exc)
    return None


async def _total_count(root: SavedSearch, context: Context) -> int:
    return await context.loaders.search_count.load(await searched(root.kept, context)) or 0


def hits(of: Root) -> Callable[..., Any]:
    """What finds the hits of a saved search that has this root; null of any other."""

    def find(
        root: SavedSearch,
        context: Context,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Any:
        if root.kept.root is not of:
            return None
        run(root.kept, context)
        return ROOTS[of].found(context, sought(root.kept, context, Paging(first, after, last, before)))

    return find


record_id = computed(lambda root: global_id(root.noun, root.id), "id")
search_root = computed(lambda root: root.kept.root)
query = computed(lambda root: root.kept.query)
where = computed(lambda root: root.kept.where)
order_by = computed(lambda root: root.kept.order_by)
problem = informed(_problem)
total_count = lookup(_total_count)

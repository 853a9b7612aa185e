"""Searches by what is not for everyone: of whom the caller may ask it, and whom the hits tell it of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, TypeAlias

from auth.rights import FieldClass
from auth.sight import sight
from auth.walk import Coordinate
from loaders.search import SearchPage, Window
from projections.search.condition import Fact, OneOf, Quantifier, Related, Root, Search
from projections.search.reader import Hit
from resolvers.context import Context
from resolvers.subject import WATCHED

Guarded: TypeAlias = Mapping[Coordinate, FieldClass]
"""The input fields and enum values that a search asks by and that are not for everyone."""

MOST_TOLD: Final = 100
"""So many people are named in the journal, where a count or a facet tells of all hits."""

RELATIONS: Final = {Root.LICENSE: "own_licenses", Root.CREDENTIAL: "credentials"}
"""By which relation a worker has what these roots find."""


@dataclass(frozen=True, slots=True)
class Told:
    """Of whom a hit tells something, in the journal's words: a type and the registry's own key.

    `Worker:*`: of more people together than are named.
    """

    noun: ClassVar[str] = "Found"
    about: str


async def sighted(search: Search, context: Context, by: Guarded) -> Search:
    """The search with whom its caller sees each class of facts of, as his grants reach just now."""
    caller = await context.reach.principal(context)
    classes = {found for found, _ in search.sights} | set(by.values())
    sights = tuple((each, sight(caller, context.purpose, each)) for each in sorted(classes))
    return replace(search, sights=sights)


async def tell(search: Search, context: Context, by: Guarded, window: Window | None = None) -> None:
    """Keep on record of whom the answer tells what is personal or restricted: of a page's hits, or of all.

    A hit tells the facts by which it was found, whatever is shown of it.
    """
    told = [at for at, field_class in by.items() if field_class in WATCHED]
    if not told:
        return
    asked = window or Window(None, None, MOST_TOLD)
    found = await context.loaders.search_page.load(SearchPage(search, asked))
    rows = await _people(search, context, asked.shown(found))
    if window is None and len(found) > asked.size:
        rows.append(Told(f"{search.root.capitalize()}:*"))
    for owner, name in told:
        context.released.note(owner, name, rows, masked=False)


async def _people(search: Search, context: Context, hits: Sequence[Hit]) -> list[Told]:
    """Whom these hits are about.

    Of an organization it is not known who of its staff it is; a licence may be such a one's, or a worker's.
    """
    found = [Told(f"{search.root.capitalize()}:{hit.key}") for hit in hits]
    if search.root not in RELATIONS or not hits:
        return found
    numbers = Fact("number", OneOf(tuple(str(hit.position[-1]) for hit in hits)))
    holders = Related(RELATIONS[search.root], Quantifier.SOME, numbers)
    whose = SearchPage(Search(Root.WORKER, holders, search.day), Window(None, None, len(hits)))
    people = [Told(f"Worker:{hit.key}") for hit in await context.loaders.search_page.load(whose)]
    return people if search.root is Root.CREDENTIAL else [*people, *found]

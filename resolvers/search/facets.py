"""Facets: how many of all hits have each value, counted only when asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from loaders.search import SearchFacet
from projections.search.condition import Root, Search
from resolvers.context import Context
from resolvers.errors import BadArgument
from resolvers.link import Ask, informed, lookup
from resolvers.search.found import Found
from resolvers.search.guarded import Guarded, sighted, tell
from sources.keys import Oid

MOST_TOP: Final = 100
ORGANIZATION: Final = "ORGANIZATION"

DICTIONARIES: Final = {
    (Root.WORKER, "REGION"): "regions",
    (Root.WORKER, "SPECIALTY"): "specialties",
    (Root.WORKER, "POSITION"): "positions",
    (Root.WORKER, "ORGANIZATION_KIND"): "organization_kinds",
    (Root.WORKER, "ORGANIZATION_REGION"): "regions",
    (Root.WORKER, "CATEGORY"): "qualification_categories",
    (Root.WORKER, "EDUCATION_KIND"): "education_kinds",
    (Root.ORGANIZATION, "REGION"): "regions",
    (Root.ORGANIZATION, "KIND"): "organization_kinds",
    (Root.ORGANIZATION, "ACTIVITY"): "license_activities",
    (Root.LICENSE, "REGION"): "regions",
    (Root.LICENSE, "ACTIVITY"): "license_activities",
    (Root.CREDENTIAL, "SPECIALTY"): "specialties",
    (Root.CREDENTIAL, "REGION"): "regions",
}
"""The dictionary whose codes a facet's values are; the others' values are no codes."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What is counted: of which search, by what, and how many of its values."""

    search: Search
    by: str
    top: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many hits with this value of a facet; None: with none."""

    facet: Facet
    value: str | None
    count: int


def facets(root: Found, context: Context, by: Sequence[Enum], top: int) -> Any:
    """The facets that are asked for; later, where it has to be found out first whom the caller sees."""
    if not 1 <= top <= MOST_TOP:
        raise BadArgument(f"argument `top` must be from 1 to {MOST_TOP}, but is {top}")
    guarded = _guarded(by, context)
    if guarded:
        return _sighted(root, context, by, top, guarded)
    search = root.searched()
    return [Facet(search, each.value, top) for each in by]


def _guarded(by: Sequence[Enum], context: Context) -> Guarded:
    """What of this is not for everyone to count by."""
    classed = [(each, context.gate.classed(f"{type(each).__name__}.{each.name}")) for each in by]
    return {
        (type(each).__name__, each.name): found.field_class
        for each, found in classed
        if found is not None and not found.is_public
    }


async def _sighted(
    root: Found, context: Context, by: Sequence[Enum], top: int, guarded: Guarded
) -> list[Facet]:
    search = await sighted(root.searched(), context, guarded)
    await tell(search, context, guarded)
    return [Facet(search, each.value, top) for each in by]


def _counted(root: Facet, _context: Context) -> Ask:
    return Ask("search_facet", SearchFacet(root.search, root.by, root.top))


def _buckets(found: Sequence[Any], root: Facet, _context: Context) -> list[Bucket]:
    return [Bucket(root, each.value, each.count) for each in found]


def _entry(root: Bucket, context: Context) -> Any:
    dictionary = DICTIONARIES.get((root.facet.search.root, root.facet.by))
    if dictionary is None or root.value is None:
        return None
    return context.loaders.sources.dictionaries.lists[dictionary][root.value]


def _organization(root: Bucket, _context: Context) -> Ask | None:
    if root.facet.by != ORGANIZATION or root.value is None:
        return None
    return Ask("organization_by_oid", Oid(root.value), root.value)


buckets = lookup(_counted, then=_buckets)
entry = informed(_entry)
organization = lookup(_organization)

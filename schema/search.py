"""Connections of what is searched for: hits with their records, counts, facets, and how fresh they are."""

from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

import strawberry

from resolvers.search import facets as facet
from resolvers.search import found
from schema.connections import PageInfo
from schema.dictionary import DictionaryEntry
from schema.directives import about, weighs
from schema.fields import public
from schema.registry import Freshness

if TYPE_CHECKING:
    from schema.organization import Organization

NodeT = TypeVar("NodeT")


@strawberry.type(description="So many hits with a value of a facet.")
class FacetBucket:
    """So many hits with a value of a facet."""

    value: str | None = public("The value, or the code; null: the hits that have none.")
    entry: DictionaryEntry | None = public("The code with its name, where the value is one.", facet.entry)
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The organization, where the value is an OID. Source: the organization registry.", facet.organization
    )
    count: int = public("How many hits have it; a hit with several values counts in each.")


@strawberry.type(description="How many hits have each value of something, the most frequent first.")
class Facet:
    """How many hits have each value of something."""

    by: str = public("Of what: a value of the connection's own enum.")
    buckets: list[FacetBucket] | None = public(
        "The most frequent values, by count, then value.", facet.buckets, directives=[about(10), weighs(1)]
    )


@strawberry.type(name="Edge", description="A hit of a search, with its cursor.")
class FoundEdge(Generic[NodeT]):
    """A hit of a search, with its cursor."""

    cursor: str = public("Opaque; valid for the same connection with the same arguments.", found.cursor)
    node: NodeT | None = public(
        "The record, as its registry has it now; null while that is away, or where it has it no more.",
        found.node,
    )
    matches: bool | None = public(
        "Whether the record passes the filter by what its registries say now, since what is searched in may"
        " be older; null where that cannot be told. Worked out only when asked.",
        found.matches,
        directives=[weighs(5)],
    )


@strawberry.type(
    name="Connection", description="A page of what was searched for, and the count of all of it."
)
class FoundConnection(Generic[NodeT]):
    """A page of what was searched for, and the count of all of it."""

    edges: list[FoundEdge[NodeT]] = public("The page's hits with their cursors.", found.edges)
    nodes: list[NodeT | None] = public("The page's records, as their registry has them now.", found.nodes)
    page_info: PageInfo = public("Where the page stands.", found.page_info)
    total_count: int | None = public(
        "How many hits there are in all, exact; counted only when asked.",
        found.total_count,
        directives=[weighs(10)],
    )
    freshness: list[Freshness] | None = public(
        "How old what is filtered and ordered by may be, by registry.", found.freshness, directives=[about(4)]
    )

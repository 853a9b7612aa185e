"""Relay connections."""

from typing import Generic, TypeVar

import strawberry

from resolvers import connection
from schema.directives import weighs
from schema.fields import public

NodeT = TypeVar("NodeT")


@strawberry.federation.type(shareable=True, description="Where a page stands in its connection (Relay).")
class PageInfo:
    """Where a page stands in its connection."""

    has_next_page: bool = public("Whether more follows this page.")
    has_previous_page: bool = public("Whether something comes before this page.")
    start_cursor: str | None = public("Cursor of the page's first edge.")
    end_cursor: str | None = public("Cursor of the page's last edge: pass it as `after` for the next page.")


@strawberry.type(description="A record in a connection, with its cursor.")
class Edge(Generic[NodeT]):
    """A record in a connection, with its cursor."""

    cursor: str = public("Opaque; valid for the same connection with the same arguments.")
    node: NodeT = public("The record.")


@strawberry.type(description="A page of records, and the count of all of them.")
class Connection(Generic[NodeT]):
    """A page of records, and the count of all of them."""

    edges: list[Edge[NodeT]] = public("The page's records with their cursors.", connection.edges)
    nodes: list[NodeT] = public("The page's records.", connection.nodes)
    page_info: PageInfo = public("Where the page stands.", connection.page_info)
    total_count: int | None = public(
        "How many records there are in all, exact; counted only when asked.",
        connection.total_count,
        directives=[weighs(10)],
    )

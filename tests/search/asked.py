"""The gateway's side: a search as a document with variables, asked page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from auth.principal import PUBLIC, Principal
from tests.asking import Asking
from tests.search.oracle import Search
from tests.search.roots import ROOTS

TYPES: Final = {
    "workers": "Worker",
    "organizations": "Organization",
    "licenses": "License",
    "credentials": "Credential",
}


def document(root: str) -> str:
    """One document for every search of a root, so that it is prepared once."""
    of = TYPES[root]
    return f"""
        query Searched(
            $query: String, $where: {of}Where, $orderBy: [{of}Order!],
            $first: Int, $after: String, $last: Int, $before: String,
            $by: [{of}Facet!]!, $top: Int!, $whole: Boolean!, $counted: Boolean!
        ) {{
            found: {root}(query: $query, where: $where, orderBy: $orderBy,
                    first: $first, after: $after, last: $last, before: $before) {{
                edges {{ cursor node {{ key: {ROOTS[root].field} }} matches @include(if: $counted) }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                totalCount @include(if: $whole)
                facets(by: $by, top: $top) @include(if: $counted) {{ by buckets {{ value count }} }}
            }}
        }}"""


DOCUMENTS: Final = {root: document(root) for root in ROOTS}


@dataclass(frozen=True)
class Page:
    """A page as the gateway answered it."""

    keys: list[str]
    start: str | None
    end: str | None
    next: bool
    previous: bool
    total: int | None = None
    facets: Mapping[str, list[tuple[str | None, int]]] = field(default_factory=dict)
    marks: tuple[bool | None, ...] = ()
    """Whether each hit still matches its registries' word, where it was asked with the facets."""


class Refused(Exception):
    """The gateway answered with errors; the text holds them."""


def variables(search: Search) -> dict[str, Any]:
    """The arguments of a search as GraphQL variables; what is not asked is not there."""
    given = {"query": search.query, "where": search.where, "orderBy": list(search.order_by) or None}
    return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Asker:
    """Somebody who asks the gateway."""

    asking: Asking
    principal: Principal = PUBLIC
    purpose: str | None = None

    async def page(self, search: Search, window: Mapping[str, Any], *, whole: bool = False) -> Page:
        """A page; with count and facets where it is to be `whole`. Refused says why there is none."""
        asked = {**variables(search), **window}
        asked |= {"by": list(search.facets), "top": search.top, "whole": whole}
        asked |= {"counted": whole and bool(search.facets)}
        answer = await self.asking.ask(DOCUMENTS[search.root], asked, self.principal, self.purpose)
        body = orjson.loads(orjson.dumps(answer.body()))
        if body.get("errors"):
            raise Refused(str(body["errors"]))
        return _page(body["data"]["found"])


def _page(found: Mapping[str, Any]) -> Page:
    info = found["pageInfo"]
    facets = {
        each["by"]: [(bucket["value"], bucket["count"]) for bucket in each["buckets"]]
        for each in found.get("facets", ())
    }
    return Page(
        [edge["node"]["key"] for edge in found["edges"]],
        info["startCursor"],
        info["endCursor"],
        info["hasNextPage"],
        info["hasPreviousPage"],
        found.get("totalCount"),
        facets,
        tuple(edge["matches"] for edge in found["edges"] if "matches" in edge),
    )

"""What callers keep, made of the settings; and how what was kept is read by the schema of now."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    coerce_input_value,
    get_nullable_type,
    validate_input_value,
)

from auth.demo_key import DEMO_ISSUER
from cabinet.errors import CabinetUnavailable
from cabinet.saved_search import Kept
from cabinet.saved_searches import SavedSearches
from gateway.build import Built
from gateway.plans.arguments import converter
from gateway.record.store import Store, StoreUrls
from gateway.settings import Settings
from projections.moves import Moves
from projections.search.condition import Root
from projections.search.errors import BadSearch, Path
from projections.search.reader import SearchReader
from resolvers.cabinet import Cabinet

GONE = "is not what the schema takes here any more"
"""In our words: GraphQL's repeat the value."""

CONNECTIONS = 2
"""Connections that saved searches keep to the store: the journal has its own, and does not wait for them."""

ROOTS = {
    Root.WORKER: "workers",
    Root.ORGANIZATION: "organizations",
    Root.LICENSE: "licenses",
    Root.CREDENTIAL: "credentials",
}
"""The field of the query that takes the arguments of each root."""


class SchemaInputs:
    """Reads kept arguments as the query's own field takes them."""

    def __init__(self, built: Built) -> None:
        query = built.graphql.query_type
        if query is None:
            raise LookupError("the schema has no query type")
        self._fields = {root: query.fields[name] for root, name in ROOTS.items()}
        self._convert = {root: converter(built.strawberry, each) for root, each in self._fields.items()}

    def read(self, kept: Kept) -> Mapping[str, Any]:
        """The arguments by their Python names; null for what was not given. Raises BadSearch."""
        arguments, convert = self._fields[kept.root].args, self._convert[kept.root]
        if convert is None:
            raise LookupError("a root takes no arguments")
        coerced = {name: _coerced(name, value, arguments[name].type) for name, value in kept.given.items()}
        return {"query": None, "where": None, "order_by": None} | dict(convert(coerced))


def _coerced(name: str, value: Any, type_: GraphQLInputType) -> Any:
    def wrong(error: GraphQLError, path: Any) -> None:
        raise BadSearch((name, *path), GONE) from error

    _check_known(value, type_, (name,))
    validate_input_value(value, type_, wrong, hide_suggestions=True)
    return coerce_input_value(value, type_)


def _check_known(value: Any, type_: GraphQLInputType, path: Path) -> None:
    """GraphQL says of an unknown field only which object it stands in."""
    kind = get_nullable_type(type_)
    if isinstance(kind, GraphQLList) and isinstance(value, list):
        for step, each in enumerate(value):
            _check_known(each, kind.of_type, (*path, step))
    if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
        for name, each in value.items():
            if name not in kind.fields:
                raise BadSearch((*path, name), GONE)
            _check_known(each, kind.fields[name].type, (*path, name))


class OpenedCabinet:
    """The cabinet with what it holds open."""

    def __init__(
        self, settings: Settings, built: Built, search: SearchReader | None, today: Callable[[], dt.date]
    ) -> None:
        """Raises LookupError where the settings give no store."""
        if settings.store_url is None:
            raise LookupError("there is no store to keep anything in")
        urls = StoreUrls(settings.store_url, settings.store_owner_url)
        self._store = Store(urls, settings.journal_timeout, CONNECTIONS, CabinetUnavailable)
        self._moves = None if search is None else Moves(search, today, settings.saved_search_interval)
        searches = SavedSearches(self._store, settings.issuer or DEMO_ISSUER, settings.saved_searches)
        self.cabinet = Cabinet(searches, SchemaInputs(built), self._moves)

    async def close(self) -> None:
        """End everyone's listening and let go of the store."""
        if self._moves is not None:
            await self._moves.close()
        await self._store.close()

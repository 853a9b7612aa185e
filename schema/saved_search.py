"""Searches that a caller keeps under a name, and what tells him that their hits have changed."""

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import Any

import strawberry
from strawberry.scalars import JSON
from strawberry.utils.str_converters import to_camel_case

from auth.rights import FieldClass
from cabinet.saved_search import Kept
from projections.search.condition import Root
from projections.search.errors import BadSearch
from resolvers import saved_change as change
from resolvers import saved_search as saved
from resolvers.connection import DEFAULT_FIRST
from resolvers.context import Context, Info
from resolvers.link import lookup
from schema.directives import OPEN, pages, weighs
from schema.facets import CredentialConnection, LicenseConnection, OrganizationConnection, WorkerConnection
from schema.fields import PAGE, asked, public
from schema.filters.credential import CredentialWhere
from schema.filters.license import LicenseWhere
from schema.filters.organization import OrganizationWhere
from schema.filters.worker import WorkerWhere
from schema.orders import CredentialOrder, LicenseOrder, OrganizationOrder, WorkerOrder

PUBLIC = FieldClass.PUBLIC
HITS = PAGE | dict.fromkeys(("last", "before"), PUBLIC)

strawberry.enum(Root, name="SearchRoot", description="What a search finds.", directives=OPEN)


def _hits(root: Root, noun: str) -> Any:
    """A page of what a saved search finds."""
    return public(
        f"What it finds, where that is {noun}; null of another root. As `Query.{noun}` of what was saved, by"
        " the rights that the caller has now.",
        lookup(saved.hits(root)),
        arguments=HITS,
        directives=[pages(DEFAULT_FIRST)],
    )


@strawberry.type(
    description="A search that its owner keeps (сохранённый поиск). It is run anew each time, with the rights"
    " that he has then."
)
class SavedSearch:
    """A search that its owner keeps."""

    id: strawberry.ID = public(
        "Opaque; means something to the owner alone, and is no `node`.", saved.record_id
    )
    name: str = public("Its name, another one for each of the owner's.")
    root: Root = public("What it finds.", saved.search_root)
    query: str | None = public("The free text.", saved.query)
    where: JSON | None = public("The filter, as the root's `where` takes it.", saved.where)
    order_by: JSON | None = public("The order, as the root's `orderBy` takes it.", saved.order_by)
    created_at: dt.datetime = public("When it was saved, UTC.")
    updated_at: dt.datetime = public("When it was saved or renamed, UTC.")
    problem: str | None = public(
        "Why it cannot be run: the schema has changed since and does not know what it asks by, or the caller"
        " may not ask by it any more. Null where it can.",
        saved.problem,
    )
    total_count: int | None = public(
        "How many hits it has, exact; counted in the projection, only when asked.",
        saved.total_count,
        directives=[weighs(10)],
    )
    workers: WorkerConnection | None = _hits(Root.WORKER, "workers")
    organizations: OrganizationConnection | None = _hits(Root.ORGANIZATION, "organizations")
    licenses: LicenseConnection | None = _hits(Root.LICENSE, "licenses")
    credentials: CredentialConnection | None = _hits(Root.CREDENTIAL, "credentials")


@strawberry.type(
    description="How a saved search stands, and what came and went since the event before on this connection."
)
class SavedSearchChange:
    """How a saved search stands, and what came and went."""

    saved_search: SavedSearch = public("Which one.", change.saved_search)
    total_count: int = public("How many hits it has.", change.total_count)
    added: int | None = public(
        "How many hits came; null in the first event, and where there are or were more than"
        f" {change.MOST_COMPARED:,}.",
        change.added,
    )
    removed: int | None = public("How many hits went; null as `added`.", change.removed)
    added_ids: list[strawberry.ID] = public(
        f"Global ids of those that came, {change.MOST_NAMED} at most: pass them to `nodes`.", change.added_ids
    )
    removed_ids: list[strawberry.ID] = public(
        f"Global ids of those that went, {change.MOST_NAMED} at most.", change.removed_ids
    )
    version: str = public(
        "The same for the same hits: pass it as `since` after a break, to be told at once if they changed.",
        change.version,
    )
    as_of: dt.datetime = public(
        "Every change of every registry up to this moment is in it, UTC.", change.as_of
    )


def _text() -> Any:
    return asked(PUBLIC, "A free text, every word of which a hit has.")


def _filter() -> Any:
    return asked(PUBLIC, "What else a hit has to pass. A personal field (`bornOn`) is not kept: refused.")


def _order() -> Any:
    return asked(PUBLIC, "Up to 4 keys.")


@strawberry.input(description="A search for workers.")
class WorkerSearch:
    """A search for workers."""

    query: str | None = _text()
    where: WorkerWhere | None = _filter()
    order_by: list[WorkerOrder] | None = _order()


@strawberry.input(description="A search for organizations.")
class OrganizationSearch:
    """A search for organizations."""

    query: str | None = _text()
    where: OrganizationWhere | None = _filter()
    order_by: list[OrganizationOrder] | None = _order()


@strawberry.input(description="A search for licences.")
class LicenseSearch:
    """A search for licences."""

    query: str | None = _text()
    where: LicenseWhere | None = _filter()
    order_by: list[LicenseOrder] | None = _order()


@strawberry.input(description="A search for certificates and accreditations.")
class CredentialSearch:
    """A search for certificates and accreditations."""

    query: str | None = _text()
    where: CredentialWhere | None = _filter()
    order_by: list[CredentialOrder] | None = _order()


@strawberry.input(description="A search to keep: its name, and exactly one of the others.")
class SavedSearchInput:
    """A search to keep."""

    name: str = strawberry.field(
        description="From 1 to 100 characters, another one than yours have.", directives=OPEN
    )
    workers: WorkerSearch | None = asked(PUBLIC, "A search for workers.")
    organizations: OrganizationSearch | None = asked(PUBLIC, "A search for organizations.")
    licenses: LicenseSearch | None = asked(PUBLIC, "A search for licences.")
    credentials: CredentialSearch | None = asked(PUBLIC, "A search for certificates and accreditations.")

    def kept(self) -> Kept:
        """The one search as it is kept. Raises BadSearch where there is none, or more than one."""
        each = {
            Root.WORKER: self.workers,
            Root.ORGANIZATION: self.organizations,
            Root.LICENSE: self.licenses,
            Root.CREDENTIAL: self.credentials,
        }
        given = [(root, search) for root, search in each.items() if search is not None]
        if len(given) != 1:
            raise BadSearch(
                ("input",), "give exactly one of `workers`, `organizations`, `licenses`, `credentials`"
            )
        [(root, search)] = given
        return Kept(root, search.query, as_json(search.where), as_json(search.order_by))


def as_json(value: Any) -> Any:
    """An input as JSON has it, by GraphQL's names; what was not given is left out."""
    match value:
        case Enum():
            return value.name
        case list():
            return [as_json(each) for each in value]
        case None | bool() | int() | str():
            return value
        case dt.date():
            return value.isoformat()
    definition = getattr(value, "__strawberry_definition__", None)
    return str(value) if definition is None else _object(value, definition.fields)


def _object(value: Any, fields: Iterable[Any]) -> dict[str, Any]:
    found = {
        each.graphql_name or to_camel_case(each.python_name): getattr(value, each.python_name)
        for each in fields
    }
    return {name: as_json(part) for name, part in found.items() if part is not None}


def _saved_searches(
    _root: None, context: Context, first: int = DEFAULT_FIRST, after: str | None = None
) -> Any:
    return saved.saved_searches(context, first, after)


def _saved_search(_root: None, context: Context, id: strawberry.ID) -> Any:  # noqa: A002  (Relay's name)
    return saved.saved_search(context, id)


def _create(_root: None, context: Context, input: SavedSearchInput) -> Any:  # noqa: A002  (Relay's name)
    return saved.create(context, input.name, input.kept())


def _rename(_root: None, context: Context, id: strawberry.ID, name: str) -> Any:  # noqa: A002
    return saved.rename(context, id, name)


def _delete(_root: None, context: Context, id: strawberry.ID) -> Any:  # noqa: A002
    return saved.delete(context, id)


def saved_search_changed(info: Info, id: strawberry.ID, since: str | None = None) -> Any:  # noqa: A002
    """What a subscription listens to."""
    return change.saved_search_changed(info, id, since)


saved_searches = lookup(_saved_searches)
saved_search = lookup(_saved_search)
create = lookup(_create)
rename = lookup(_rename)
delete = lookup(_delete)

"""The roots: everything that may be asked, and what may be listened to."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import strawberry

from auth.rights import FieldClass
from resolvers import roots
from resolvers.connection import DEFAULT_FIRST
from resolvers.context import Context, Info
from resolvers.explain import explain
from resolvers.journal import journal as journal_page
from resolvers.journal import viewer as viewer_himself
from resolvers.link import Resolver, lookup
from resolvers.registry import registries, registry_changed
from resolvers.search.paging import Paging
from resolvers.search.roots import Sought
from schema import saved_search as saved
from schema.access import AccessExplanation
from schema.connections import Connection
from schema.credential import Credential
from schema.dictionary import Dictionary
from schema.directives import OPEN, about, page, pages, weighs
from schema.facets import CredentialConnection, LicenseConnection, OrganizationConnection, WorkerConnection
from schema.fields import PAGE, class_of, journalled, narrowed, public
from schema.filters.credential import CredentialWhere
from schema.filters.license import LicenseWhere
from schema.filters.organization import OrganizationWhere
from schema.filters.worker import WorkerWhere
from schema.finding import FindingConnection, FindingsChange, findings, findings_changed
from schema.journal import JournalEntry, JournalWhere, Viewer
from schema.license import License
from schema.node import Node
from schema.orders import CredentialOrder, LicenseOrder, OrganizationOrder, WorkerOrder
from schema.organization import Organization
from schema.registry import RegistryChange, RegistryStatus
from schema.saved_search import SavedSearch, SavedSearchChange
from schema.verification import Verification, verification
from schema.worker import Worker
from schema.workforce import TIMELINE, WORKFORCE, Timeline, Workforce, timeline, workforce
from sources.dictionary import Dictionary as DictionaryName
from sources.keys import Inn, LicenseNumber, Ogrn, Oid, RegistryNumber, Snils
from sources.registry import Registry

strawberry.enum(DictionaryName, name="DictionaryName", description="Names of dictionaries.", directives=OPEN)

PUBLIC = FieldClass.PUBLIC

SEARCH = PAGE | dict.fromkeys(("query", "where", "orderBy", "last", "before"), PUBLIC)
"""A filter asks by its fields, each of a class of its own; a text and an order by what is public."""

SEARCHED = (
    "`query`: a free text, every word of which a hit has. `where`: what else it has to pass. `orderBy`: up to"
    f" 4 keys; the best match first where there is a text. `first`, {DEFAULT_FIRST} unless asked, or `last`."
)

OwnSnils = Annotated[
    Snils | None,
    strawberry.argument(
        description="СНИЛС, by those who may see it; for others the answer is the same as for nobody."
    ),
]


def _journal(
    _root: None,
    context: Context,
    where: JournalWhere | None = None,
    first: int = DEFAULT_FIRST,
    after: str | None = None,
) -> Any:
    return journal_page(context, (where or JournalWhere()).asked(), first, after)


def _worker(
    _root: None, context: Context, registry_number: RegistryNumber | None = None, snils: OwnSnils = None
) -> Any:
    return roots.worker(context, registry_number, snils)


def _organization(
    _root: None, _context: Context, oid: Oid | None = None, inn: Inn | None = None, ogrn: Ogrn | None = None
) -> Any:
    return roots.organization(oid, inn, ogrn)


def _license(_root: None, _context: Context, number: LicenseNumber) -> Any:
    return roots.license_by_number(number)


def _credential(_root: None, _context: Context, number: str) -> Any:
    return roots.credential_by_number(number)


def _node(_root: None, _context: Context, id: strawberry.ID) -> Any:  # noqa: A002  (Relay's name)
    return roots.node(id)


def _nodes(_root: None, _context: Context, ids: list[strawberry.ID]) -> Any:
    return roots.nodes(ids)


def _workers(
    _root: None,
    context: Context,
    query: str | None = None,
    where: WorkerWhere | None = None,
    order_by: list[WorkerOrder] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    paging = Paging(first, after, last, before)
    return roots.WORKERS.found(context, Sought(query, where, order_by, paging))


def _organizations(
    _root: None,
    context: Context,
    query: str | None = None,
    where: OrganizationWhere | None = None,
    order_by: list[OrganizationOrder] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    paging = Paging(first, after, last, before)
    return roots.ORGANIZATIONS.found(context, Sought(query, where, order_by, paging))


def _licenses(
    _root: None,
    context: Context,
    query: str | None = None,
    where: LicenseWhere | None = None,
    order_by: list[LicenseOrder] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    paging = Paging(first, after, last, before)
    return roots.LICENSES.found(context, Sought(query, where, order_by, paging))


def _credentials(
    _root: None,
    context: Context,
    query: str | None = None,
    where: CredentialWhere | None = None,
    order_by: list[CredentialOrder] | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Any:
    paging = Paging(first, after, last, before)
    return roots.CREDENTIALS.found(context, Sought(query, where, order_by, paging))


def _dictionaries(_root: None, context: Context, names: list[DictionaryName] | None = None) -> Any:
    dictionaries = context.loaders.sources.dictionaries
    return [dictionaries.info(name) for name in (DictionaryName if names is None else names)]


@strawberry.type(description="Everything that may be asked.")
class Query:
    """Everything that may be asked."""

    node: Node | None = public(
        "A record by its global id; null when its registry does not have it.",
        lookup(_node),
        arguments={"id": PUBLIC},
    )
    nodes: list[Node | None] = public(
        "Records by their global ids, in order; at most 100.",
        lookup(_nodes),
        arguments={"ids": PUBLIC},
        directives=[about(100)],
    )
    worker: Worker | None = public(
        "A worker by registry number, or by СНИЛС; null when the registry does not have him.",
        lookup(_worker),
        arguments={"registryNumber": class_of(Worker, "registry_number"), "snils": class_of(Worker, "snils")},
    )
    organization: Organization | None = public(
        "An organization by OID, or by ИНН and ОГРН together: of several branches, the one without a parent.",
        lookup(_organization),
        arguments={name: class_of(Organization, name) for name in ("oid", "inn", "ogrn")},
    )
    license: License | None = public(
        "A licence by its number.", lookup(_license), arguments={"number": class_of(License, "number")}
    )
    credential: Credential | None = public(
        "A certificate or an accreditation by its number.",
        lookup(_credential),
        arguments={"number": class_of(Credential, "number")},
    )
    verify_workers: list[Verification] = public(
        "Whether these people are who they are said to be, and may practise on a day: up to 1,000 at once,"
        " answered in the order of the claims.",
        verification,
        arguments={"input": PUBLIC, "on": PUBLIC},
        directives=[about(1000), weighs(6)],
    )
    workers: WorkerConnection | None = public(
        f"Workers, by registry number unless asked otherwise. {SEARCHED}",
        lookup(_workers),
        arguments=SEARCH,
        directives=[pages(DEFAULT_FIRST)],
    )
    organizations: OrganizationConnection | None = public(
        f"Organizations, by OID unless asked otherwise. {SEARCHED}",
        lookup(_organizations),
        arguments=SEARCH,
        directives=[pages(DEFAULT_FIRST)],
    )
    licenses: LicenseConnection | None = public(
        f"Licences, by number unless asked otherwise. {SEARCHED}",
        lookup(_licenses),
        arguments=SEARCH,
        directives=[pages(DEFAULT_FIRST)],
    )
    credentials: CredentialConnection | None = public(
        f"Certificates and accreditations, by number unless asked otherwise. {SEARCHED}",
        lookup(_credentials),
        arguments=SEARCH,
        directives=[pages(DEFAULT_FIRST)],
    )
    workforce: Workforce | None = public(
        "The workforce by up to 3 dimensions. `measures`: what is counted. `where`: of whom.",
        workforce,
        arguments=WORKFORCE,
        directives=[weighs(50)],
    )
    timeline: Timeline | None = public(
        "What of the workforce's documents begins or ends, by month or year: from four years ago to the end"
        " of next year, unless asked otherwise.",
        timeline,
        arguments=TIMELINE,
        directives=[weighs(50)],
    )
    findings: FindingConnection | None = narrowed(
        FieldClass.QUALITY,
        "What is wrong in the registries, the worst first: of whom the caller sees it, and nothing else.",
        findings,
        arguments={"where": PUBLIC, **PAGE},
        directives=[page(), weighs(5)],
    )
    explain_access: AccessExplanation = public(
        "Why the caller gets what he gets of a field (`Worker.snils`) of the record with this global id; of"
        " a type whose records have none, with that of the worker, employment or organization around it.",
        explain,
        arguments={"coordinate": PUBLIC, "id": PUBLIC},
    )
    journal: Connection[JournalEntry] | None = journalled(
        "What was released and refused of persons, newest first. To read it is an entry itself.",
        lookup(_journal),
        arguments={"where": FieldClass.PUBLIC, **PAGE},
        directives=[page()],
    )
    viewer: Viewer | None = public("Who asks; null without a token.", lookup(viewer_himself))
    saved_searches: Connection[SavedSearch] | None = public(
        "The searches that the caller keeps, by name. Only with a token.",
        saved.saved_searches,
        arguments=PAGE,
        directives=[page()],
    )
    saved_search: SavedSearch | None = public(
        "One of the searches that the caller keeps; null where he has none of this id. Only with a token.",
        saved.saved_search,
        arguments={"id": PUBLIC},
    )
    registries: list[RegistryStatus] = public(
        "The four registries, asked now how they are.", registries, directives=[about(4), weighs(10)]
    )
    dictionaries: list[Dictionary] = public(
        "The code lists (справочники) that codes are shown with; all, or those named.",
        lookup(_dictionaries),
        arguments={"names": PUBLIC},
        directives=[about(20)],
    )


def _registry_changed(info: Info, registry: Registry) -> AsyncIterator[Any]:
    return registry_changed(info, registry)


@strawberry.type(description="What may be listened to.")
class Subscription:
    """What may be listened to."""

    registry_changed: RegistryChange = public(
        "Records that change in a registry, from now on, as its change feed tells of them.",
        Resolver(_registry_changed),
        arguments={"registry": PUBLIC},
        is_subscription=True,
    )
    saved_search_changed: SavedSearchChange = public(
        "How one of the caller's saved searches stands, and again whenever its hits have changed, until it is"
        " deleted. `since`: the `version` that he knows; as long as it is that one, nothing is told.",
        Resolver(saved.saved_search_changed),
        arguments={"id": PUBLIC, "since": PUBLIC},
        is_subscription=True,
    )
    findings_changed: FindingsChange | None = narrowed(
        FieldClass.QUALITY,
        "Findings that come and go, from now on, as far as the caller may hear of them.",
        Resolver(findings_changed),
        arguments={"where": PUBLIC},
        is_subscription=True,
    )

"""The roots: everything that may be asked, and what may be listened to."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import strawberry

from auth.rights import FieldClass
from resolvers import roots
from resolvers.connection import DEFAULT_FIRST
from resolvers.context import Info
from resolvers.link import Resolver
from resolvers.registry import registries, registry_changed
from schema.connections import Connection
from schema.credential import Credential
from schema.dictionary import Dictionary
from schema.directives import OPEN, about, page, weighs
from schema.fields import PAGE, class_of, public
from schema.filters import LicenseWhere, OrganizationWhere, WorkerWhere
from schema.license import License
from schema.node import Node
from schema.organization import Organization
from schema.registry import RegistryChange, RegistryStatus
from schema.worker import Worker
from sources.dictionary import Dictionary as DictionaryName
from sources.keys import Inn, LicenseNumber, Ogrn, Oid, RegistryNumber, Snils
from sources.registry import Registry

strawberry.enum(DictionaryName, name="DictionaryName", description="Names of dictionaries.", directives=OPEN)

PUBLIC = FieldClass.PUBLIC

LISTING = PAGE | {"where": PUBLIC}
"""A filter asks by its fields, each of a class of its own."""

OwnSnils = Annotated[
    Snils | None,
    strawberry.argument(
        description="СНИЛС, by those who may see it; for others the answer is the same as for nobody."
    ),
]


def _worker(info: Info, registry_number: RegistryNumber | None = None, snils: OwnSnils = None) -> Any:
    return roots.worker(info, registry_number, snils)


def _organization(
    info: Info, oid: Oid | None = None, inn: Inn | None = None, ogrn: Ogrn | None = None
) -> Any:
    return roots.organization(info, oid, inn, ogrn)


def _license(info: Info, number: LicenseNumber) -> Any:
    return roots.license_by_number(info, number)


def _credential(info: Info, number: str) -> Any:
    return roots.credential_by_number(info, number)


def _node(info: Info, id: strawberry.ID) -> Any:  # noqa: A002  (Relay's name)
    return roots.node(info, id)


def _nodes(info: Info, ids: list[strawberry.ID]) -> Any:
    return roots.nodes(info, ids)


def _workers(
    info: Info, where: WorkerWhere | None = None, first: int = DEFAULT_FIRST, after: str | None = None
) -> Any:
    return roots.workers(info, (where or WorkerWhere()).asked(), first, after)


def _organizations(
    info: Info, where: OrganizationWhere | None = None, first: int = DEFAULT_FIRST, after: str | None = None
) -> Any:
    return roots.organizations(info, (where or OrganizationWhere()).asked(), first, after)


def _licenses(
    info: Info, where: LicenseWhere | None = None, first: int = DEFAULT_FIRST, after: str | None = None
) -> Any:
    return roots.licenses(info, (where or LicenseWhere()).asked(), first, after)


def _dictionaries(info: Info, names: list[DictionaryName] | None = None) -> Any:
    dictionaries = info.context.loaders.sources.dictionaries
    return [dictionaries.info(name) for name in (DictionaryName if names is None else names)]


@strawberry.type(description="Everything that may be asked.")
class Query:
    """Everything that may be asked."""

    node: Node | None = public(
        "A record by its global id; null when its registry does not have it.",
        Resolver(_node),
        arguments={"id": PUBLIC},
    )
    nodes: list[Node | None] = public(
        "Records by their global ids, in order; at most 100.",
        Resolver(_nodes),
        arguments={"ids": PUBLIC},
        directives=[about(100)],
    )
    worker: Worker | None = public(
        "A worker by registry number, or by СНИЛС; null when the registry does not have him.",
        Resolver(_worker),
        arguments={"registryNumber": class_of(Worker, "registry_number"), "snils": class_of(Worker, "snils")},
    )
    organization: Organization | None = public(
        "An organization by OID, or by ИНН and ОГРН together: of several branches, the one without a parent.",
        Resolver(_organization),
        arguments={name: class_of(Organization, name) for name in ("oid", "inn", "ogrn")},
    )
    license: License | None = public(
        "A licence by its number.", Resolver(_license), arguments={"number": class_of(License, "number")}
    )
    credential: Credential | None = public(
        "A certificate or an accreditation by its number.",
        Resolver(_credential),
        arguments={"number": class_of(Credential, "number")},
    )
    workers: Connection[Worker] | None = public(
        "Workers, by registry number.", Resolver(_workers), arguments=LISTING, directives=[page()]
    )
    organizations: Connection[Organization] | None = public(
        "Organizations, by OID.", Resolver(_organizations), arguments=LISTING, directives=[page()]
    )
    licenses: Connection[License] | None = public(
        "Licences, by number.", Resolver(_licenses), arguments=LISTING, directives=[page()]
    )
    registries: list[RegistryStatus] = public(
        "The four registries, asked now how they are.", registries, directives=[about(4), weighs(10)]
    )
    dictionaries: list[Dictionary] = public(
        "The code lists (справочники) that codes are shown with; all, or those named.",
        Resolver(_dictionaries),
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

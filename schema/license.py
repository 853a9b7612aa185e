"""The licence for medical activity (лицензия), from the licence registry."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import license as resolve
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN
from schema.fields import public
from schema.node import Node, Typed
from sources.keys import LicenseNumber, Ogrn, Oid

if TYPE_CHECKING:
    from schema.organization import Organization
    from schema.worker import Worker


@strawberry.enum(description="Who holds a licence.", directives=OPEN)
class HolderKind(StrEnum):
    """Who holds a licence."""

    ORGANIZATION = "ORGANIZATION"
    WORKER = "WORKER"


@strawberry.enum(
    description="Status of a licence, as its registry has it; see `validUntil` too.", directives=OPEN
)
class LicenseStatus(StrEnum):
    """Status of a licence."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    EXPIRED = "EXPIRED"
    TERMINATED = "TERMINATED"
    REVOKED = "REVOKED"


@strawberry.enum(description="What happened to a licence.")
class LicenseEventKind(StrEnum):
    """What happened to a licence."""

    ISSUED = "ISSUED"
    CHANGED = "CHANGED"
    SUSPENDED = "SUSPENDED"
    RESUMED = "RESUMED"
    TERMINATED = "TERMINATED"
    REVOKED = "REVOKED"


LicenseHolder = Annotated[
    Annotated["Organization", strawberry.lazy("schema.organization")]
    | Annotated["Worker", strawberry.lazy("schema.worker")],
    strawberry.union("LicenseHolder", description="An organization, or a worker who is a sole proprietor."),
]


@strawberry.federation.type(
    keys=["id"],
    description="A work or service that a licence allows at an address. Source: the licence registry.",
)
class LicenseActivity(Typed, Node):
    """A work or service that a licence allows at an address."""

    activity: DictionaryEntry = public("The work or service (работа, услуга).", resolve.activity)
    care_kind: DictionaryEntry = public("Kind of medical care (вид помощи).", resolve.care_kind)
    address: str = public("Where it is allowed.")
    suspended: bool = public("Whether this work at this address is suspended.")
    license: Annotated["License", strawberry.lazy("schema.license")] | None = public(
        "The licence.", resolve.of_license
    )


@strawberry.federation.type(
    keys=["id"],
    description="What happened to a licence, by order of the authority. Source: the licence registry.",
)
class LicenseEvent(Typed, Node):
    """What happened to a licence."""

    kind: LicenseEventKind = public("What happened.")
    happened_on: dt.date = public("When.")
    order_number: str | None = public("Number of the order (приказ).")
    license: Annotated["License", strawberry.lazy("schema.license")] | None = public(
        "The licence.", resolve.of_license
    )


@strawberry.federation.type(
    keys=["number", "id"], description="A licence for medical activity. Source: the licence registry."
)
class License(Typed, Node):
    """A licence for medical activity."""

    number: LicenseNumber = public("Number.")
    old_number: str | None = public("Number before 2022, where the licence had one.")
    holder_kind: HolderKind = public("Who holds it.")
    holder_name: str = public("Name of the holder, as the licence has it.")
    holder_inn: str = public("ИНН of the holder; a person's is shown masked.", resolve.holder_inn)
    holder_ogrn: Ogrn = public("ОГРН or ОГРНИП of the holder.")
    organization_oid: Oid | None = public("OID of the organization, where the registry has learnt it.")
    authority: str = public("Licensing authority (лицензирующий орган).")
    region: DictionaryEntry = public("Region.", resolve.region)
    order_number: str | None = public("Number of the order of issue (приказ).")
    issued_on: dt.date = public("Day of issue.")
    valid_until: dt.date | None = public("Last day; null, the norm: without term (бессрочно).")
    status: LicenseStatus = public("Status, as the registry has it.")
    suspended_on: dt.date | None = public("Day of suspension.")
    terminated_on: dt.date | None = public("Day of termination.")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The organization, by OID, or by INN and OGRN. Source: the organization registry (ФРМО).",
        resolve.organization,
    )
    holder: LicenseHolder | None = public("The holder: an organization, or a worker.", resolve.holder)
    activities: list[LicenseActivity] | None = public(
        "Works and services that it allows, by address.", resolve.activities
    )
    events: list[LicenseEvent] | None = public("What happened to it, in order.", resolve.events)

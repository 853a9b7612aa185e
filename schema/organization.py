"""The medical organization (медицинская организация), from the organization registry (ФРМО)."""

import datetime as dt
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry

from auth.rights import FieldClass
from resolvers import organization as resolve
from resolvers.finding import of_organization
from resolvers.ids import record_id
from resolvers.link import computed
from schema.connections import Connection
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN, about, page, weighs
from schema.fields import PAGE, public, quality
from schema.node import ID, Node, Typed
from schema.staffing import OrganizationExpiring, PositionStaffing
from sources.keys import Ogrn, Oid

if TYPE_CHECKING:
    from schema.department import Department
    from schema.employment import Employment
    from schema.finding import Finding
    from schema.license import License
    from schema.staffing_unit import StaffingUnit


@strawberry.enum(description="Legal form of an organization.")
class LegalForm(Enum):
    """Legal form of an organization."""

    ENTITY = strawberry.enum_value("ENTITY", description="Legal entity (юридическое лицо).")
    PROPRIETOR = strawberry.enum_value(
        "PROPRIETOR", description="Sole proprietor (индивидуальный предприниматель)."
    )


@strawberry.enum(description="Form of ownership (форма собственности).", directives=OPEN)
class Ownership(StrEnum):
    """Form of ownership."""

    FEDERAL = "FEDERAL"
    REGIONAL = "REGIONAL"
    MUNICIPAL = "MUNICIPAL"
    PRIVATE = "PRIVATE"


@strawberry.enum(description="Status of an organization.", directives=OPEN)
class OrganizationStatus(StrEnum):
    """Status of an organization."""

    ACTIVE = "ACTIVE"
    REORGANIZED = "REORGANIZED"
    LIQUIDATED = "LIQUIDATED"


@strawberry.federation.type(
    keys=["oid", "id"],
    description="A medical organization or a branch of one. Source: the organization registry (ФРМО).",
)
class Organization(Typed, Node):
    """A medical organization or a branch of one."""

    id: strawberry.ID = public(ID, computed(record_id, "oid"))
    oid: Oid = public("OID of the organization.")
    full_name: str = public("Full name (полное наименование).")
    short_name: str = public("Short name (краткое наименование).")
    legal_form: LegalForm = public("Legal form.")
    inn: str = public("ИНН; branches share their parent's. A proprietor's is shown masked.", resolve.inn)
    kpp: str | None = public("КПП.")
    ogrn: Ogrn = public("ОГРН; a proprietor's ОГРНИП.")
    kind: DictionaryEntry = public("Kind of organization (вид).", resolve.kind)
    ownership: Ownership = public("Form of ownership (форма собственности).")
    region: DictionaryEntry = public("Region (регион).", resolve.region)
    address: str = public("Address.")
    latitude: Decimal | None = public("Latitude, degrees north (WGS 84).")
    longitude: Decimal | None = public("Longitude, degrees east (WGS 84).")
    phone: str | None = public("Telephone of the organization.")
    email: str | None = public("E-mail address of the organization.")
    website: str | None = public("Web site.")
    head_name: str | None = public("Head of the organization (руководитель).")
    status: OrganizationStatus = public("Status.")
    registered_on: dt.date = public("Day of registration.")
    closed_on: dt.date | None = public("Day of closing; null while it works.")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")

    parent: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The organization that this is a branch of (головная организация).", resolve.parent
    )
    parent_oid: Oid | None = public("OID of the parent, as the registry has it.")
    branches: list[Annotated["Organization", strawberry.lazy("schema.organization")]] | None = public(
        "Branches (филиалы), by name.", resolve.branches
    )
    departments: list[Annotated["Department", strawberry.lazy("schema.department")]] | None = public(
        "Departments (подразделения), by name.", resolve.departments, directives=[about(30)]
    )
    staffing_units: list[Annotated["StaffingUnit", strawberry.lazy("schema.staffing_unit")]] | None = public(
        "The staffing schedule (штатное расписание), a line a department and position.",
        resolve.staffing_units,
        directives=[about(100)],
    )
    staffing: list[PositionStaffing] | None = public(
        "Posts by position against the rates that are occupied, so vacancies.",
        resolve.staffing,
        directives=[about(30), weighs(2)],
    )
    licenses: list[Annotated["License", strawberry.lazy("schema.license")]] | None = public(
        "Licences, those without an OID too, which INN and OGRN make its own. Source: the licence registry.",
        resolve.licenses,
        directives=[about(5)],
    )
    employments: Connection[Annotated["Employment", strawberry.lazy("schema.employment")]] | None = public(
        "Employments, `current` ones unless asked otherwise (`null`: all). Source: the worker registry.",
        resolve.employments,
        directives=[page()],
        arguments=PAGE | {"current": FieldClass.PUBLIC},
    )
    findings: list[Annotated["Finding", strawberry.lazy("schema.finding")]] | None = quality(
        "What is wrong in the registries about it and its licences (несоответствия), the worst first; 100 at"
        " most. Those about its people are found by `findings`.",
        of_organization,
        directives=[about(2), weighs(3)],
    )
    expiring: OrganizationExpiring = public(
        "What ends from today until so many days on.",
        resolve.expiring,
        arguments={"within": FieldClass.PUBLIC},
    )

"""A department (структурное подразделение), from the organization registry (ФРМО)."""

import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import department as resolve
from schema.directives import about
from schema.fields import internal, public
from schema.node import Node, Typed

if TYPE_CHECKING:
    from schema.employment import Employment
    from schema.organization import Organization


@strawberry.enum(description="Kind of department (вид подразделения).")
class DepartmentKind(Enum):
    """Kind of department."""

    AMBULATORY = strawberry.enum_value("AMBULATORY", description="Out-patient (амбулаторное).")
    INPATIENT = strawberry.enum_value("INPATIENT", description="In-patient (стационарное).")
    LABORATORY = strawberry.enum_value("LABORATORY", description="Laboratory (лабораторное).")
    EMERGENCY = strawberry.enum_value("EMERGENCY", description="Ambulance (скорая помощь).")
    ADMINISTRATIVE = strawberry.enum_value("ADMINISTRATIVE", description="Administration.")


@strawberry.federation.type(
    keys=["id"], description="A department of an organization. Source: the organization registry (ФРМО)."
)
class Department(Typed, Node):
    """A department of an organization."""

    name: str = public("Name.")
    kind: DepartmentKind = public("Kind (вид подразделения).")
    address: str | None = public("Address, where it is not the organization's.")
    beds: int | None = public("Beds (койки).")
    closed_on: dt.date | None = public("Day of closing; null while it works.")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The organization.", resolve.organization
    )
    parent: Annotated["Department", strawberry.lazy("schema.department")] | None = public(
        "The department that this is a part of.", resolve.parent
    )
    employments: list[Annotated["Employment", strawberry.lazy("schema.employment")]] | None = internal(
        "Employments in the department, in order of start. Source: the worker registry (ФРМР).",
        resolve.employments,
        directives=[about(20)],
    )

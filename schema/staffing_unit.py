"""A line of the staffing schedule (штатная единица), from the organization registry (ФРМО)."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import staffing_unit as resolve
from schema.dictionary import DictionaryEntry
from schema.fields import public
from schema.node import Node, Typed

if TYPE_CHECKING:
    from schema.department import Department
    from schema.organization import Organization


@strawberry.federation.type(
    keys=["id"],
    description="How many posts of a position a department may fill. Source: the organization registry.",
)
class StaffingUnit(Typed, Node):
    """How many posts of a position a department may fill."""

    position: DictionaryEntry = public("Position (должность).", resolve.position)
    posts: Decimal = public("Posts (ставок по штату).")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The organization.", resolve.organization
    )
    department: Annotated["Department", strawberry.lazy("schema.department")] | None = public(
        "The department, where the schedule names one.", resolve.department
    )

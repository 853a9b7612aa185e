"""An employment (место работы), from the worker registry (ФРМР)."""

import datetime as dt
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry

from auth.rights import FieldClass
from resolvers import employment as resolve
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN, about
from schema.fields import carried, internal, public
from schema.node import Node, Typed
from sources.keys import Oid

if TYPE_CHECKING:
    from schema.department import Department
    from schema.organization import Organization
    from schema.worker import Worker


@strawberry.enum(description="Kind of employment (вид занятости).", directives=OPEN)
class EmploymentKind(Enum):
    """Kind of employment."""

    MAIN = strawberry.enum_value("MAIN", description="Main place of work (основное место работы).")
    INTERNAL_PART = strawberry.enum_value(
        "INTERNAL_PART", description="A second job with the same employer (внутреннее совместительство)."
    )
    COMBINATION = strawberry.enum_value(
        "COMBINATION", description="Combination of positions (совмещение должностей)."
    )
    EXTERNAL_PART = strawberry.enum_value(
        "EXTERNAL_PART", description="A second job with another employer (внешнее совместительство)."
    )


@strawberry.enum(description="Kind of leave of an employee who stays employed.")
class AbsenceKind(StrEnum):
    """Kind of leave."""

    PARENTAL = "PARENTAL"
    STUDY = "STUDY"
    OTHER = "OTHER"


@strawberry.type(description="Leave of an employee who stays employed (временное отсутствие).")
class Absence(Typed):
    """Leave of an employee who stays employed."""

    kind: AbsenceKind = carried(FieldClass.INTERNAL, "Kind of leave.")
    started_on: dt.date = carried(FieldClass.INTERNAL, "First day.")
    ended_on: dt.date | None = carried(FieldClass.INTERNAL, "Last day; null while it lasts.")


@strawberry.federation.type(
    keys=["id"],
    description="One post of a worker in an organization (личное дело). Source: the worker registry (ФРМР).",
)
class Employment(Typed, Node):
    """One post of a worker in an organization."""

    worker: Annotated["Worker", strawberry.lazy("schema.worker")] | None = public(
        "The worker.", resolve.worker
    )
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The employer. Source: the organization registry; null with a line in `extensions.dangling` when it "
        "does not know the OID.",
        resolve.organization,
    )
    organization_oid: Oid = public("OID of the employer, as the worker registry has it.")
    department: Annotated["Department", strawberry.lazy("schema.department")] | None = internal(
        "The department (подразделение). Source: the organization registry.", resolve.department
    )
    position: DictionaryEntry = public("Position (должность).", resolve.position)
    position_level: str | None = public("Level of the position (уровень должности).")
    kind: EmploymentKind = public("Kind of employment (вид занятости).")
    rate: Decimal | None = internal("Rate (ставка): 1.00 is a full post.", "rate")
    personnel_number: str | None = internal("Personnel number (табельный номер).", "personnel_number")
    started_on: dt.date = public("First day.")
    ended_on: dt.date | None = public("Last day; null while it lasts.")
    absences: list[Absence] | None = internal(
        "Leaves (временные отсутствия).", resolve.absences, directives=[about(2)]
    )
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")

"""A restriction of a worker (ограничение, взыскание), from the worker registry (ФРМР)."""

import datetime as dt
from enum import Enum

import strawberry

from auth.rights import FieldClass
from schema.directives import OPEN
from schema.fields import carried
from schema.node import Typed


@strawberry.enum(description="Kind of restriction.", directives=OPEN)
class RestrictionKind(Enum):
    """Kind of restriction."""

    PRACTICE_BAN = strawberry.enum_value(
        "PRACTICE_BAN", description="May not practise (запрет деятельности)."
    )
    SUSPENSION = strawberry.enum_value("SUSPENSION", description="Suspended from work (отстранение).")
    PROCEDURE_LIMIT = strawberry.enum_value(
        "PROCEDURE_LIMIT", description="Some procedures only (ограничение видов вмешательств)."
    )
    REPRIMAND = strawberry.enum_value("REPRIMAND", description="Disciplinary measure (выговор).")


@strawberry.type(description="A restriction of a worker's practice, or a disciplinary measure.")
class Restriction(Typed):
    """A restriction of a worker's practice, or a disciplinary measure."""

    kind: RestrictionKind = carried(FieldClass.RESTRICTED, "Kind.")
    reason: str = carried(FieldClass.RESTRICTED, "Reason (основание).")
    authority: str = carried(FieldClass.RESTRICTED, "Who imposed it.")
    document_number: str = carried(FieldClass.RESTRICTED, "Number of the document.")
    imposed_on: dt.date = carried(FieldClass.RESTRICTED, "First day.")
    lifted_on: dt.date | None = carried(
        FieldClass.RESTRICTED, "Day on which it was lifted; null while it holds."
    )

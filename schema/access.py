"""Why somebody gets what he gets: the decision on one field of one record, and the rules behind it."""

import strawberry

from auth.explain import Given
from auth.principal import Role
from auth.rights import Extent, FieldClass, Reason
from resolvers import explain as resolve
from schema.fields import public

strawberry.enum(Given, name="AccessDecision", description="What a caller gets of a field.")
strawberry.enum(Reason, name="AccessReason", description="What a caller would need to get more.")
strawberry.enum(Role, name="AccessRole", description="What a caller acts as, by his token.")
strawberry.enum(Extent, name="AccessExtent", description="How far a role reaches.")


@strawberry.type(description="What the table of rights gives a role of a field.")
class AccessRule:
    """What the table of rights gives a role of a field."""

    role: Role = public("The role.")
    extent: Extent = public("How far the role reaches.")
    gives: Given = public("What it gives inside its extent, its conditions met.")
    given: Given = public("What of it the caller gets of this record.")
    lacking: list[Reason] = public("What the caller lacks of it; empty where he lacks nothing.")


@strawberry.type(
    description="Why the caller gets what he gets of a field: never the value, nor whether there is one."
)
class AccessExplanation:
    """Why the caller gets what he gets of a field."""

    coordinate: str = public("What was asked about.", resolve.coordinate)
    field_class: FieldClass = public("Its class in the table of rights.", resolve.field_class)
    decision: Given = public("What the caller gets.")
    decided_by: AccessRule | None = public(
        "The rule that gives it; null where everyone gets it, or nobody gives this caller anything."
    )
    missing: list[AccessRule] = public("The rules that would give more, and what the caller lacks of each.")

"""Directives that the schema carries for its readers."""

import strawberry
from strawberry.schema_directive import Location

from auth.rights import FieldClass

strawberry.enum(
    FieldClass,
    name="FieldClass",
    description="How far a fact about people or organizations may go; the table of rights decides by it.",
)


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.ARGUMENT_DEFINITION],
    name="access",
    description="The class of a field or argument in the table of rights.",
)
class Access:
    """The class of a field or argument in the table of rights."""

    field_class: FieldClass = strawberry.directive_field(name="class")

"""Directives that the schema carries for its readers."""

from collections.abc import Iterable

import strawberry
from strawberry.federation.schema_directives import Cost, ListSize
from strawberry.schema_directive import Location
from strawberry.types.unset import UNSET

from auth.rights import FieldClass

strawberry.enum(
    FieldClass,
    name="FieldClass",
    description="How far a fact about people or organizations may go; the table of rights decides by it.",
)


@strawberry.schema_directive(
    locations=[
        Location.FIELD_DEFINITION,
        Location.ARGUMENT_DEFINITION,
        Location.INPUT_FIELD_DEFINITION,
        Location.ENUM,
        Location.ENUM_VALUE,
    ],
    name="access",
    description="The class, in the table of rights, of a field or of the facts by which an argument, an input"
    " field or a value asks. An enum's is the class of each of its values.",
)
class Access:
    """The class in the table of rights."""

    field_class: FieldClass = strawberry.directive_field(name="class")


def weighs(weight: int) -> Cost:
    """A field that costs so much, rather than the 1 of an object or the 0 of a plain value."""
    return Cost(weight=weight)


def pages(size: int) -> ListSize:
    """Below a connection, lists whose size `first` or `last` states; so many where neither does."""
    return ListSize(
        assumed_size=size,
        slicing_arguments=["first", "last"],
        sized_fields=["edges", "nodes"],
        require_one_slicing_argument=False,
    )


def page(*, pages: bool = True) -> ListSize:
    """A list whose size the argument `first` states: below a connection, or the list itself."""
    return ListSize(
        assumed_size=UNSET,
        slicing_arguments=["first"],
        sized_fields=["edges", "nodes"] if pages else UNSET,
        require_one_slicing_argument=False,
    )


def about(size: int) -> ListSize:
    """A list that has about so many items, whatever is asked."""
    return ListSize(
        assumed_size=size, slicing_arguments=UNSET, sized_fields=UNSET, require_one_slicing_argument=UNSET
    )


OPEN = (Access(field_class=FieldClass.PUBLIC),)
"""Of an enum whose values anybody may ask by."""


def stated_class(directives: Iterable[object]) -> FieldClass | None:
    """The class that these directives state, where they state one."""
    return next((each.field_class for each in directives if isinstance(each, Access)), None)

"""What fields, arguments and types weigh, and how long lists are: the directives `@cost` and `@listSize`.

They are read where the schema is made of them, so that what is printed is what is charged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLNamedType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)
from strawberry.federation.schema_directives import Cost, ListSize
from strawberry.types.unset import UNSET

DEFINITION = "strawberry-definition"


@dataclass(frozen=True, slots=True)
class Sizing:
    """How long a list is: what an argument states, or what is assumed; for itself or for fields below."""

    assumed: int | None = None
    slices: tuple[str, ...] = ()
    sized_fields: frozenset[str] = frozenset()
    one_slice: bool = False


UNKNOWN = Sizing()


def field_weight(field: GraphQLField) -> int:
    """The weight of one value of a field: its own, or its type's. An object weighs 1, a plain value 0."""
    kind = get_named_type(field.type)
    return _weight(field, _weight(kind, 1 if is_composite_type(kind) else 0))


def argument_weight(argument: GraphQLArgument) -> int:
    """The weight of an argument that is given."""
    return _weight(argument, 0)


def sizing(field: GraphQLField) -> Sizing:
    """What is known of the length of a list."""
    return next((_sizing(told) for told in _directives(field) if isinstance(told, ListSize)), UNKNOWN)


def is_list(field: GraphQLField) -> bool:
    """Whether a field is a list."""
    return is_list_type(get_nullable_type(field.type))


def _sizing(told: ListSize) -> Sizing:
    return Sizing(
        _given(told.assumed_size),
        tuple(_given(told.slicing_arguments) or ()),
        frozenset(_given(told.sized_fields) or ()),
        bool(_given(told.slicing_arguments)) and told.require_one_slicing_argument is not False,
    )


def _given(value: Any) -> Any:
    return None if value is UNSET else value


def _weight(element: GraphQLField | GraphQLArgument | GraphQLNamedType, default: int) -> int:
    return next((told.weight for told in _directives(element) if isinstance(told, Cost)), default)


def _directives(element: GraphQLField | GraphQLArgument | GraphQLNamedType) -> Iterable[object]:
    definition = element.extensions.get(DEFINITION)
    return getattr(definition, "directives", None) or ()

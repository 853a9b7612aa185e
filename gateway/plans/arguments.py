"""A field's arguments as its Python function takes them: as strawberry converts them, but scalars at once."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLField, GraphQLInputType, GraphQLScalarType, get_named_type
from strawberry.schema import Schema
from strawberry.types.arguments import convert_arguments

Converted = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def converter(schema: Schema, definition: GraphQLField) -> Converted | None:
    """What turns arguments by their GraphQL names into those of Python; None where there are none."""
    if not definition.args:
        return None
    declared = definition.extensions.get("strawberry-definition")
    arguments = declared.arguments if declared else ()
    names = {schema.config.name_converter.from_argument(each): each.python_name for each in arguments}
    if all(_as_it_is(each.type) for each in definition.args.values()):
        return _renamed({name: names.get(name, name) for name in definition.args})

    def converted(given: Mapping[str, Any]) -> Mapping[str, Any]:
        registry = schema.schema_converter.scalar_registry
        return convert_arguments(dict(given), list(arguments), scalar_registry=registry, config=schema.config)

    return converted


def _as_it_is(type_: GraphQLInputType) -> bool:
    """Whether strawberry takes a value of this type as graphql-core gives it: a scalar, or a list of them."""
    return isinstance(get_named_type(type_), GraphQLScalarType)


def _renamed(names: Mapping[str, str]) -> Converted:
    if all(name == python for name, python in names.items()):
        return lambda given: given
    return lambda given: {names[name]: value for name, value in given.items()}

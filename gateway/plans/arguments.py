"""A field's arguments as its Python function takes them: as strawberry converts them, but plain ones at once.

Plain are scalars, and input objects all of whose fields are scalars.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLScalarType,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
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
    plain = {name: _plain(schema, each.type) for name, each in definition.args.items()}
    makes = {name: make for name, make in plain.items() if make is not None}
    if len(makes) == len(plain):
        return lambda given: {names.get(name, name): makes[name](value) for name, value in given.items()}

    def converted(given: Mapping[str, Any]) -> Mapping[str, Any]:
        registry = schema.schema_converter.scalar_registry
        return convert_arguments(dict(given), list(arguments), scalar_registry=registry, config=schema.config)

    return converted


def _as_it_is(type_: GraphQLInputType) -> bool:
    """Whether strawberry takes a value of this type as graphql-core gives it: a scalar, or a list of them."""
    return isinstance(get_named_type(type_), GraphQLScalarType)


def _plain(schema: Schema, type_: GraphQLInputType) -> Callable[[Any], Any] | None:
    """What makes of a value what strawberry would; None where it is to be left to strawberry."""
    if _as_it_is(type_):
        return _itself
    named = get_named_type(type_)
    definition = named.extensions.get("strawberry-definition")
    if not isinstance(named, GraphQLInputObjectType) or definition is None:
        return None
    if not all(_as_it_is(each.type) for each in named.fields.values()):
        return None
    names = {schema.config.name_converter.from_field(each): each.python_name for each in definition.fields}
    return partial(_object, definition.origin, names, get_nullable_type(type_))


def _itself(value: Any) -> Any:
    return value


def _object(origin: type, names: Mapping[str, str], type_: Any, value: Any) -> Any:
    """An input object, or a list of them."""
    if value is None:
        return None
    if is_list_type(type_):
        inner = get_nullable_type(type_.of_type)
        return [_object(origin, names, inner, each) for each in value]
    return origin(**{names[name]: each for name, each in value.items()})


def _renamed(names: Mapping[str, str]) -> Converted:
    if all(name == python for name, python in names.items()):
        return lambda given: given
    return lambda given: {names[name]: value for name, value in given.items()}

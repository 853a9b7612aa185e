"""A field's arguments as its Python function takes them: what strawberry would make of them, made at once.

Strawberry looks at the types of an argument anew for each value of it; here each kind is looked at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from strawberry.schema import Schema

Converted = Callable[[Mapping[str, Any]], Mapping[str, Any]]
Make = Callable[[Any], Any]


def converter(schema: Schema, definition: GraphQLField) -> Converted | None:
    """What turns arguments by their GraphQL names into those of Python; None where there are none."""
    if not definition.args:
        return None
    declared = definition.extensions.get("strawberry-definition")
    arguments = declared.arguments if declared else ()
    python = {schema.config.name_converter.from_argument(each): each.python_name for each in arguments}
    names = {name: python.get(name, name) for name in definition.args}
    if all(_as_it_is(each.type) for each in definition.args.values()):
        return _renamed(names)
    inputs = _Inputs(schema)
    makes = {name: inputs.make(each.type) for name, each in definition.args.items()}
    return lambda given: {names[name]: makes[name](value) for name, value in given.items()}


def _as_it_is(type_: GraphQLInputType) -> bool:
    """Whether a value is taken as graphql-core gives it: of a scalar or an enum, or a list of such."""
    return not isinstance(get_named_type(type_), GraphQLInputObjectType)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of input object: its class, what it has where nothing is said, each field's name and make."""

    origin: type
    unsaid: Mapping[str, None]
    fields: Mapping[str, tuple[str, Make]]


class _Inputs:
    """Makes input objects; each kind is looked at when it is first met, as many hold others of their kind."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._kinds: dict[str, _Kind] = {}

    def make(self, type_: GraphQLInputType) -> Make:
        """What makes a value of this type."""
        stated = get_nullable_type(type_)
        if is_list_type(stated):
            each = self.make(stated.of_type)
            return lambda value: None if value is None else [each(one) for one in value]
        if isinstance(stated, GraphQLInputObjectType):
            return lambda value: None if value is None else self._object(stated, value)
        return _itself

    def _object(self, type_: GraphQLInputObjectType, value: Mapping[str, Any]) -> Any:
        kind = self._kinds.get(type_.name)
        if kind is None:
            kind = self._kinds[type_.name] = self._kind(type_)
        said = {}
        for name, each in value.items():
            python, make = kind.fields[name]
            said[python] = make(each)
        return kind.origin(**{**kind.unsaid, **said})

    def _kind(self, type_: GraphQLInputObjectType) -> _Kind:
        definition = type_.extensions["strawberry-definition"]
        python = {
            self._schema.config.name_converter.from_field(each): each.python_name
            for each in definition.fields
        }
        needed = [
            each.python_name
            for each in definition.fields
            if each.default_value is MISSING and each.default_factory is MISSING
        ]
        fields = {name: (python[name], self.make(each.type)) for name, each in type_.fields.items()}
        return _Kind(definition.origin, dict.fromkeys(needed), fields)


def _itself(value: Any) -> Any:
    return value


def _renamed(names: Mapping[str, str]) -> Converted:
    if all(name == python for name, python in names.items()):
        return lambda given: given
    return lambda given: {names[name]: value for name, value in given.items()}

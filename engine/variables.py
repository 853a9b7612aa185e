"""The variables of a request: coerced as graphql-core does it, what is the same each time done once."""

from collections.abc import Mapping
from functools import partial
from math import isfinite
from typing import Any, Final, NamedTuple

from graphql import (
    GraphQLError,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    coerce_input_value,
    get_named_type,
    is_input_object_type,
    is_leaf_type,
    specified_scalar_types,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource

from engine.inputs import Coerce, flat, of_leaf

_TYPES: Final[Mapping[str, type]] = {"Int": int, "Float": float, "String": str, "ID": str, "Boolean": bool}
_LARGEST: Final = 2**31


class Plain(NamedTuple):
    """A variable of scalars, enums, input objects of them, or lists of these."""

    signature: GraphQLVariableSignature
    name: str
    type: type | None
    """The Python type of values that need no coercion at all."""
    required: bool
    """Whether it cannot be left out as it is: it may not be null, or has a default."""
    coerce: Coerce


def plain_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Plain, ...] | None:
    """The operation's variables, when none is of an input object's type that holds others."""
    found: list[Plain] = []
    for each in operation.variable_definitions or ():
        signature = get_variable_signature(schema, each)
        if isinstance(signature, GraphQLError):
            return None
        named: Any = signature.type
        required = isinstance(named, GraphQLNonNull)
        named = named.of_type if required else named
        coerce = flat(named) if is_input_object_type(get_named_type(named)) else _coercion(named)
        if coerce is None:
            return None
        built_in = specified_scalar_types.get(getattr(named, "name", "")) is named
        required = required or each.default_value is not None
        plain = _TYPES[named.name] if built_in else None
        found.append(Plain(signature, signature.name, plain, required, coerce))
    return tuple(found)


def _coercion(named: Any) -> Coerce:
    return of_leaf(named) if is_leaf_type(named) else partial(coerce_input_value, type_=named)


def quickly_coerced(plain: tuple[Plain, ...], values: Mapping[str, Any]) -> VariableValues | None:
    """The values coerced; None where one is wrong, or a default is needed, to go the long way."""
    sources: dict[str, VariableValueSource] = {}
    coerced: dict[str, Any] = {}
    for signature, name, type_, required, coerce in plain:
        value: Any = values.get(name, Undefined)
        if type(value) is type_ and _fits(value):
            coerced[name] = value
        elif value is not Undefined:
            found = coerce_input_value(None, signature.type) if value is None else coerce(value)
            if found is Undefined:
                return None
            coerced[name] = found
        elif required:
            return None
        sources[name] = VariableValueSource(signature, value)
    return VariableValues(sources, coerced)


def _fits(value: Any) -> bool:
    """Whether the value is in the range of its scalar."""
    if type(value) is int:
        return -_LARGEST <= value < _LARGEST
    return type(value) is not float or isfinite(value)

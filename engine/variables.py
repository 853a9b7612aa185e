"""The variables of a request: coerced by graphql-core, except those of scalars and enums."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final, NamedTuple

from graphql import (
    GraphQLError,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    is_leaf_type,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource

from engine.arguments import built_in

_TYPES: Final[Mapping[str, type]] = {"Int": int, "Float": float, "String": str, "ID": str, "Boolean": bool}
_LARGEST: Final = 2**31


class Plain(NamedTuple):
    """A variable of a scalar or an enum without a default."""

    signature: GraphQLVariableSignature
    name: str
    type: type | None
    """The Python type of values that need no coercion: a built-in scalar's."""
    coercion: Callable[[Any], Any]
    """What makes the values of any other scalar or enum."""
    nullable: bool


def plain_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Plain, ...] | None:
    """The operation's variables, when all are scalars or enums without defaults."""
    found: list[Plain] = []
    for each in operation.variable_definitions or ():
        signature = get_variable_signature(schema, each)
        if isinstance(signature, GraphQLError) or each.default_value is not None:
            return None
        named: Any = signature.type
        nullable = not isinstance(named, GraphQLNonNull)
        named = named if nullable else named.of_type
        if not is_leaf_type(named):
            return None
        type_ = _TYPES[named.name] if built_in(named) else None
        found.append(Plain(signature, signature.name, type_, named.coerce_input_value, nullable))
    return tuple(found)


def as_they_are(plain: tuple[Plain, ...], values: Mapping[str, Any]) -> VariableValues | None:
    """The values, each coerced by its type alone; None to go the long way, which tells what is wrong."""
    sources: dict[str, VariableValueSource] = {}
    coerced: dict[str, Any] = {}
    for signature, name, type_, coercion, nullable in plain:
        value: Any = values.get(name, Undefined)
        sources[name] = VariableValueSource(signature, value)
        if value is None or value is Undefined:
            if not nullable:
                return None
            if value is None:
                coerced[name] = None
        elif type_ is None:
            found = _coerced(coercion, value)
            if found is Undefined:
                return None
            coerced[name] = found
        elif type(value) is type_ and _fits(value):
            coerced[name] = value
        else:
            return None
    return VariableValues(sources, coerced)


def _coerced(coercion: Callable[[Any], Any], value: Any) -> Any:
    """The value of a scalar of the application, Undefined where it takes none such."""
    try:
        return coercion(value)
    except Exception:  # noqa: BLE001  (whatever it is, the long way tells it properly)
        return Undefined


def _fits(value: Any) -> bool:
    """Whether the value is in the range of its scalar."""
    if type(value) is int:
        return -_LARGEST <= value < _LARGEST
    return type(value) is not float or isfinite(value)

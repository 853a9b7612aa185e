"""The variables of a request: coerced by graphql-core, except plain values of built-in scalars."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final, NamedTuple

from graphql import GraphQLError, GraphQLNonNull, GraphQLSchema, OperationDefinitionNode, Undefined
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource

from engine.arguments import built_in

_TYPES: Final[Mapping[str, type]] = {"Int": int, "Float": float, "String": str, "ID": str, "Boolean": bool}
_LARGEST: Final = 2**31


class Plain(NamedTuple):
    """A variable of a built-in scalar without a default."""

    signature: GraphQLVariableSignature
    name: str
    type: type
    """The Python type of values that need no coercion."""
    nullable: bool


def plain_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Plain, ...] | None:
    """The operation's variables, when all are built-in scalars without defaults."""
    found: list[Plain] = []
    for each in operation.variable_definitions or ():
        signature = get_variable_signature(schema, each)
        if isinstance(signature, GraphQLError) or each.default_value is not None:
            return None
        if not built_in(signature.type):
            return None
        named: Any = signature.type
        nullable = not isinstance(named, GraphQLNonNull)
        named = named if nullable else named.of_type
        found.append(Plain(signature, signature.name, _TYPES[named.name], nullable))
    return tuple(found)


def as_they_are(plain: tuple[Plain, ...], values: Mapping[str, Any]) -> VariableValues | None:
    """The values, when each is of the very type that its coercion would return; None to go the long way."""
    sources: dict[str, VariableValueSource] = {}
    coerced: dict[str, Any] = {}
    for signature, name, type_, nullable in plain:
        value: Any = values.get(name, Undefined)
        if type(value) is type_ and _fits(value):
            coerced[name] = value
        elif not nullable or not (value is None or value is Undefined):
            return None
        elif value is None:
            coerced[name] = None
        sources[name] = VariableValueSource(signature, value)
    return VariableValues(sources, coerced)


def _fits(value: Any) -> bool:
    """Whether the value is in the range of its scalar."""
    if type(value) is int:
        return -_LARGEST <= value < _LARGEST
    return type(value) is not float or isfinite(value)

"""How the generated code takes a leaf: the usual type as it is, anything else through its coercion."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLLeafType, Undefined, specified_scalar_types

from engine.values import failing

_REMEMBERED: Final = 1_000

_AS_IT_IS: Final = {
    "String": "type({0}) is not str",
    "ID": "type({0}) is not str",
    "Boolean": "{0} is not True and {0} is not False",
    "Int": "(type({0}) is not int or not -2147483648 <= {0} <= 2147483647)",
    "Float": "(type({0}) is not float or not isfinite({0}))",
}
"""When a value of a built-in scalar is not what its coercion would return unchanged."""


class Surprise(Exception):
    """The generated code met something that the walker has to look at."""


def unusual(type_: GraphQLLeafType, native: Mapping[str, type]) -> str | None:
    """A condition on `{0}`, and its native type `{1}`, under which the value has to be coerced."""
    if type_.name in native:
        return "type({0}) is not {1}"
    standard = specified_scalar_types.get(type_.name)
    if standard is not None and standard.coerce_output_value is type_.coerce_output_value:
        return _AS_IT_IS[type_.name]
    return None


def coercion(type_: GraphQLLeafType, non_null: bool) -> Callable[[Any], Any]:
    """The type's own coercion; it raises for whatever would be an error in the answer."""
    coerce = type_.coerce_output_value

    def coerced(value: Any) -> Any:
        if value is None or value is Undefined:
            if non_null:
                raise Surprise
            return None
        if failing(value):
            raise Surprise
        found = coerce(value)
        if found is None or found is Undefined:
            raise Surprise
        return found

    return coerced


class EnumNames(dict[Any, str]):
    """The names of an enum's values, each remembered once its type has told it."""

    def __init__(self, type_: GraphQLEnumType) -> None:
        super().__init__()
        self._coerced = coercion(type_, non_null=True)

    def __missing__(self, value: Any) -> str:
        name: str = self._coerced(value)
        if len(self) < _REMEMBERED:
            self[value] = name
        return name

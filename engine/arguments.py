"""The arguments of one field: fixed where no variable is in them, coerced for each run otherwise."""

from collections.abc import Iterator
from typing import Any, Final

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLScalarType,
    Node,
    Undefined,
    VariableNode,
    get_argument_values,
    specified_scalar_types,
)
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues

Plain = tuple[tuple[str, str, bool], ...]
"""Each argument's Python name, its variable, and whether it may be null."""

_IMMUTABLE: Final = (str, int, float, bool, type(None))


class FieldArguments:
    """Gives a field's coerced arguments. Lists and objects are made anew each time."""

    __slots__ = ("_definition", "_details", "_hide_suggestions", "_node", "_plain", "fixed")

    def __init__(self, definition: GraphQLField, details: FieldDetails, hide_suggestions: bool) -> None:
        self._definition, self._details, self._node = definition, details, details.node
        self._hide_suggestions = hide_suggestions
        self._plain: Plain | None = None
        self.fixed: dict[str, Any] | None = None
        """The arguments, where no variable has to be known for them."""
        if not definition.args and not details.node.arguments:
            self.fixed = {}
        elif not any(_variables(details.node)):
            self.fixed = self._fix()
        else:
            self._plain = _plain(definition, details.node)

    def values(self, variables: VariableValues) -> dict[str, Any]:
        """The arguments by their Python names. Raises GraphQLError where a value does not fit."""
        if self.fixed is not None:
            return self.fixed
        if self._plain is not None:
            found = self._from_variables(self._plain, variables.coerced)
            if found is not None:
                return found
        return get_argument_values(
            self._definition,
            self._node,
            variables,
            self._details.fragment_variable_values,
            self._hide_suggestions,
        )

    def _from_variables(self, plain: Plain, coerced: dict[str, Any]) -> dict[str, Any] | None:
        """Arguments that are variables of the same built-in type, as they are; None to go the long way."""
        found: dict[str, Any] = {}
        for name, variable, nullable in plain:
            value = coerced.get(variable, Undefined)
            if value is Undefined or (value is None and not nullable):
                return None  # a default, or an error
            found[name] = value
        return found

    def _fix(self) -> dict[str, Any] | None:
        try:
            found = self.values(VariableValues({}, {}))
        except GraphQLError:
            return None  # told when the field is answered
        return found if all(type(each) in _IMMUTABLE for each in found.values()) else None


def _plain(definition: GraphQLField, field: FieldNode) -> Plain | None:
    """The arguments, when each one that is declared is given by a variable and is of a built-in scalar."""
    given = {each.name.value: each.value for each in field.arguments or ()}
    if set(given) != set(definition.args):
        return None
    found: list[tuple[str, str, bool]] = []
    for name, argument in definition.args.items():
        value, nullable = given[name], not isinstance(argument.type, GraphQLNonNull)
        if not isinstance(value, VariableNode) or not built_in(argument.type):
            return None
        found.append((argument.out_name or name, value.name.value, nullable))
    return tuple(found)


def built_in(type_: GraphQLInputType) -> bool:
    """Whether this is a built-in scalar with its own coercion, null or not."""
    named = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    return isinstance(named, GraphQLScalarType) and specified_scalar_types.get(named.name) is named


def _variables(field: FieldNode) -> Iterator[bool]:
    """True for each variable in the field's arguments, however deep."""
    stack: list[Node] = [argument.value for argument in field.arguments or ()]
    while stack:
        node = stack.pop()
        if isinstance(node, VariableNode):
            yield True
        stack.extend(getattr(node, "values", None) or ())
        stack.extend(each.value for each in getattr(node, "fields", None) or ())

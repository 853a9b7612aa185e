"""The arguments of one field: fixed where no variable is in them, coerced for each run otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLNonNull,
    Node,
    Undefined,
    VariableNode,
    get_argument_values,
)
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues

_NULL_TOO: Final = 1
_NO_NULL: Final = 2

Plain = tuple[tuple[str, Any, int], ...]
"""Each argument's Python name with its value; or with its variable, and whether that may be null."""

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
            self._plain = self._mixed()

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
        """Arguments that are whole variables, or the same each time; None to go the long way."""
        found: dict[str, Any] = {}
        for name, known, variable in plain:
            value = coerced.get(known, Undefined) if variable else known
            if value is Undefined or (value is None and variable == _NO_NULL):
                return None  # a default, or an error
            found[name] = value
        return found

    def _fix(self) -> dict[str, Any] | None:
        try:
            found = self.values(VariableValues({}, {}))
        except GraphQLError:
            return None  # told when the field is answered
        return found if all(type(each) in _IMMUTABLE for each in found.values()) else None

    def _mixed(self) -> Plain | None:
        """The arguments, where each is a whole variable, or the same each time."""
        given = {each.name.value: each for each in self._node.arguments or ()}
        whole = {name: each for name, each in given.items() if isinstance(each.value, VariableNode)}
        others = {name: each for name, each in self._definition.args.items() if name not in whole}
        rest = FieldNode(
            name=self._node.name, arguments=tuple(given[name] for name in others if name in given)
        )
        if self._details.fragment_variable_values is not None or any(_variables(rest)):
            return None
        try:
            fixed = get_argument_values(GraphQLField(self._definition.type, others), rest)
        except GraphQLError:
            return None
        if not all(type(each) in _IMMUTABLE for each in fixed.values()):
            return None
        return tuple(_plain(self._definition, whole, fixed))


def _plain(
    definition: GraphQLField, whole: Mapping[str, ArgumentNode], fixed: Mapping[str, Any]
) -> Iterator[tuple[str, Any, int]]:
    for name, argument in definition.args.items():
        python = argument.out_name or name
        if name in whole:
            variable = cast("VariableNode", whole[name].value).name.value
            yield python, variable, _NO_NULL if isinstance(argument.type, GraphQLNonNull) else _NULL_TOO
        elif python in fixed:
            yield python, fixed[python], 0


def _variables(field: FieldNode) -> Iterator[bool]:
    """True for each variable in the field's arguments, however deep."""
    stack: list[Node] = [argument.value for argument in field.arguments or ()]
    while stack:
        node = stack.pop()
        if isinstance(node, VariableNode):
            yield True
        stack.extend(getattr(node, "values", None) or ())
        stack.extend(each.value for each in getattr(node, "fields", None) or ())

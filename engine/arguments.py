"""The arguments of one field: fixed where no variable is in them, coerced for each run otherwise."""

from collections.abc import Iterator
from typing import Any, Final

from graphql import FieldNode, GraphQLError, GraphQLField, Node, VariableNode, get_argument_values
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues

_IMMUTABLE: Final = (str, int, float, bool, type(None))


class FieldArguments:
    """Gives a field's coerced arguments. Lists and objects are made anew each time."""

    __slots__ = ("_definition", "_details", "_fixed", "_hide_suggestions", "_node")

    def __init__(self, definition: GraphQLField, details: FieldDetails, hide_suggestions: bool) -> None:
        self._definition, self._details, self._node = definition, details, details.node
        self._hide_suggestions = hide_suggestions
        self._fixed: dict[str, Any] | None = None
        if not definition.args and not details.node.arguments:
            self._fixed = {}
        elif not any(_variables(details.node)):
            self._fixed = self._fix()

    def values(self, variables: VariableValues) -> dict[str, Any]:
        """The arguments by their Python names. Raises GraphQLError where a value does not fit."""
        if self._fixed is not None:
            return self._fixed
        return get_argument_values(
            self._definition,
            self._node,
            variables,
            self._details.fragment_variable_values,
            self._hide_suggestions,
        )

    def _fix(self) -> dict[str, Any] | None:
        try:
            found = self.values(VariableValues({}, {}))
        except GraphQLError:
            return None  # told when the field is answered
        return found if all(type(each) in _IMMUTABLE for each in found.values()) else None


def _variables(field: FieldNode) -> Iterator[bool]:
    """True for each variable in the field's arguments, however deep."""
    stack: list[Node] = [argument.value for argument in field.arguments or ()]
    while stack:
        node = stack.pop()
        if isinstance(node, VariableNode):
            yield True
        stack.extend(getattr(node, "values", None) or ())
        stack.extend(each.value for each in getattr(node, "fields", None) or ())

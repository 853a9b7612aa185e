"""What an operation may cost: every field counts one, times the sizes of the lists that it stands in.

The size of a list is what the query states (`first`, `last`, or the length of a list of keys), else what the
schema states as default, else the setting `SVOD_LIMIT_LIST_SIZE`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputType,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

SLICES = ("first", "last")


@dataclass(frozen=True, slots=True)
class FromVariable:
    """A list size that the caller states in a variable: as a number, or as a list of keys."""

    name: str
    fallback: int

    def value(self, variables: Mapping[str, Any]) -> int:
        """The size, for these variables."""
        return stated(variables.get(self.name), self.fallback)


Size = int | FromVariable


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost ready to be counted for any variables: a fixed part, and parts that are taken so many times."""

    fixed: int
    scaled: "Sequence[tuple[Size, Cost]]" = ()

    def value(self, variables: Mapping[str, Any]) -> int:
        """The cost of the operation, for these variables."""
        total = self.fixed
        for size, part in self.scaled:
            times = size if isinstance(size, int) else size.value(variables)
            total += times * part.value(variables)
        return total


def stated(value: object, fallback: int) -> int:
    """The list size that an argument's value states."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return max(value, 0)
    return fallback


class CostModel:
    """Reads the cost of operations off one schema. Give it only what is valid and within limits."""

    def __init__(self, schema: GraphQLSchema, list_size: int) -> None:
        self._schema = schema
        self._list_size = list_size

    def cost(
        self, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> Cost:
        """The cost of one operation."""
        root = self._schema.get_root_type(operation.operation)
        defaults = {
            each.variable.name.value: stated(_constant(each.default_value), self._list_size)
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        return _Walk(self._schema, self._list_size, fragments, defaults).below(
            operation.selection_set, root, None
        )


@dataclass(frozen=True, slots=True)
class _Walk:
    """The walk over one operation."""

    schema: GraphQLSchema
    list_size: int
    fragments: Mapping[str, FragmentDefinitionNode]
    defaults: Mapping[str, int]

    def below(self, selected: SelectionSetNode, parent: GraphQLNamedType | None, page: Size | None) -> Cost:
        """The cost of a selection; `page` is the size of the connection that it belongs to."""
        fixed = 0
        scaled: list[tuple[Size, Cost]] = []
        for node in selected.selections:
            part = self._selection(node, parent, page)
            fixed += part.fixed
            scaled.extend(part.scaled)
        return Cost(fixed, tuple(scaled))

    def _selection(self, node: object, parent: GraphQLNamedType | None, page: Size | None) -> Cost:
        match node:
            case FieldNode():
                return self._field(node, parent, page)
            case InlineFragmentNode(type_condition=None):
                return self.below(node.selection_set, parent, page)
            case InlineFragmentNode(type_condition=NamedTypeNode(name=name)):
                return self.below(node.selection_set, self.schema.get_type(name.value), page)
            case FragmentSpreadNode():
                fragment = self.fragments[node.name.value]
                kind = self.schema.get_type(fragment.type_condition.name.value)
                return self.below(fragment.selection_set, kind, page)
        return Cost(0)

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, page: Size | None) -> Cost:
        if node.selection_set is None:
            return Cost(1)
        definition = self._definition(parent, node.name.value)
        if definition is None or node.name.value.startswith("__"):
            # Introspection reads a schema of fixed size, and validation bounds its depth.
            return Cost(1 + self.below(node.selection_set, None, None).fixed)
        own = self._own_size(node, definition)
        kind = get_named_type(definition.type)
        if not is_list_type(get_nullable_type(definition.type)):
            inner = self.below(node.selection_set, kind, own)
            return Cost(1 + inner.fixed, inner.scaled)
        times: Size = own if own is not None else page if page is not None else self.list_size
        inner = self.below(node.selection_set, kind, None)
        if isinstance(times, int) and not inner.scaled:
            return Cost(1 + times * inner.fixed)
        return Cost(1, ((times, inner),))

    def _definition(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        if parent is None or parent.name.startswith("__") or not is_composite_type(parent):
            return None
        return self.schema.get_field(parent, name)

    def _own_size(self, node: FieldNode, definition: GraphQLField) -> Size | None:
        """The size that the field's own arguments state, for itself or for the pages below it."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        slices = [name for name in SLICES if name in definition.args]
        if slices:
            name = next((each for each in slices if each in given), slices[0])
            default = self._default(definition.args[name])
            return self._stated(given[name], default) if name in given else default
        if is_list_type(get_nullable_type(definition.type)):
            keys = next((name for name, each in definition.args.items() if _takes_list(each.type)), None)
            return self._stated(given[keys], self.list_size) if keys in given else None
        return None

    def _default(self, argument: GraphQLArgument) -> int:
        default = argument.default
        return stated(argument.default_value if default is None else default.value, self.list_size)

    def _stated(self, value: ValueNode, default: int) -> Size:
        if isinstance(value, VariableNode):
            name = value.name.value
            return FromVariable(name, self.defaults.get(name, default))
        return stated(_constant(value), default)


def _takes_list(kind: GraphQLInputType) -> bool:
    return is_list_type(get_nullable_type(kind))


def _constant(value: ValueNode | None) -> object:
    """The part of a literal that states a size: a number, or how many items there are."""
    if isinstance(value, IntValueNode) and len(value.value) < 19:
        return int(value.value)
    if isinstance(value, ListValueNode):
        return [None] * len(value.values)
    return None

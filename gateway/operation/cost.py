"""What an operation may cost, by the directives `@cost` and `@listSize` of the schema.

Every field costs its weight, times the lengths of the lists that it stands in. The length of a list is what
the query states (the slicing arguments, or how many keys it sends), else what the schema states as default or
assumes, else the setting `SVOD_LIMIT_LIST_SIZE`. What no variable changes is worked out once per document.
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
    NullValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.operation.weights import Sizing, argument_weight, field_weight, is_list, sizing

MUTATION = 10
"""What a mutation costs beside its fields."""

INTROSPECTION = {"__schema": 1000, "__type": 20}
"""What reading the schema costs, whatever of it is read: it is of one size."""


@dataclass(frozen=True, slots=True)
class FromVariable:
    """A list size that the caller states in a variable: as a number, or as a list of keys."""

    name: str
    fallback: int

    def value(self, variables: Mapping[str, Any]) -> int:
        """The size, for these variables."""
        return stated(variables.get(self.name), self.fallback)


@dataclass(frozen=True, slots=True)
class Largest:
    """A list size that several arguments state: the largest of them counts."""

    sizes: "Sequence[Size]"

    def value(self, variables: Mapping[str, Any]) -> int:
        """The size, for these variables."""
        return max(size if isinstance(size, int) else size.value(variables) for size in self.sizes)


Size = int | FromVariable | Largest
Sized = Mapping[str, Size]


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost ready to be counted for any variables: a fixed part, and parts that are taken so many times."""

    fixed: int
    scaled: "Sequence[tuple[Size, Cost]]" = ()

    def value(self, variables: Mapping[str, Any]) -> int:
        """The cost of the operation, for these variables."""
        if not self.scaled:
            return self.fixed
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
        """The cost of one operation. Raises RequestError where a list needs a size that is not stated."""
        root = self._schema.get_root_type(operation.operation)
        defaults = {
            each.variable.name.value: stated(_constant(each.default_value), self._list_size)
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        walk = _Walk(self._schema, self._list_size, fragments, defaults)
        cost = walk.below(operation.selection_set, root, {})
        base = MUTATION if operation.operation is OperationType.MUTATION else 0
        return Cost(base + cost.fixed, cost.scaled)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The walk over one operation. `sized` are the fields whose length the field above has stated."""

    schema: GraphQLSchema
    list_size: int
    fragments: Mapping[str, FragmentDefinitionNode]
    defaults: Mapping[str, int]

    def below(self, selected: SelectionSetNode, parent: GraphQLNamedType | None, sized: Sized) -> Cost:
        """The cost of a selection."""
        fixed = 0
        scaled: list[tuple[Size, Cost]] = []
        for node in selected.selections:
            part = self._selection(node, parent, sized)
            fixed += part.fixed
            scaled.extend(part.scaled)
        return Cost(fixed, tuple(scaled))

    def _selection(self, node: object, parent: GraphQLNamedType | None, sized: Sized) -> Cost:
        match node:
            case FieldNode():
                return self._field(node, parent, sized)
            case InlineFragmentNode(type_condition=None):
                return self.below(node.selection_set, parent, sized)
            case InlineFragmentNode(type_condition=NamedTypeNode(name=name)):
                return self.below(node.selection_set, self.schema.get_type(name.value), sized)
            case FragmentSpreadNode():
                fragment = self.fragments[node.name.value]
                kind = self.schema.get_type(fragment.type_condition.name.value)
                return self.below(fragment.selection_set, kind, sized)
        return Cost(0)

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, sized: Sized) -> Cost:
        name = node.name.value
        if name.startswith("__"):
            return Cost(INTROSPECTION.get(name, 0))
        definition = self._definition(parent, name)
        if definition is None:
            return Cost(0)
        weights = sum(
            argument_weight(definition.args[argument.name.value])
            for argument in node.arguments or ()
            if not isinstance(argument.value, NullValueNode)
        )
        own = self._own_size(node, definition)
        one = self._one(node, definition, own)
        if not is_list(definition):
            return Cost(weights + one.fixed, one.scaled)
        times = sized.get(name, self.list_size if own is None else own)
        if isinstance(times, int) and not one.scaled:
            return Cost(weights + times * one.fixed)
        return Cost(weights, ((times, one),))

    def _one(self, node: FieldNode, definition: GraphQLField, own: Size | None) -> Cost:
        """The cost of one value of a field, and of what is selected below it."""
        weight = field_weight(definition)
        if node.selection_set is None:
            return Cost(weight)
        below = sizing(definition).sized_fields
        size = self.list_size if own is None else own
        inner = self.below(node.selection_set, get_named_type(definition.type), dict.fromkeys(below, size))
        return Cost(weight + inner.fixed, inner.scaled)

    def _definition(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        if parent is None or not is_composite_type(parent):
            return None
        return self.schema.get_field(parent, name)

    def _own_size(self, node: FieldNode, definition: GraphQLField) -> Size | None:
        """The size that is stated or assumed for the field, or for the fields below it."""
        told = sizing(definition)
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        slices = [name for name in told.slices if name in given]
        if told.one_slice and len(slices) != 1:
            message = f"`{node.name.value}` should be given one of: {', '.join(told.slices)}."
            raise refused(ErrorCode.GRAPHQL_VALIDATION_FAILED, message)
        if slices:
            sizes = [self._stated(given[each], self._fallback(definition, each, told)) for each in slices]
            return sizes[0] if len(sizes) == 1 else Largest(sizes)
        keys = next((name for name, each in definition.args.items() if _takes_list(each.type)), None)
        if keys in given and is_list(definition):
            return self._stated(given[keys], self.list_size)
        defaults = [_default(definition.args[name], 0) for name in told.slices]
        return max(defaults, default=0) or told.assumed

    def _fallback(self, definition: GraphQLField, name: str, told: Sizing) -> int:
        return _default(definition.args[name], self.list_size if told.assumed is None else told.assumed)

    def _stated(self, value: ValueNode, default: int) -> Size:
        if isinstance(value, VariableNode):
            name = value.name.value
            return FromVariable(name, self.defaults.get(name, default))
        return stated(_constant(value), default)


def _default(argument: GraphQLArgument, fallback: int) -> int:
    default = argument.default
    return stated(argument.default_value if default is None else default.value, fallback)


def _takes_list(kind: GraphQLInputType) -> bool:
    return is_list_type(get_nullable_type(kind))


def _constant(value: ValueNode | None) -> object:
    """The part of a literal that states a size: a number, or how many items there are."""
    if isinstance(value, IntValueNode) and len(value.value) < 19:
        return int(value.value)
    if isinstance(value, ListValueNode):
        return [None] * len(value.values)
    return None

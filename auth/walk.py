"""What one operation touches: fields of concrete types, and arguments that have a class. Decides nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    get_named_type,
)

Coordinate = tuple[str, str]
"""A field by its type and name: `("Worker", "snils")`, written `Worker.snils`."""

ArgumentCoordinate = tuple[str, str, str]
"""An argument by type, field and name: `("Query", "worker", "snils")`, written `Query.worker(snils:)`."""


def written(argument: ArgumentCoordinate) -> str:
    """An argument's coordinate as GraphQL writes it: `Query.worker(snils:)`."""
    type_name, field_name, name = argument
    return f"{type_name}.{field_name}({name}:)"


@dataclass(frozen=True, slots=True)
class Asked:
    """An argument as the operation writes it."""

    coordinate: ArgumentCoordinate
    type: GraphQLInputType
    value: ValueNode


@dataclass(frozen=True, slots=True)
class Touched:
    """All that an operation may touch, on any record and with any `@skip` or `@include`."""

    fields: frozenset[Coordinate]
    arguments: tuple[Asked, ...]


@dataclass(slots=True)
class Walk:
    """One walk over one valid operation, each selection seen once for each concrete type."""

    schema: GraphQLSchema
    document: DocumentNode
    watched: Collection[ArgumentCoordinate]
    _fields: set[Coordinate] = field(default_factory=set)
    _asked: dict[int, Asked] = field(default_factory=dict)

    def touched(self, operation: OperationDefinitionNode) -> Touched:
        """What the operation touches."""
        root = self.schema.get_root_type(operation.operation)
        waiting = [(operation.selection_set, root)] if root is not None else []
        seen: set[tuple[int, str]] = set()
        while waiting:
            selections, type_ = waiting.pop()
            if (id(selections), type_.name) not in seen:
                seen.add((id(selections), type_.name))
                waiting.extend(self._inside(selections, type_))
        return Touched(frozenset(self._fields), tuple(self._asked.values()))

    def _inside(
        self, selections: SelectionSetNode, type_: GraphQLObjectType
    ) -> Iterator[tuple[SelectionSetNode, GraphQLObjectType]]:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield from self._below_field(node, type_)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition.name.value if node.type_condition else type_.name
                if self._is(type_, condition):
                    yield node.selection_set, type_
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._fragment(node.name.value)
                if self._is(type_, fragment.type_condition.name.value):
                    yield fragment.selection_set, type_

    def _below_field(
        self, node: FieldNode, type_: GraphQLObjectType
    ) -> Iterator[tuple[SelectionSetNode, GraphQLObjectType]]:
        if node.name.value.startswith("__"):
            return  # introspection: open or closed as a whole, by a setting, and not the gate's to decide
        definition = type_.fields[node.name.value]
        self._fields.add((type_.name, node.name.value))
        self._note_arguments(node, type_, definition)
        if node.selection_set is not None:
            for concrete in self._concrete(definition.type):
                yield node.selection_set, concrete

    def _note_arguments(self, node: FieldNode, type_: GraphQLObjectType, definition: GraphQLField) -> None:
        for argument in node.arguments or ():
            coordinate = (type_.name, node.name.value, argument.name.value)
            if coordinate in self.watched:
                type_of = definition.args[argument.name.value].type
                self._asked[id(argument)] = Asked(coordinate, type_of, argument.value)

    def _concrete(self, type_: GraphQLOutputType) -> tuple[GraphQLObjectType, ...]:
        named = get_named_type(type_)
        if isinstance(named, GraphQLObjectType):
            return (named,)
        if isinstance(named, GraphQLInterfaceType | GraphQLUnionType):
            return tuple(self.schema.get_possible_types(named))
        return ()

    def _is(self, type_: GraphQLObjectType, condition: str) -> bool:
        wanted = self.schema.get_type(condition)
        if isinstance(wanted, GraphQLInterfaceType | GraphQLUnionType):
            return self.schema.is_sub_type(wanted, type_)
        return wanted is type_

    def _fragment(self, name: str) -> FragmentDefinitionNode:
        for definition in self.document.definitions:
            if isinstance(definition, FragmentDefinitionNode) and definition.name.value == name:
                return definition
        raise KeyError(name)

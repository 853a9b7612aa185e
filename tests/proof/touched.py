"""Which fields and arguments an operation names, on any record and with any flags."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    get_named_type,
    is_abstract_type,
    value_from_ast_untyped,
    visit,
)

Field = tuple[str, str]
Argument = tuple[str, str, str]


def claimed(
    schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
) -> set[tuple[str, str]]:
    """Every field of an input object that is given anywhere in the document."""
    found: set[tuple[str, str]] = set()
    info = TypeInfo(schema)

    class Given(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
            argument = info.get_argument()
            if argument is not None:
                found.update(_given(argument.type, value_from_ast_untyped(node.value, dict(variables))))

    visit(document, TypeInfoVisitor(info, Given()))
    return found


def _given(type_: Any, value: Any) -> Iterator[tuple[str, str]]:
    named = get_named_type(type_)
    if isinstance(value, list):
        for each in value:
            yield from _given(type_, each)
    elif isinstance(named, GraphQLInputObjectType) and isinstance(value, dict):
        for name, each in value.items():
            yield named.name, name
            yield from _given(named.fields[name].type, each)


def touched(
    schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
) -> tuple[set[Field], set[Argument]]:
    """Every field of every type that a selection may meet, and every argument that is given."""
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    fields: set[Field] = set()
    arguments: set[Argument] = set()

    def walk(selected: SelectionSetNode, type_: GraphQLObjectType) -> None:
        for node in _fields(selected, type_):
            if node.name.value.startswith("__"):
                continue
            at = (type_.name, node.name.value)
            fields.add(at)
            arguments.update(
                (*at, each.name.value) for each in node.arguments or () if _is_given(each.value, variables)
            )
            if node.selection_set is not None:
                for inner in _concrete(schema, get_named_type(type_.fields[node.name.value].type)):
                    walk(node.selection_set, inner)

    def _fields(selected: SelectionSetNode, type_: GraphQLObjectType) -> Iterator[FieldNode]:
        for node in selected.selections:
            match node:
                case FieldNode():
                    yield node
                case InlineFragmentNode(type_condition=None):
                    yield from _fields(node.selection_set, type_)
                case InlineFragmentNode(type_condition=NamedTypeNode() as condition):
                    if type_ in _concrete(schema, schema.type_map[condition.name.value]):
                        yield from _fields(node.selection_set, type_)
                case FragmentSpreadNode():
                    fragment = fragments[node.name.value]
                    if type_ in _concrete(schema, schema.type_map[fragment.type_condition.name.value]):
                        yield from _fields(fragment.selection_set, type_)

    walk(operation.selection_set, schema.query_type)  # type: ignore[arg-type]
    return fields, arguments


def _concrete(schema: GraphQLSchema, type_: GraphQLNamedType) -> list[GraphQLObjectType]:
    if is_abstract_type(type_):
        return list(schema.get_possible_types(type_))
    return [type_] if isinstance(type_, GraphQLObjectType) else []


def _is_given(value: Any, variables: Mapping[str, Any]) -> bool:
    """Whether an argument asks by something; null counts as asking, a variable without a value does not."""
    return value.name.value in variables if isinstance(value, VariableNode) else True

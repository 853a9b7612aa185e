"""A schema without what is hidden: fields, what asks, and the types that nothing leads to any more."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
)

ROOTS = ("Query", "Mutation", "Subscription")

N = TypeVar("N", bound=Any)


def narrowed(document: DocumentNode, hidden: Collection[str]) -> DocumentNode:
    """The document of a schema without these coordinates (`Worker.snils`, `Query.worker(snils:)`)."""
    kept = _without_empty([_without(definition, hidden) for definition in document.definitions])
    reached = _reached(kept)
    return replace(document, definitions=tuple(each for each in kept if _stays(each, reached)))


def _without(definition: DefinitionNode, hidden: Collection[str]) -> DefinitionNode:
    match definition:
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            fields = _open(definition, definition.fields, hidden)
            return replace(definition, fields=tuple(_asking(definition, field, hidden) for field in fields))
        case InputObjectTypeDefinitionNode():
            return replace(definition, fields=_open(definition, definition.fields, hidden))
        case EnumTypeDefinitionNode():
            return replace(definition, values=_open(definition, definition.values, hidden))
    return definition


def _without_empty(definitions: list[DefinitionNode]) -> list[DefinitionNode]:
    """The same without fields of types that have no field left, until none is."""
    empty = {
        each.name.value
        for each in definitions
        if isinstance(each, ObjectTypeDefinitionNode) and not each.fields and each.name.value not in ROOTS
    }
    kept = [
        replace(each, fields=tuple(field for field in each.fields or () if _name(field.type) not in empty))
        if isinstance(each, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)
        else each
        for each in definitions
        if not (isinstance(each, ObjectTypeDefinitionNode) and each.name.value in empty)
    ]
    return _without_empty(kept) if empty else kept


def _open(owner: Any, parts: Iterable[N] | None, hidden: Collection[str]) -> tuple[N, ...]:
    return tuple(each for each in parts or () if f"{owner.name.value}.{each.name.value}" not in hidden)


def _asking(owner: Any, field: FieldDefinitionNode, hidden: Collection[str]) -> FieldDefinitionNode:
    at = f"{owner.name.value}.{field.name.value}"
    arguments = [each for each in field.arguments or () if f"{at}({each.name.value}:)" not in hidden]
    return replace(field, arguments=tuple(arguments))


def _stays(definition: DefinitionNode, reached: Collection[str]) -> bool:
    return not isinstance(definition, TypeDefinitionNode) or definition.name.value in reached


def _reached(definitions: Iterable[DefinitionNode]) -> set[str]:
    """The types to which the roots lead, through fields, arguments, members and implementations."""
    found = list(definitions)
    types = {each.name.value: each for each in found if isinstance(each, TypeDefinitionNode)}
    waiting = [name for name in ROOTS if name in types]
    waiting += [name for each in found for name in _named(each) if not isinstance(each, TypeDefinitionNode)]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(_named(types[name]) if name in types else ())
            waiting.extend(each.name.value for each in types.values() if name in _interfaces(each))
    return reached


def _named(definition: DefinitionNode) -> Iterator[str]:
    """The types that a definition names."""
    match definition:
        case SchemaDefinitionNode():
            yield from (each.type.name.value for each in definition.operation_types)
        case DirectiveDefinitionNode():
            yield from (_name(each.type) for each in definition.arguments or ())
        case UnionTypeDefinitionNode():
            yield from (each.name.value for each in definition.types or ())
        case InputObjectTypeDefinitionNode():
            yield from (_name(each.type) for each in definition.fields or ())
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            yield from _interfaces(definition)
            for field in definition.fields or ():
                yield _name(field.type)
                yield from (_name(each.type) for each in field.arguments or ())


def _interfaces(definition: DefinitionNode) -> list[str]:
    named: Iterable[NamedTypeNode] = getattr(definition, "interfaces", None) or ()
    return [each.name.value for each in named]


def _name(type_: TypeNode) -> str:
    while isinstance(type_, ListTypeNode | NonNullTypeNode):
        type_ = type_.type
    if not isinstance(type_, NamedTypeNode):
        raise TypeError(type(type_).__name__)
    return type_.name.value

"""Default deny: each field of a schema has a class, and each class is of something that the schema has."""

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)

from auth.refusals import Unclassified
from auth.rights import FieldClass
from auth.walk import ArgumentCoordinate, Coordinate, written


def check_classes(
    schema: GraphQLSchema, fields: Mapping[Coordinate, FieldClass], arguments: Iterable[ArgumentCoordinate]
) -> None:
    """Refuse a schema that has a field without a class, or classes that fit nothing (a misspelt guard)."""
    missing = {coordinate for coordinate in object_fields(schema) if coordinate not in fields}
    misplaced = {coordinate for coordinate in fields if not _exists(schema, *coordinate)}
    wrong = {".".join(coordinate) for coordinate in missing | misplaced}
    wrong |= {written(argument) for argument in arguments if not _has_argument(schema, argument)}
    if wrong:
        raise Unclassified(sorted(wrong))


def object_fields(schema: GraphQLSchema) -> Iterator[Coordinate]:
    """Every field of every object type, introspection's own types aside."""
    for name, type_ in schema.type_map.items():
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__"):
            yield from ((name, field) for field in type_.fields)


def _exists(schema: GraphQLSchema, type_name: str, name: str) -> bool:
    type_ = schema.get_type(type_name)
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return name in type_.fields or name.startswith("__")
    return isinstance(type_, GraphQLEnumType) and name in type_.values


def _has_argument(schema: GraphQLSchema, argument: ArgumentCoordinate) -> bool:
    type_ = schema.get_type(argument[0])
    if not isinstance(type_, GraphQLObjectType) or argument[1] not in type_.fields:
        return False
    return argument[2] in type_.fields[argument[1]].args

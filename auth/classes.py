"""Default deny: all that can be asked, or asked by, has a class; and each class is of what the schema has."""

from collections.abc import Collection, Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from auth.refusals import Unclassified
from auth.walk import ArgumentCoordinate, Coordinate, written


def check_classes(
    schema: GraphQLSchema, classes: Collection[Coordinate], arguments: Collection[ArgumentCoordinate]
) -> None:
    """Refuse a schema where something has no class, or a class is of nothing (a misspelt guard).

    A class is wanted of each field of an object, of each argument and each input field, and of each value of
    an enum that may be given for one.
    """
    wanted = {*object_fields(schema), *_asked_by(schema)}
    misplaced = {coordinate for coordinate in classes if not _exists(schema, *coordinate)}
    wrong = {".".join(coordinate) for coordinate in (wanted - set(classes)) | misplaced}
    stated, existing = set(arguments), set(arguments_of(schema))
    wrong |= {written(argument) for argument in stated ^ existing}
    if wrong:
        raise Unclassified(sorted(wrong))


def object_fields(schema: GraphQLSchema) -> Iterator[Coordinate]:
    """Every field of every object type, introspection's own types aside."""
    for name, type_ in schema.type_map.items():
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__"):
            yield from ((name, field) for field in type_.fields)


def arguments_of(schema: GraphQLSchema) -> Iterator[ArgumentCoordinate]:
    """Every argument of every field."""
    for owner, name in object_fields(schema):
        type_ = schema.type_map[owner]
        if isinstance(type_, GraphQLObjectType):
            yield from ((owner, name, argument) for argument in type_.fields[name].args)


def _asked_by(schema: GraphQLSchema) -> Iterator[Coordinate]:
    """Every input field, and every value of an enum that an argument or an input field may have."""
    for type_ in _input_types(schema):
        if isinstance(type_, GraphQLInputObjectType):
            yield from ((type_.name, name) for name in type_.fields)
        elif isinstance(type_, GraphQLEnumType):
            yield from ((type_.name, name) for name in type_.values)


def _input_types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    """The types of arguments and input fields, and every input object."""
    for owner, name, argument in arguments_of(schema):
        type_ = schema.type_map[owner]
        if isinstance(type_, GraphQLObjectType):
            yield get_named_type(type_.fields[name].args[argument].type)
    for named in schema.type_map.values():
        if isinstance(named, GraphQLInputObjectType):
            yield named
            yield from (get_named_type(field.type) for field in named.fields.values())


def _exists(schema: GraphQLSchema, type_name: str, name: str) -> bool:
    type_ = schema.get_type(type_name)
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return name in type_.fields or name.startswith("__")
    return isinstance(type_, GraphQLEnumType) and name in type_.values

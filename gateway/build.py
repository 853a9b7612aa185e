"""The schema, built from the types of schema/: with what each field declares about rights and columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from strawberry.federation import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from auth.rights import FieldClass
from resolvers.context import Info
from resolvers.entities import entities
from resolvers.link import Resolver
from schema.directives import Access, stated_class
from schema.entities import ENTITIES
from schema.fields import ASKS, DECLARATION, Asks, Declaration
from schema.mutation import Mutation
from schema.query import Query, Subscription
from schema.scalars import SCALARS

FEDERATION: Final = "2.9"
"""The newest version that both Apollo's and The Guild's composers read."""

Coordinate = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """The schema, and what its fields declare, by type and field name."""

    strawberry: Schema
    graphql: GraphQLSchema
    declarations: Mapping[Coordinate, Declaration]
    python_names: Mapping[Coordinate, str]
    federation: Mapping[Coordinate, Resolver]
    """How the fields are answered that a federation adds."""
    inputs: Mapping[Coordinate, FieldClass]
    """The class of what input fields and enum values ask by."""
    compared: frozenset[Coordinate]
    """Input fields by which nobody is looked for: they are compared with the record of somebody found."""


@cache
def built_schema() -> Built:
    """The whole schema, built once in a process: nobody changes it."""
    schema = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=ENTITIES,
        config=StrawberryConfig(
            scalar_map=SCALARS, disable_field_suggestions=True, enable_experimental_incremental_execution=True
        ),
        federation_version=FEDERATION,
    )
    graphql = schema._schema  # noqa: SLF001  (strawberry hands out its graphql-core schema nowhere else)
    _own_entities(graphql)
    found = {
        (type_name, name): (declared, python)
        for type_name, name, declared, python in _declared(schema, graphql)
    }
    return Built(
        schema,
        graphql,
        {coordinate: declared for coordinate, (declared, _) in found.items()},
        {coordinate: python for coordinate, (_, python) in found.items()},
        {("Query", "_entities"): entities},
        dict(_inputs(graphql)),
        frozenset(_compared(graphql)),
    )


def _own_entities(graphql: GraphQLSchema) -> None:
    """Strawberry resolves entities one by one and hides what was wrong; ours are batched and say it."""
    if graphql.query_type is None:
        raise LookupError("the schema has no query type")

    of_entities = StrawberryField(python_name="_entities")

    def resolve(_root: Any, info: GraphQLResolveInfo[Any], representations: Sequence[Any]) -> list[Any]:
        found: list[Any] = entities.resolve(None, Info(info, of_entities), representations=representations)
        return found

    graphql.query_type.fields["_entities"].resolve = resolve


def _declared(schema: Schema, graphql: GraphQLSchema) -> Iterator[tuple[str, str, Declaration, str]]:
    """Each field of each object type that declares something."""
    for name, type_ in graphql.type_map.items():
        definition: Any = type_.extensions.get("strawberry-definition")
        if not isinstance(type_, GraphQLObjectType) or definition is None:
            continue
        for field in definition.fields:
            declared = field.metadata.get(DECLARATION)
            if declared is not None:
                _print_classes(schema, field, declared)
                yield name, schema.config.name_converter.from_field(field), declared, field.python_name


def _print_classes(schema: Schema, field: StrawberryField, declared: Declaration) -> None:
    """Have the SDL say of each argument the class that its field declares for it."""
    for argument in field.arguments:
        field_class = declared.arguments.get(schema.config.name_converter.from_argument(argument))
        if field_class is not None:
            argument.directives = (Access(field_class=field_class),)


def _compared(graphql: GraphQLSchema) -> Iterator[Coordinate]:
    for name, type_ in graphql.type_map.items():
        if isinstance(type_, GraphQLInputObjectType):
            for part, found in type_.fields.items():
                own: Any = found.extensions.get("strawberry-definition")
                asks: Asks | None = own.metadata.get(ASKS) if own else None
                if asks is not None and asks.compared:
                    yield name, part


def _inputs(graphql: GraphQLSchema) -> Iterator[tuple[Coordinate, FieldClass]]:
    """Each input field and enum value that states a class; a value without one has its enum's."""
    for name, type_ in graphql.type_map.items():
        definition: Any = type_.extensions.get("strawberry-definition")
        if definition is None or not isinstance(type_, GraphQLInputObjectType | GraphQLEnumType):
            continue
        whole = stated_class(definition.directives or ())
        parts: Any = type_.fields if isinstance(type_, GraphQLInputObjectType) else type_.values
        for part, found in parts.items():
            own = found.extensions.get("strawberry-definition")
            field_class = (stated_class(own.directives or ()) if own else None) or whole
            if field_class is not None:
                yield (name, part), field_class

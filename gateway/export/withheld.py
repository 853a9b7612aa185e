"""Which columns the caller's rights leave empty or mask whatever the rows are: known before the first row."""

from collections.abc import Iterator, Sequence

from graphql import GraphQLSchema, get_named_type

from auth.decisions import Decisions
from auth.rights import Decision
from auth.walk import Coordinate
from gateway.export.column import CURSOR, Column, Noun


def less(
    schema: GraphQLSchema, noun: Noun, columns: Sequence[Column], decisions: Decisions, decision: Decision
) -> list[str]:
    """The names of the columns of which this is decided."""
    return [
        each.name
        for each in columns
        if any(decisions.of(*at) is decision for at in coordinates(schema, noun, each))
    ]


def coordinates(schema: GraphQLSchema, noun: Noun, column: Column) -> Iterator[Coordinate]:
    """The fields that lead to a column's cells. Raises LookupError where the schema has them not."""
    if column.name == CURSOR or noun.whole is not None:
        return
    first, *rest = column.keys
    part = noun.part(first)
    type_name = noun.type
    if part is not None and part.made:
        rest = [part.needs[0]]
    for name in (first if part is None else part.key, *rest):
        field = getattr(schema.get_type(type_name), "fields", {}).get(name)
        if field is None:
            raise LookupError(f"{noun.name}.{column.name} leads to {type_name}.{name}, which there is not")
        yield type_name, name
        type_name = get_named_type(field.type).name

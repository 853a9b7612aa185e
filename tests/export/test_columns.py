"""The columns: each leads somewhere in the schema and is told in the docs; the usual ones are everyone's."""

from typing import Any

import pytest
from graphql import GraphQLSchema, parse, validate

from auth.rights import FieldClass
from gateway.build import Built, built_schema
from gateway.classes import gate_of
from gateway.export.column import Column, Noun
from gateway.export.document import document
from gateway.export.nouns import NOUNS
from gateway.export.withheld import coordinates
from tests.docs.pages import DOCS, sections, tables

CONNECTIONS = [noun for noun in NOUNS.values() if noun.whole is None]
ORDER = [
    FieldClass.PUBLIC,
    FieldClass.QUALITY,
    FieldClass.INTERNAL,
    FieldClass.RESTRICTED,
    FieldClass.PERSONAL,
    FieldClass.IDENTITY,
]
EVERY = [
    pytest.param(noun, column, id=f"{noun.name}.{column.name}")
    for noun in CONNECTIONS
    for column in noun.columns
]


@pytest.fixture(scope="module")
def built() -> Built:
    return built_schema()


@pytest.mark.parametrize(("noun", "column"), EVERY)
def test_a_column_leads_to_a_field_and_a_usual_one_to_what_is_public(
    built: Built, noun: Noun, column: Column
) -> None:
    gate = gate_of(built)
    for at in coordinates(built.graphql, noun, column):
        found = gate.classed(".".join(at))
        assert found is not None
        own = FieldClass.QUALITY if noun.type == "Finding" else FieldClass.PUBLIC
        assert found.field_class in (own, FieldClass.PUBLIC) or not column.usual
    schema: GraphQLSchema = built.graphql
    assert validate(schema, parse(document(noun, [column]))) == []


@pytest.mark.parametrize("noun", CONNECTIONS, ids=lambda noun: noun.name)
def test_all_columns_are_one_valid_question(built: Built, noun: Noun) -> None:
    assert validate(built.graphql, parse(document(noun, noun.columns))) == []


@pytest.mark.parametrize("noun", CONNECTIONS, ids=lambda noun: noun.name)
def test_the_documentation_has_every_column_with_its_class(built: Built, noun: Noun) -> None:
    gate = gate_of(built)
    told: dict[str, Any] = {
        row[0].strip("*`"): row for row in tables(sections(DOCS / "export.md", 3)[noun.name])[1:]
    }
    assert list(told) == [column.name for column in noun.columns]
    for column in noun.columns:
        name, title, kind, told_class = told[column.name]
        classes = [gate.classed(".".join(at)) for at in coordinates(built.graphql, noun, column)]
        highest = max(
            (each.field_class for each in classes if each), key=ORDER.index, default=FieldClass.PUBLIC
        )
        assert (title, kind, told_class) == (column.title, column.kind, highest.lower())
        assert name.startswith("**") is column.usual

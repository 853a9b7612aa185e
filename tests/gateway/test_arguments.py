"""Arguments: what the engine hands to a field's function is what strawberry would."""

from typing import Any

import pytest
from graphql import GraphQLObjectType
from strawberry.types.arguments import convert_arguments

from gateway.build import built_schema
from gateway.plans.arguments import converter

BUILT = built_schema()

GIVEN: dict[tuple[str, str], dict[str, Any]] = {
    ("Query", "worker"): {"registryNumber": "77200000000001", "snils": None},
    ("Query", "node"): {"id": "x"},
    ("Query", "nodes"): {"ids": ["x", "y"]},
    ("Query", "workers"): {"where": {"lastName": "Иванов"}, "first": 5, "after": None},
    ("Query", "licenses"): {"where": None, "first": 20},
    ("Query", "organizations"): {
        "where": {"or": [{"not": {"oids": ["1"]}}, {"and": []}], "employments": {"some": {"current": True}}},
        "orderBy": [{"by": "NAME", "direction": None}, {"by": "OID"}],
    },
    ("Mutation", "createSavedSearch"): {"input": {"name": "x", "workers": {"where": {"regions": ["77"]}}}},
    ("Query", "dictionaries"): {"names": None},
    ("Query", "verifyWorkers"): {
        "input": [{"registryNumber": "1", "lastName": "Иванов", "birthDate": None}, {}, {"snils": "2"}],
        "on": None,
    },
    ("Organization", "employments"): {"current": None, "first": 3, "after": "c"},
    ("Worker", "employments"): {"currentOnly": True},
}


def field(type_name: str, name: str) -> Any:
    """A field of the schema."""
    type_ = BUILT.graphql.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType)
    return type_.fields[name]


@pytest.mark.parametrize("at", GIVEN, ids=".".join)
def test_arguments_are_converted_as_strawberry_does_it(at: tuple[str, str]) -> None:
    definition, schema = field(*at), BUILT.strawberry
    converted = converter(schema, definition)

    assert converted is not None
    assert dict(converted(GIVEN[at])) == convert_arguments(
        GIVEN[at],
        definition.extensions["strawberry-definition"].arguments,
        scalar_registry=schema.schema_converter.scalar_registry,
        config=schema.config,
    )


def test_a_field_without_arguments_has_nothing_to_convert() -> None:
    assert converter(BUILT.strawberry, field("PageInfo", "hasNextPage")) is None


def test_an_argument_that_is_left_out_stays_out() -> None:
    converted = converter(BUILT.strawberry, field("Query", "worker"))

    assert converted is not None
    assert dict(converted({"snils": "1"})) == {"snils": "1"}


def test_what_a_federation_adds_is_taken_as_it_is() -> None:
    converted = converter(BUILT.strawberry, field("Query", "_entities"))

    assert converted is not None
    assert dict(converted({"representations": [{"__typename": "Worker"}]})) == {
        "representations": [{"__typename": "Worker"}]
    }

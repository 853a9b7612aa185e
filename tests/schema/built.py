"""The schema as it is built, for tests to look at."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLObjectType

from gateway.build import Built, built_schema

BUILT: Built = built_schema()

FEDERATION = frozenset({"_Any", "_Entity", "_FieldSet", "_Service", "link__Import", "link__Purpose"})
"""Types that belong to the federation's specification."""


def own_types() -> Mapping[str, Any]:
    """Every type that is ours, by name."""
    return {
        name: type_
        for name, type_ in BUILT.graphql.type_map.items()
        if not name.startswith("__") and name not in FEDERATION
    }


def object_fields() -> Iterator[tuple[str, str, Any]]:
    """Every field of every object type of ours: the type's name, the field's, the field."""
    for name, type_ in own_types().items():
        if isinstance(type_, GraphQLObjectType):
            for field_name, field in type_.fields.items():
                if not field_name.startswith("_"):
                    yield name, field_name, field

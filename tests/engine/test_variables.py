"""The variables of a request are what graphql-core makes of them, errors included."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import pytest
from graphql import Undefined, get_variable_values, parse

from engine.execution import Engine
from tests.engine.asking import schema_of

SCALARS: Final = "type Query { a(i: Int, f: Float, s: String, d: ID, b: Boolean): Int }"
VALUES: tuple[Any, ...] = (None, 1, 2**31, -(2**31), 1.5, float("inf"), 3.0, True, "a", "", [1], {})


@pytest.mark.parametrize("type_name", ["Int", "Float", "String", "ID", "Boolean", "Int!", "ID!"])
def test_variables_are_coerced_as_by_graphql_core(type_name: str) -> None:
    _coerced_alike(_engine(SCALARS), type_name, VALUES)


FLAT: Final = """
    enum E { A B }
    input Flat { s: String, d: String = "d", n: String = null, i: Int!, j: Int! = 2, e: E = B, f: Float }
    input Nested { s: String, more: [Nested] }
    input Listing { names: [String] }
    type Query { a(flat: [Flat!], nested: Nested, listing: Listing): Int }
"""
LEAVES: Final[tuple[Any, ...]] = (None, Undefined, "a", "A", "", 1, 2**31, 1.5, True, [1], {})
RIGHT: Final[dict[str, Any]] = {"i": 1}
OBJECTS: Final = [RIGHT, {}, *({**RIGHT, name: leaf} for name in "sdnijefx" for leaf in LEAVES)]
"""Each way in which one field of an object may be right or wrong, or be none of its fields."""


@pytest.mark.parametrize("type_name", ["Flat", "Flat!", "[Flat]", "[Flat!]!"])
def test_input_objects_are_coerced_as_by_graphql_core(type_name: str) -> None:
    alone = (*LEAVES, *OBJECTS)
    _coerced_alike(_engine(FLAT), type_name, [*alone, *([RIGHT, each] for each in alone), [], [[RIGHT]]])


@pytest.mark.parametrize("type_name", ["Nested", "Listing", "[Nested]"])
def test_input_objects_that_hold_more_go_the_long_way(type_name: str) -> None:
    engine = _engine(FLAT)
    operation = engine.prepared(parse(f"query ($v: {type_name}) {{ a }}").definitions[0], {})  # type: ignore[arg-type]
    assert operation.plain is None


@cache
def _engine(sdl: str) -> Engine:
    return Engine(schema_of(sdl))


def _coerced_alike(engine: Engine, type_name: str, values: Sequence[Any]) -> None:
    """Coerced by the engine, at once where it can, a variable is what graphql-core makes of it."""
    operation = engine.prepared(parse(f"query ($v: {type_name}) {{ a }}").definitions[0], {})  # type: ignore[arg-type]
    assert operation.plain is not None
    for given_values in [{"v": value} for value in values] + [{}]:
        definitions = operation.operation.variable_definitions or ()
        expected = get_variable_values(engine.schema, definitions, given_values)
        found = engine.variables(operation, given_values)
        if isinstance(expected, list):
            assert [str(each) for each in expected] == [str(each) for each in found]
        else:
            assert not isinstance(found, list)
            assert found.coerced == expected.coerced
            assert [*map(repr, found.coerced.values())] == [*map(repr, expected.coerced.values())]
            sources = [{name: each.value for name, each in of.sources.items()} for of in (found, expected)]
            assert sources[0] == sources[1]

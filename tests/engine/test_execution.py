"""The engine as a whole: what it refuses, what it keeps, what it counts."""

import datetime as dt
import gc
import tracemalloc
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    Undefined,
    execute_sync,
    get_introspection_query,
    parse,
)

from engine.encode import encoded
from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Attribute, Computed, Constant, Kind
from engine.prepare import Prepared, Unsupported
from tests.engine.asking import at_once, prepared, schema_of, told

SCHEMA = schema_of("""
    directive @defer(if: Boolean, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
    directive @experimental_disableErrorPropagation on QUERY
    type Query { row: Row rows: [Row!]! name: String! lists: [[Int!]!] union: [AB] }
    type Row { id: Int! class: String row: Row rows: [Row!]! a: Int b: Int day: String }
    type A { a: Int }
    type B { b: Int }
    union AB = A | B
""")


@pytest.mark.parametrize(
    "text",
    [
        "{ ... @defer { name } }",
        "query @experimental_disableErrorPropagation { name }",
        "query ($a: Boolean) { name @skip(if: $a) }",
    ],
)
def test_what_graphql_core_has_to_do_is_refused_before_anything_runs(text: str) -> None:
    engine = Engine(SCHEMA)
    called: list[Any] = []
    operation = parse(text).definitions[0]
    with pytest.raises(Unsupported):
        at_once(engine, engine.prepared(operation, {}), {"name": called.append})  # type: ignore[arg-type]
    assert called == []


def test_a_plan_that_abstract_types_multiply_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.planning.MOST_FIELDS", 3)
    with pytest.raises(Unsupported):
        at_once(Engine(SCHEMA), "{ union { __typename ... on A { a } ... on B { b } } }")


def test_selections_deeper_than_python_nests_loops() -> None:
    depth = 45
    text = "{ rows " + "{ id rows " * depth + "{ id }" + " }" * depth + " }"
    row: dict[str, Any] = {"id": 0, "rows": []}
    for number in range(1, depth + 1):
        row = {"id": number, "rows": [row]}

    def described(parent: GraphQLObjectType, field: str) -> Kind:
        return Computed(lambda row: row[field])

    root = {"rows": [row]}
    engine = Engine(SCHEMA, replace(PLAIN, describe=described))
    expected = execute_sync(SCHEMA, parse(text), root)
    assert expected.errors is None
    assert at_once(engine, text, root).data == expected.data
    assert engine.counts.walks == 0


def test_introspection_is_answered_as_by_graphql_core() -> None:
    text = get_introspection_query()
    engine = Engine(SCHEMA)
    assert at_once(engine, text) == execute_sync(SCHEMA, parse(text))
    assert engine.counts.walks == 0


def test_kinds_are_read_in_place() -> None:
    def describe(parent: GraphQLObjectType, field: str) -> Kind:
        kinds: dict[str, Kind] = {
            "class": Attribute("class"),
            "id": Attribute("id"),
            "a": Computed(lambda row: row.id + 1),
            "b": Computed(lambda row, context: row.id + context, context=True),
            "day": Constant("today"),
            "row": Attribute("row"),
        }
        return RESOLVER if parent.name == "Query" else kinds[field]

    inner = SimpleNamespace(**{"id": 5, "class": None, "row": None})
    row = SimpleNamespace(**{"id": 1, "class": "x", "row": inner})
    engine = Engine(SCHEMA, replace(PLAIN, describe=describe))
    result = at_once(engine, "{ row { id class a b day row { id class row { id } } } }", {"row": row}, 10)
    assert result == ExecutionResult(
        {
            "row": {
                "id": 1,
                "class": "x",
                "a": 2,
                "b": 11,
                "day": "today",
                "row": {"id": 5, "class": None, "row": None},
            }
        },
        None,
    )
    assert engine.counts.walks == 0


def test_a_walk_is_counted_and_told_and_calls_no_resolver_again() -> None:
    surprises: list[tuple[Prepared, Exception | None]] = []
    called: list[int] = []

    def name(_info: Any) -> list[int]:
        called.append(1)
        return [1]

    engine = Engine(SCHEMA, walked=lambda operation, surprise: surprises.append((operation, surprise)))
    result = at_once(engine, "{ name }", {"name": name})
    assert result.data is None
    assert told(result) == [("String cannot represent value: [1]", ["name"])]
    assert engine.counts.walks == len(surprises) == len(called) == 1
    assert isinstance(surprises[0][1], GraphQLError)


def test_plans_are_made_once_for_the_same_flags() -> None:
    engine = Engine(SCHEMA)
    operation = prepared(engine, "query ($a: Boolean!) { name row @include(if: $a) { id } }")
    for flag in (True, False, True, False):
        at_once(engine, operation, {"name": "x", "row": {"id": 1}}, variables={"a": flag})
    assert engine.counts.plans == 2


def test_memory_for_plans_is_bounded_and_measured() -> None:
    engine = Engine(SCHEMA, plan_bytes=500_000)
    texts = [f"{{ rows {{ id a b class x{n}: id row {{ id a b }} }} name }}" for n in range(60)]
    at_once(engine, texts[0], {"rows": [], "name": "x"})
    gc.collect()
    tracemalloc.start()
    for text in texts[1:]:
        at_once(engine, text, {"rows": [], "name": "x"})
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert engine.plan_bytes <= 500_000
    assert engine.counts.plans == 60
    assert 250_000 < held < 600_000


def test_native_scalars_are_left_to_the_encoder() -> None:
    date = GraphQLScalarType("Date", serialize=lambda value: value.isoformat())
    fields = {"day": GraphQLField(date), "odd": GraphQLField(date), "none": GraphQLField(date)}
    schema = GraphQLSchema(GraphQLObjectType("Query", fields))
    engine = Engine(schema, replace(PLAIN, native={"Date": dt.date}))
    moment = dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC)
    result = at_once(engine, "{ day odd none }", {"day": dt.date(2026, 1, 2), "odd": moment, "none": None})
    assert result.data == {"day": dt.date(2026, 1, 2), "odd": "2026-01-02T03:00:00+00:00", "none": None}
    assert orjson.loads(encoded(result))["data"]["day"] == "2026-01-02"


def test_errors_are_written_beside_the_data() -> None:
    result = at_once(Engine(SCHEMA), "{ lists }", {"lists": [[1], [2, None]]})
    assert orjson.loads(encoded(result, {"extra": 1})) == {
        "data": {"lists": None},
        "errors": [
            {
                "message": "Cannot return null for non-nullable field Query.lists.",
                "locations": [{"line": 1, "column": 3}],
                "path": ["lists", 1, 1],
            }
        ],
        "extensions": {"extra": 1},
    }


@pytest.mark.parametrize("odd", ["row", "lists"])
def test_undefined_that_stands_in_a_row_is_null_at_the_price_of_a_walk(odd: str) -> None:
    """Of all values that are no error it is the only one for which the generated code has no line."""
    schema = schema_of("type Query { it: Row } type Row { id: Int! row: Row lists: [Row!] a: Int }")

    def describe(parent: GraphQLObjectType, field: str) -> Kind:
        return RESOLVER if parent.name == "Query" else Attribute(field)

    surprises: list[Exception | None] = []
    engine = Engine(
        schema, replace(PLAIN, describe=describe), walked=lambda _, surprise: surprises.append(surprise)
    )
    text = "{ it { id a %s { id } } }" % odd
    it = SimpleNamespace(id=1, a=Undefined, row=Undefined, lists=Undefined)
    result = at_once(engine, text, {"it": it})
    assert result == execute_sync(schema, parse(text), {"it": it})
    assert result == ExecutionResult({"it": {"id": 1, "a": None, odd: None}}, None)
    assert [type(each).__name__ for each in surprises] == ["AttributeError" if odd == "row" else "Surprise"]

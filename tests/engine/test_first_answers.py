"""The first answer of a plan: walked where it is small, and no code made for what never comes again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLObjectType, GraphQLScalarType

from engine.assemble import assembler
from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Attribute, Kind, Link
from engine.loading import Loader
from tests.engine.asking import asked, at_once, prepared, schema_of, told

SCHEMA = schema_of("""
    scalar Day
    type Query { day: Day rows: [Row!]! part: Part! }
    type Row { id: Int! parts: [Part!] }
    type Part { id: Int! rows: [Row!]! }
""")
DAY = SCHEMA.type_map["Day"]
assert isinstance(DAY, GraphQLScalarType)
DAY.coerce_output_value = lambda value: value.isoformat()


class Part:
    """A part, with a list in place."""

    def __init__(self, id_: int) -> None:
        self.id = id_
        self.rows = [self] * 3


def describe(parent: GraphQLObjectType, name: str) -> Kind:
    """How each field is answered."""
    if parent.name == "Query":
        return RESOLVER
    return Link("parts", ("id",)) if name == "parts" else Attribute(name)


async def parts(keys: Sequence[int]) -> Mapping[int, list[Part]]:
    """As many parts as the key says."""
    return {key: [Part(each) for each in range(key)] for key in keys}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The roots of which code was made."""
    roots: list[Any] = []

    def noted(plan: Any, root: Any) -> Any:
        roots.append(root)
        return assembler(plan, root)

    monkeypatch.setattr("engine.execution.assembler", noted)
    return roots


def engine(walked_rows: int = 5) -> Engine:
    """An engine that walks first answers of so few objects."""
    application = replace(
        PLAIN, describe=describe, loader=lambda _context, _name: Loader(parts), native={"Day": dt.date}
    )
    return Engine(SCHEMA, application, walked_rows=walked_rows)


def test_code_is_made_when_a_plan_comes_again(made: list[Any]) -> None:
    own = engine()
    operation = prepared(own, "{ day rows { id } }")
    root = {"day": dt.date(2026, 3, 15), "rows": [Part(1), Part(2)]}
    first = at_once(own, operation, root)
    assert made == []
    assert (
        at_once(own, operation, root).data
        == first.data
        == {"day": dt.date(2026, 3, 15), "rows": [{"id": 1}, {"id": 2}]}
    )
    assert len(made) == 1
    assert own.counts.walks == 0


async def test_code_is_made_at_once_for_many_objects(made: list[Any]) -> None:
    own = engine()
    await asked(own, "{ rows { parts { id } } }", {"rows": [Part(3), Part(1)]})
    assert len(made) == 1


def test_code_is_made_at_once_where_nobody_has_counted_the_objects(made: list[Any]) -> None:
    at_once(engine(), "{ part { rows { id } } }", {"part": Part(1)})
    assert len(made) == 1


def test_an_error_that_a_first_walk_meets_is_counted_as_a_walk() -> None:
    own = engine()
    result = at_once(own, "{ rows { id } }", {"rows": [Part(1), Part("x")]})  # type: ignore[arg-type]
    assert [path for _, path in told(result)] == [["rows", 1, "id"]]
    assert own.counts.walks == 1


def test_no_first_answer_is_walked_unless_it_is_asked_for(made: list[Any]) -> None:
    at_once(engine(0), "{ day }", {"day": None})
    assert len(made) == 1

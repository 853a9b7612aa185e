"""Lookups: a function tells the question, and questions are put as columns."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import GraphQLObjectType

from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Absent, Ask, Attribute, Kind, Link, Lookup
from engine.loading import Loader
from tests.engine.asking import asked, at_once, schema_of, told

SCHEMA = schema_of("""
    type Query { one(key: Int): Row many(keys: [Int!]): [Row] rows: [Row!]! }
    type Row { id: Int! next: Row other: Row later: Int size: Int! }
""")


@dataclass
class Row:
    """A row, with a question or something else for each of its fields."""

    id: int
    asks: Any = None


@dataclass
class Registry:
    """Rows under ten by their ids, from two loaders."""

    questions: list[tuple[str, list[int]]] = field(default_factory=list)
    loaders: dict[str, Loader[int, Row]] = field(default_factory=dict)
    absent: list[Absent] = field(default_factory=list)

    def loader(self, name: str) -> Loader[int, Row]:
        """The loader of that name."""

        async def read(keys: Sequence[int]) -> Mapping[int, Row]:
            self.questions.append((name, sorted(keys)))
            await asyncio.sleep(0)
            return {key: Row(key) for key in keys if key < 10}

        if name not in ("even", "odd"):
            raise LookupError(f"there is no loader {name}")
        return self.loaders.setdefault(name, Loader(read))


def ask(key: int) -> Ask:
    """Even and odd ids are known to different loaders."""
    return Ask("odd" if key % 2 else "even", key)


def at(keys: Sequence[int]) -> list[Any]:
    """A question for each key, an error for those under one."""
    return [ask(key) if key > 0 else ValueError(f"{key} is no key") for key in keys]


KINDS: Mapping[str, Kind] = {
    "one": Lookup(lambda _row, _context, arguments: ask(arguments["key"])),
    "many": Lookup(lambda _row, _context, arguments: at(arguments["keys"])),
    "next": Lookup(
        lambda row, _context, _arguments: ask(row.id + 1),
        absent=lambda absent: absent.context.absent.append(absent),
    ),
    "other": Link("even", ("id",)),
    "later": Lookup(lambda row, _context, _arguments: row.asks),
    "size": Lookup(
        lambda row, _context, _arguments: ask(row.id),
        then=lambda value, row, _context: -1 if value is None else value.id - row.id,
    ),
}


def describe(_parent: GraphQLObjectType, name: str) -> Kind:
    """How each field is answered."""
    return KINDS.get(name, RESOLVER if name == "rows" else Attribute(name))


ENGINE = Engine(
    SCHEMA, replace(PLAIN, describe=describe, loader=lambda registry, name: registry.loader(name))
)


async def test_a_question_is_put_to_its_loader() -> None:
    registry = Registry()
    result = await asked(ENGINE, "{ one(key: 4) { id } }", None, registry)
    assert result.data == {"one": {"id": 4}}
    assert registry.questions == [("even", [4])]


async def test_the_questions_of_a_list_are_one_for_each_loader_and_an_error_fails_alone() -> None:
    registry = Registry()
    result = await asked(ENGINE, "{ many(keys: [1, 2, 0, 3, 12]) { id } }", None, registry)
    assert result.data == {"many": [{"id": 1}, {"id": 2}, None, {"id": 3}, None]}
    assert told(result) == [("0 is no key", ["many", 2])]
    assert registry.questions == [("odd", [1, 3]), ("even", [2, 12])]


async def test_what_rows_ask_goes_together_with_links_to_the_same_loader() -> None:
    registry = Registry()
    rows = {"rows": [Row(1), Row(2), Row(3)]}
    result = await asked(ENGINE, "{ rows { next { id } other { id } } }", rows, registry)
    assert result.data is not None
    assert [row["next"]["id"] for row in result.data["rows"]] == [2, 3, 4]
    assert registry.questions == [("even", [1, 2, 3, 4]), ("odd", [3])]


async def test_a_missing_record_is_told_with_its_question() -> None:
    registry = Registry()
    result = await asked(ENGINE, "{ rows { next { id } } }", {"rows": [Row(8), Row(9)]}, registry)
    assert result.data == {"rows": [{"next": {"id": 9}}, {"next": None}]}
    assert [(each.path, each.key, each.ask) for each in registry.absent] == [
        (["rows", 1, "next"], 10, Ask("even", 10))
    ]


async def test_a_value_becomes_what_its_row_makes_of_it() -> None:
    result = await asked(ENGINE, "{ rows { size } }", {"rows": [Row(1), Row(11)]}, Registry())
    assert result.data == {"rows": [{"size": 0}, {"size": -1}]}


async def test_some_rows_may_have_the_value_and_others_await_it() -> None:
    async def soon() -> int:
        await asyncio.sleep(0)
        return 7

    rows = {"rows": [Row(1, 5), Row(2, soon()), Row(3, None), Row(4, ValueError("no"))]}
    result = await asked(ENGINE, "{ rows { later } }", rows, Registry())
    assert result.data == {"rows": [{"later": 5}, {"later": 7}, {"later": None}, {"later": None}]}
    assert told(result) == [("no", ["rows", 3, "later"])]


def test_what_needs_no_question_awaits_nothing() -> None:
    result = at_once(ENGINE, "{ rows { later } }", {"rows": [Row(1, 5)]}, Registry())
    assert result.data == {"rows": [{"later": 5}]}


async def test_an_unknown_loader_is_an_error_where_it_was_asked() -> None:
    rows = {"rows": [Row(1, Ask("none", 1)), Row(2, 5)]}
    result = await asked(ENGINE, "{ rows { later } }", rows, Registry())
    assert told(result) == [("there is no loader none", ["rows", 0, "later"])]

"""Links, their loaders, and the cache that they share with data loaders."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from aiodataloader import DataLoader
from graphql import GraphQLObjectType

from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Absent, Attribute, Kind, Link
from engine.loading import Loader
from tests.engine.asking import asked, schema_of, told

SCHEMA = schema_of("""
    type Query { rows: [Row!]! }
    type Row { id: Int parts(most: Int): [Part!] pair: Part by: Part }
    type Part { name: String }
""")


class Row(NamedTuple):
    """A row with a key of one column and one of two."""

    id: int | None
    kind: str = "k"


class Part(NamedTuple):
    """What a link leads to."""

    name: str


ROWS = {"rows": [Row(1), Row(None), Row(2)]}


class Reads:
    """A read that knows some parts."""

    def __init__(self, answers: Mapping[Any, Any]) -> None:
        self.asked: list[list[Any]] = []
        self._answers = answers

    async def __call__(self, keys: Sequence[Any]) -> Mapping[Any, Any]:
        """The parts of these keys that are known."""
        self.asked.append(list(keys))
        await asyncio.sleep(0)
        return {key: self._answers[key] for key in keys if key in self._answers}


def engine(links: Mapping[str, Link], loader: Loader[Any, Any]) -> Engine:
    """An engine whose links all ask one loader."""

    def describe(parent: GraphQLObjectType, field: str) -> Kind:
        if parent.name == "Query":
            return RESOLVER
        return links.get(field, Attribute(field) if field in ("id", "name") else RESOLVER)

    return Engine(SCHEMA, replace(PLAIN, describe=describe, loader=lambda _context, _name: loader))


async def test_a_key_that_is_null_asks_nothing_and_absence_is_the_loaders() -> None:
    reads = Reads({1: [Part("a")]})
    found = await asked(
        engine({"parts": Link("any", ("id",))}, Loader(reads, absent=())), "{ rows { parts { name } } }", ROWS
    )
    assert found.data == {"rows": [{"parts": [{"name": "a"}]}, {"parts": None}, {"parts": []}]}
    assert reads.asked == [[1, 2]]


async def test_a_key_of_two_columns_is_a_tuple() -> None:
    reads = Reads({(1, "k"): Part("a")})
    found = await asked(
        engine({"pair": Link("any", ("id", "kind"))}, Loader(reads)), "{ rows { pair { name } } }", ROWS
    )
    assert found.data == {"rows": [{"pair": {"name": "a"}}, {"pair": None}, {"pair": None}]}
    assert reads.asked == [[(1, "k"), (2, "k")]]


async def test_what_a_link_becomes_depends_on_the_arguments() -> None:
    def first(values: Any, context: Any, arguments: Mapping[str, Any]) -> Any:
        return values[: arguments["most"]]

    reads = Reads({1: [Part("a"), Part("b")], 2: [Part("c")]})
    link = Link("any", ("id",), then=first)
    text = "{ rows { parts(most: 1) { name } } }"
    found = await asked(engine({"parts": link}, Loader(reads)), text, ROWS)
    assert found.data == {"rows": [{"parts": [{"name": "a"}]}, {"parts": None}, {"parts": [{"name": "c"}]}]}


async def test_each_missing_record_is_told_with_its_place() -> None:
    absent: list[Any] = []

    def told(each: Absent) -> None:
        absent.append((each.path, each.type_name, each.field_name, each.key, each.context))

    link = Link("any", ("id",), absent=told)
    await asked(
        engine({"by": link}, Loader(Reads({1: Part("a")}))), "{ rows { by { name } } }", ROWS, "context"
    )
    assert absent == [(["rows", 2, "by"], "Row", "by", 2, "context")]


async def test_a_key_that_cannot_be_read_is_its_rows_error() -> None:
    rows = {"rows": [Row(1), "no row"]}
    link = Link("any", ("id",))
    found = await asked(engine({"by": link}, Loader(Reads({1: Part("a")}))), "{ rows { by { name } } }", rows)
    assert found.data == {"rows": [{"by": {"name": "a"}}, {"by": None}]}
    assert told(found) == [("'str' object has no attribute 'id'", ["rows", 1, "by"])]


async def test_a_key_that_cannot_be_hashed_is_its_fields_error() -> None:
    rows = {"rows": [Row([1], "k")]}  # type: ignore[arg-type]
    links = {"by": Link("any", ("id",)), "pair": Link("any", ("kind",))}
    text = "{ rows { by { name } pair { name } } }"
    found = await asked(engine(links, Loader(Reads({"k": Part("a")}))), text, rows)
    assert found.data == {"rows": [{"by": None, "pair": {"name": "a"}}]}
    assert len(told(found)) == 1


async def test_a_failure_is_known_and_not_asked_again() -> None:
    asked_for: list[Any] = []

    async def read(keys: Sequence[Any]) -> Mapping[Any, Any]:
        asked_for.append(list(keys))
        raise LookupError("down")

    loader: Loader[Any, Any] = Loader(read)
    running = engine({"by": Link("any", ("id",))}, loader)
    await asked(running, "{ rows { by { name } } }", ROWS)
    found = await asked(running, "{ rows { by { name } } }", ROWS)
    assert asked_for == [[1, 2]]
    assert [message for message, _ in told(found)] == ["down", "down"]


def shared(reads: Reads) -> tuple[Loader[Any, Any], DataLoader[Any, Any]]:
    """A loader of the engine and a data loader with the same cache."""
    loader: Loader[Any, Any] = Loader(reads)

    async def batch(keys: list[Any]) -> list[Any]:
        found = await reads(keys)
        return [found.get(key) for key in keys]

    return loader, DataLoader(batch, cache_map=loader.futures)


async def test_a_data_loader_asks_for_nothing_that_the_engine_has_asked() -> None:
    reads = Reads({1: Part("a"), 2: Part("b"), 3: Part("c")})
    loader, data_loader = shared(reads)
    await asked(engine({"by": Link("any", ("id",))}, loader), "{ rows { by { name } } }", ROWS)
    assert await data_loader.load_many([1, 2, 3]) == [Part("a"), Part("b"), Part("c")]
    assert reads.asked == [[1, 2], [3]]


async def test_a_data_loader_waits_for_what_the_engine_has_on_its_way() -> None:
    reads = Reads({1: Part("a"), 2: Part("b")})
    loader, data_loader = shared(reads)
    missing, promised = loader.unknown([1, 2])
    assert (missing, promised) == ([1, 2], {})
    waiting = data_loader.load(1)
    await loader.fetch(missing)
    assert await waiting == Part("a")
    assert reads.asked == [[1, 2]]


async def test_the_engine_asks_for_nothing_that_a_data_loader_has_asked() -> None:
    reads = Reads({1: Part("a"), 2: Part("b")})
    loader, data_loader = shared(reads)
    waiting = data_loader.load(1)
    found = await asked(engine({"by": Link("any", ("id",))}, loader), "{ rows { by { name } } }", ROWS)
    assert found.data == {"rows": [{"by": {"name": "a"}}, {"by": None}, {"by": {"name": "b"}}]}
    assert await waiting == Part("a")
    assert sorted(reads.asked) == [[1], [2]]


async def test_a_failure_goes_to_both() -> None:
    async def read(keys: Sequence[Any]) -> Mapping[Any, Any]:
        raise LookupError("down")

    loader: Loader[Any, Any] = Loader(read)

    async def batch(keys: list[Any]) -> list[Any]:
        raise AssertionError("not asked")

    data_loader: DataLoader[Any, Any] = DataLoader(batch, cache_map=loader.futures)
    await asked(engine({"by": Link("any", ("id",))}, loader), "{ rows { by { name } } }", ROWS)
    assert str((await asyncio.gather(data_loader.load(1), return_exceptions=True))[0]) == "down"

"""Each branch goes on as soon as its own keys are there; what nobody wants any more is cancelled.

Time is told by events that the test sets: what has been asked at such a moment is what the order proves.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from graphql import GraphQLObjectType

from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Attribute, Batch, Kind, Link
from engine.loading import Loader
from tests.engine.asking import asked, schema_of, started, told

SCHEMA = schema_of("""
    type Query { people: [Person!]! again: [Person!]! strict: Person! late: String! }
    type Person { id: Int! slow: Thing quick: Thing other: Thing must: Thing! }
    type Thing { id: Int! next: Thing last: Thing }
""")


PATIENCE = 60
"""Seconds after which what should have ended is given up."""


class Row(NamedTuple):
    """A row that is its own key."""

    id: int


class Registries:
    """Loaders that answer when they are let; it is noted what was asked of them."""

    def __init__(self, *held: str) -> None:
        self.asked: list[tuple[str, list[int]]] = []
        self.cancelled: list[str] = []
        self.gates = {name: asyncio.Event() for name in held}
        self.failing: set[str] = set()
        self.loaders: dict[str, Loader[Any, Any]] = {}

    def loader(self, name: str) -> Loader[Any, Any]:
        """The loader of that name."""
        return self.loaders.setdefault(name, Loader(lambda keys: self._read(name, keys)))

    async def _read(self, name: str, keys: Sequence[int]) -> Mapping[int, Row]:
        self.asked.append((name, list(keys)))
        try:
            if name in self.gates:
                await self.gates[name].wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        if name in self.failing:
            raise LookupError(f"{name} is down")
        return {key: Row(key + 100) for key in keys}


def describe(parent: GraphQLObjectType, field: str) -> Kind:
    """Everything but the identity is a link to the loader of the field's name."""
    if field in ("people", "again"):
        return Batch(lambda rows, _context, _arguments: [[Row(1), Row(2)] for _ in rows])
    if parent.name == "Query":
        return RESOLVER
    return Attribute("id") if field == "id" else Link(field, ("id",))


ENGINE = Engine(
    SCHEMA, replace(PLAIN, describe=describe, loader=lambda registries, name: registries.loader(name))
)


async def until_quiet() -> None:
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_slow_registry_holds_up_no_branch_that_does_without_it() -> None:
    registries = Registries("slow")
    text = "{ people { slow { id } quick { next { last { id } } } other { next { id } } } }"
    running = asyncio.ensure_future(asked(ENGINE, text, None, registries))
    await until_quiet()
    assert [name for name, _ in registries.asked] == ["slow", "quick", "other", "next", "last"]
    registries.gates["slow"].set()
    assert (await running).errors is None


async def test_keys_that_come_together_are_one_question() -> None:
    registries = Registries()
    text = "{ people { quick { next { id } } other { next { id } } } again { quick { id } } }"
    result = await asked(ENGINE, text, None, registries)
    assert result.errors is None
    assert registries.asked == [("quick", [1, 2]), ("other", [1, 2]), ("next", [101, 102])]


async def test_a_key_on_its_way_is_not_asked_again() -> None:
    registries = Registries("next")
    text = "{ people { next: quick { next { id } } slow { id next { id } } } }"
    running = asyncio.ensure_future(asked(ENGINE, text, None, registries))
    await until_quiet()
    registries.gates["next"].set()
    assert (await running).errors is None
    assert [name for name, _ in registries.asked].count("next") == 1


async def test_a_registry_that_fails_ends_its_own_branch() -> None:
    registries = Registries()
    registries.failing = {"slow"}
    result = await asked(ENGINE, "{ people { slow { id } quick { id } } }", None, registries)
    assert result.data == {"people": [{"slow": None, "quick": {"id": each}} for each in (101, 102)]}
    assert told(result) == [
        ("slow is down", ["people", 0, "slow"]),
        ("slow is down", ["people", 1, "slow"]),
    ]


async def test_what_still_runs_is_cancelled_when_the_root_is_null() -> None:
    registries = Registries("slow", "other")
    registries.failing = {"must"}
    text = "{ people { slow { id } other { id } must { id } } }"
    result = await asyncio.wait_for(asked(ENGINE, text, None, registries), PATIENCE)
    assert result.data is None
    assert told(result) == [("must is down", ["people", 0, "must"])]
    assert sorted(registries.cancelled) == ["other", "slow"]


async def test_nothing_more_is_asked_once_the_root_is_null() -> None:
    registries = Registries()
    registries.failing = {"must"}
    result = await asked(ENGINE, "{ people { must { id } quick { next { id } } } }", None, registries)
    assert result.data is None
    assert ("next", [101, 102]) not in registries.asked


async def test_a_client_that_hangs_up_cancels_everything() -> None:
    registries = Registries("slow", "other")
    running = asyncio.ensure_future(
        asked(ENGINE, "{ people { slow { id } other { id } } }", None, registries)
    )
    await until_quiet()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert sorted(registries.cancelled) == ["other", "slow"]


async def test_a_sibling_under_a_null_is_given_up() -> None:
    never = asyncio.Event()

    class Root:
        async def people(self, _info: Any) -> list[Any]:
            return []

    class Parent:
        async def must(self, _info: Any) -> None:
            raise LookupError("gone")

        async def slow(self, _info: Any) -> None:
            await never.wait()

    schema = schema_of("type Query { parent: Parent other: String } type Parent { must: Int! slow: Int }")
    root = {"parent": Parent(), "other": "ok"}
    running = asked(Engine(schema), "{ parent { must slow } other }", root)
    result = await asyncio.wait_for(running, PATIENCE)
    assert result.data == {"parent": None, "other": "ok"}
    assert told(result) == [("gone", ["parent", "must"])]


async def test_what_is_done_already_goes_on_while_others_are_awaited() -> None:
    done: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
    done.set_result({"id": 1, "next": lambda _info: asked_below.append(1)})
    asked_below: list[int] = []
    gate = asyncio.Event()

    async def late(_info: Any) -> str:
        await gate.wait()
        return "late"

    schema = schema_of("type Query { late: String done: Thing } type Thing { id: Int next: Int }")
    running = asyncio.ensure_future(
        asked(Engine(schema), "{ late done { id next } }", {"late": late, "done": lambda _info: done})
    )
    await until_quiet()
    assert asked_below == [1]
    gate.set()
    assert (await running).data == {"late": "late", "done": {"id": 1, "next": None}}


async def test_a_null_reaches_as_far_as_the_types_say_and_no_further() -> None:
    never = asyncio.Event()

    async def forever(_info: Any) -> None:
        await never.wait()

    async def gone(_info: Any) -> None:
        raise LookupError("gone")

    schema = schema_of("""
        type Query { top: Top other: String }
        type Top { middle: [Middle!]! slow: Int }
        type Middle { must: Int! slow: Int }
    """)
    middle = {"must": gone, "slow": forever}
    root = {"top": {"middle": [middle, middle], "slow": forever}, "other": "ok"}
    running = asked(Engine(schema), "{ top { middle { must slow } slow } other }", root)
    result = await asyncio.wait_for(running, PATIENCE)
    assert result.data == {"top": None, "other": "ok"}
    assert told(result) == [("gone", ["top", "middle", 0, "must"])]


async def test_an_item_that_may_not_be_null_ends_the_others() -> None:
    never = asyncio.Event()

    async def forever() -> int:
        await never.wait()
        return 1

    async def gone() -> int:
        raise LookupError("gone")

    schema = schema_of("type Query { strict: [Int!] loose: [Int] }")
    root = {"strict": lambda _info: [forever(), gone()], "loose": [1]}
    result = await asyncio.wait_for(asked(Engine(schema), "{ strict loose }", root), PATIENCE)
    assert result.data == {"strict": None, "loose": [1]}
    assert told(result) == [("gone", ["strict", 1])]


async def test_errors_come_in_the_order_of_the_answer() -> None:
    registries = Registries()
    registries.failing = {"slow", "other"}
    text = "{ people { slow { id } other { id } } again { other { id } } }"
    walks = ENGINE.counts.walks
    result = await asked(ENGINE, text, None, registries)
    assert ENGINE.counts.walks == walks
    assert [path for _, path in told(result)] == [
        ["people", 0, "slow"],
        ["people", 0, "other"],
        ["people", 1, "slow"],
        ["people", 1, "other"],
        ["again", 0, "other"],
        ["again", 1, "other"],
    ]


async def test_what_somebody_else_cancelled_is_an_error_of_its_field() -> None:
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    schema = schema_of("type Query { a: Int b: Int }")

    async def b(_info: Any) -> int:
        future.cancel()
        return 2

    result = await asked(Engine(schema), "{ a b }", {"a": lambda _info: future, "b": b})
    assert result.data == {"a": None, "b": 2}
    assert told(result) == [("what was awaited has been cancelled", ["a"])]


async def test_mutations_go_one_after_the_other() -> None:
    happened: list[str] = []
    schema = schema_of("type Query { a: Int } type Mutation { first: Int second: Int! third: Int }")

    def step(name: str, value: int | None) -> Any:
        async def answer(_info: Any) -> int | None:
            happened.append(f"{name} begins")
            await asyncio.sleep(0)
            happened.append(f"{name} ends")
            return value

        return answer

    root = {"first": step("first", 1), "second": step("second", None), "third": step("third", 3)}
    result = await asked(Engine(schema), "mutation { first second third }", root)
    assert result.data is None
    assert happened == ["first begins", "first ends", "second begins", "second ends"]


async def test_an_operation_that_awaits_nothing_is_answered_at_once() -> None:
    found = started(Engine(schema_of("type Query { a: Int }")), "{ a }", {"a": 1})
    assert not asyncio.iscoroutine(found)

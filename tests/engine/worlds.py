"""Random worlds: a schema, its data and its faults, all made of one seed, so that they can be answered twice.

The same world is answered by graphql-core with synchronous resolvers, which fixes every error and its
order, and by the engine in whatever way the seed gave to each field.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    Undefined,
)

from engine.execution import PLAIN
from engine.kinds import RESOLVER, Ask, Attribute, Batch, Computed, Derived, Kind, Link, Lookup
from engine.loading import Loader
from engine.plan import Application
from engine.rights import Decision, Decisions, Question, Verdict

NAMES = ("A", "B", "C")
SYNC_WAYS = ("attribute", "attribute", "computed", "derived", "batch", "call", "default")
OF_ROWS = ("attribute", "computed", "derived", "link")
ASYNC_WAYS = (*SYNC_WAYS, "async", "async", "later batch", "link", "link", "link", "lookup", "lookup")


class Boom(Exception):
    """What goes wrong in a world."""


class Row:
    """An object of a world: its fields are worked out of its seed, the same whenever they are read."""

    __slots__ = ("_type_name", "depth", "seed", "world")

    def __init__(self, type_name: str, seed: int, depth: int, world: "World") -> None:
        self._type_name, self.seed, self.depth, self.world = type_name, seed, depth, world

    @property
    def type_name(self) -> str:
        """The name of the row's type."""
        return self._type_name

    @property
    def itself(self) -> "Row":
        """The row, as an attribute of which something is worked out."""
        return self

    @property
    def me(self) -> "Row | None":
        """The key of every link: null now and then."""
        return None if self.seed % 11 == 0 else self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and other.seed == self.seed

    def __hash__(self) -> int:
        return self.seed

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.world.value(self, name)


class OneShot(list[Any]):
    """A list that is given out as an iterator, except by loaders: what they know is read again."""


ENUM = GraphQLEnumType("E", {"X": 1, "Y": "why", "Z": 3})
ODD = GraphQLScalarType("Odd", serialize=lambda value: value * 2 + 1)
LEAVES = (GraphQLString, GraphQLInt, GraphQLFloat, GraphQLBoolean, GraphQLID, ENUM, ODD)
GOOD: Mapping[str, Sequence[Any]] = {
    "String": ("a", "b", 5, True),
    "Int": (1, 2, 3.0, True),
    "Float": (1.5, 2, "3.5"),
    "Boolean": (True, False, 1),
    "ID": ("x", 4),
    "E": (1, "why", 3),
    "Odd": (1, 2),
}
BAD: Sequence[Any] = ([1], {}, "zz", 2**40, float("nan"), object, Undefined)


@dataclass(slots=True)
class Shape:
    """A field of a world: its named type, the lists and non-nulls around it, and the way it is answered."""

    named: str | Any
    bits: int
    way: str


class World:
    """One world; `faults` says how often something is wrong, `waiting` whether something is awaited."""

    def __init__(self, seed: int, faults: float, waiting: bool) -> None:
        self.seed, self.faults, self.waiting = seed, faults, waiting
        random = self._random = Random(seed)
        ways = ASYNC_WAYS if waiting else SYNC_WAYS
        self.shapes: dict[tuple[str, str], Shape] = {}
        for name in NAMES:
            for index in range(5):
                leaf = Shape(random.choice(LEAVES), random.getrandbits(6), random.choice(ways))
                self.shapes[name, f"l{index}"] = leaf
                to = random.choice((*NAMES, "I", "U"))
                self.shapes[name, f"o{index}"] = Shape(to, random.getrandbits(6), random.choice(ways))
        shared = {
            "il0": (GraphQLString, random.getrandbits(6)),
            "io0": ("A", random.getrandbits(6)),
        }
        for name in NAMES[:2]:
            for field, (named, bits) in shared.items():
                self.shapes[name, field] = Shape(named, bits, random.choice(ways))
        self.shared = shared
        for index, name in enumerate((*NAMES, "I", "U")):
            way = random.choice(
                [each for each in ways if each not in ("attribute", "computed", "derived", "link")]
            )
            self.shapes["Root", f"q{index}"] = Shape(name, index * 7, way)
        self.guarded = {name for name in NAMES if random.random() < 0.4}
        self.down = {f"o{random.randrange(5)}"} if random.random() < faults else set()
        self.decisions = {
            at: random.choice((Decision.MASK, Decision.WITHHELD, Decision.ROW))
            for at, shape in self.shapes.items()
            if at[0] != "Root" and random.random() < 0.1
            if not isinstance(shape.named, str) or not shape.bits & 1
        }
        self.watched = {at for at in self.shapes if random.random() < 0.2}
        self.loaders: dict[str, Loader[Any, Any]] = {}

    @property
    def by_row(self) -> bool:
        """Whether rows decide about a field, which is awaited in a world without other waiting, too."""
        return Decision.ROW in self.decisions.values()

    # Values

    def value(self, row: Row | None, field: str) -> Any:
        """The value of a field of a row, or of the root. Raises Boom now and then."""
        random = Random(f"{self.seed}|{row.seed if row else 0}|{field}")
        if field in self.down:
            raise Boom(f"{field} is down")
        if random.random() < self.faults * 0.3:
            raise Boom(f"raised at {field}")
        shape = self.shapes.get((row.type_name if row else "Root", field))
        if shape is None:
            return random.choice(BAD)
        type_ = self.wrapped(shape.named, shape.bits)
        return self._made(type_, random, row.depth + 1 if row else 1)

    def _made(self, type_: Any, random: Random, depth: int) -> Any:
        chance = random.random()
        non_null = type_[0] == "!"
        if non_null:
            type_ = type_[1]
        if chance < self.faults * 0.2:
            return Boom("returned")
        if chance < self.faults * (0.35 if non_null else 1.5):
            return None
        if type_[0] == "[":
            return self._list(type_[1], random, depth, chance)
        named = type_[1]
        if not isinstance(named, str):
            wrong = random.random() < self.faults
            return random.choice(BAD if wrong else GOOD[named.name])
        if chance > 1 - self.faults * 0.05:
            return 7
        if named not in NAMES:
            loose = named == "U" or random.random() < self.faults * 0.2
            named = random.choice(NAMES if loose else NAMES[:2])
        return Row(named, random.getrandbits(40), depth, self)

    def _list(self, item: Any, random: Random, depth: int, chance: float) -> Any:
        if chance > 1 - self.faults * 0.1:
            return random.choice(("str", 5, {"a": 1}))
        found = [self._made(item, random, depth) for _ in range(random.randrange(4))]
        form = random.random()
        return tuple(found) if form < 0.1 else OneShot(found) if form < 0.15 else found

    def wrapped(self, named: Any, bits: int) -> Any:
        """A type as nested pairs: `("!", ("[", ...))`, by six bits."""
        type_: Any = ("", named)
        if bits & 1 and bits & 2:
            type_ = ("!", type_)
        if bits & 4:
            type_ = ("[", type_)
            if bits & 8:
                type_ = ("!", type_)
            if bits & 16 and bits & 32:
                type_ = ("[", type_)
        elif bits & 8 and type_[0] != "!":
            type_ = ("!", type_)
        return type_

    def type_name(self, value: Any, _info: Any, _abstract: Any) -> Any:
        """The type of a value of an abstract type; wrong now and then."""
        if not isinstance(value, Row):
            return None
        chance = Random(f"t{self.seed}{value.seed}").random()
        if chance < self.faults * 0.3:
            raise Boom("no type")
        if chance < self.faults * 0.5:
            return "Nope"
        return "C" if chance < self.faults * 0.6 else value.type_name

    def is_of(self, name: str, value: Any) -> bool:
        """Whether a value is of a guarded type; wrong now and then."""
        known = value.seed if isinstance(value, Row) else value
        chance = Random(f"g{self.seed}{name}{known}").random()
        if chance < self.faults * 0.3:
            raise Boom("guard")
        return chance > self.faults * 0.6

    def row_decision(self, field: str, row: Any) -> Decision:
        """What a row decides about a field that rows decide about."""
        return self.seed_decision(field, row.seed if isinstance(row, Row) else 0)

    def seed_decision(self, field: str, seed: int) -> Decision:
        """What a row of that seed decides."""
        choice = Random(f"d{self.seed}{field}{seed}")
        return choice.choice((Decision.VALUE, Decision.MASK, Decision.WITHHELD))

    # Schemas

    def schema(self, waiting: bool) -> GraphQLSchema:
        """The world's schema, its resolvers as the ways say; all at once where `waiting` is False."""
        return _Builder(self, waiting).schema()


def masked(value: Any) -> Any:
    """The mask of a value: of text alone."""
    return "***" if isinstance(value, str) else None


class _Builder:
    def __init__(self, world: World, waiting: bool) -> None:
        self._world, self._waiting = world, waiting
        self._types: dict[str, Any] = {}

    def schema(self) -> GraphQLSchema:
        world, types = self._world, self._types
        resolve_type = self._later(world.type_name) if world.seed % 5 == 0 else world.type_name
        types["I"] = GraphQLInterfaceType(
            "I",
            lambda: {
                name: GraphQLField(self._type(world.wrapped(*shape))) for name, shape in world.shared.items()
            },
            resolve_type=resolve_type,
        )
        for name in NAMES:
            types[name] = GraphQLObjectType(
                name,
                partial(self._fields, name),
                interfaces=[types["I"]] if name != "C" else [],
                is_type_of=self._guard(name) if name in world.guarded else None,
            )
        types["U"] = GraphQLUnionType("U", [types[name] for name in NAMES], resolve_type=resolve_type)
        query, mutation = (GraphQLObjectType(name, self._root) for name in ("Query", "Mutation"))
        return GraphQLSchema(query, mutation, types=list(types.values()))

    def _root(self) -> dict[str, GraphQLField]:
        return self._fields("Root")

    def _guard(self, name: str) -> Callable[[Any, Any], Any]:
        def guard(value: Any, _info: Any) -> bool:
            return self._world.is_of(name, value)

        return self._later(guard) if self._world.seed % 7 == 0 else guard

    def _later(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if not self._waiting:
            return function

        async def later(*values: Any) -> Any:
            await asyncio.sleep(0)
            return function(*values)

        return later

    def _type(self, pairs: Any) -> Any:
        kind, inner = pairs
        if kind == "":
            return self._types[inner] if isinstance(inner, str) else inner
        return GraphQLNonNull(self._type(inner)) if kind == "!" else GraphQLList(self._type(inner))

    def _fields(self, owner: str) -> dict[str, GraphQLField]:
        fields = {
            field: self._field(owner, field, shape)
            for (name, field), shape in self._world.shapes.items()
            if name == owner
        }
        arguments = {
            "x": GraphQLArgument(GraphQLInt, default_value=3),
            "y": GraphQLArgument(GraphQLList(GraphQLNonNull(GraphQLInt))),
            "z": GraphQLArgument(GraphQLNonNull(GraphQLInt), default_value=2),
            "e": GraphQLArgument(ENUM, out_name="enum"),
        }
        fields["args"] = GraphQLField(GraphQLString, arguments, resolve=_arguments)
        return fields

    def _field(self, owner: str, field: str, shape: Shape) -> GraphQLField:
        world = self._world
        type_ = self._type(world.wrapped(shape.named, shape.bits))
        decided = world.decisions.get((owner, field), Decision.VALUE)
        if shape.way == "default" and decided is Decision.VALUE and owner != "Root":
            return GraphQLField(type_)

        def plain(row: Any) -> Any:
            if shape.way == "link" and row is not None and row.me is None:
                return None
            if shape.way == "derived" and row is not None:
                row = row.itself
            found = world.value(None, field) if row is None else getattr(row, field)
            return iter(found) if isinstance(found, OneShot) and shape.way != "link" else found

        def resolve(row: Any, _info: Any) -> Any:
            decision = world.row_decision(field, row) if decided is Decision.ROW else decided
            if decision is Decision.WITHHELD and not self._waiting:
                return None
            found = plain(row)
            if decision is Decision.MASK and not self._waiting:
                return found if isinstance(found, Exception) else masked(found)
            return found

        async def resolve_later(row: Any, info: Any) -> Any:
            await asyncio.sleep(0)
            found = resolve(row, info)
            return _waiting_inside(found, world.seed) if isinstance(type_, GraphQLList) else found

        later = self._waiting and shape.way == "async"
        return GraphQLField(type_, resolve=resolve_later if later else resolve)


def _arguments(_row: Any, _info: Any, **arguments: Any) -> str:
    return repr(arguments)


def _waiting_inside(value: Any, seed: int) -> Any:
    """A list as an asynchronous iterator, or with items to be awaited, as some resolvers give it."""
    if not isinstance(value, list):
        return value
    return _items(value) if seed % 4 == 1 else [Item(each) for each in value] if seed % 4 == 2 else value


async def _items(values: list[Any]) -> AsyncIterator[Any]:
    for each in values:
        yield each


class Item:
    """An item of a list that has to be awaited."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __await__(self) -> Generator[Any, None, Any]:
        yield
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


class WorldRights:
    """The world's decisions, as the engine asks for them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def decision(self, type_name: str, field_name: str) -> Decision:
        """What was decided for the field."""
        return self._world.decisions.get((type_name, field_name), Decision.VALUE)

    def watched(self, type_name: str, field_name: str) -> bool:
        """Some fields, among them roots."""
        return (type_name, field_name) in self._world.watched

    def withheld(
        self, context: Any, type_name: str, field_name: str, rows: int, verdict: Verdict | None = None
    ) -> None:
        """Nothing is noted."""

    def released(
        self,
        _context: Any,
        type_name: str,
        field_name: str,
        rows: Sequence[Any],
        values: Sequence[Any],
        decisions: Decisions,
    ) -> None:
        """What stands in the answer was not withheld."""
        each = [decisions] * len(rows) if isinstance(decisions, Decision) else decisions
        for _, value, decision in zip(rows, values, each, strict=True):
            assert value is None or decision is not Decision.WITHHELD, f"{type_name}.{field_name}"

    def masked(
        self, _context: Any, _type: str, _field: str, values: list[Any], _reasons: list[Any] | None
    ) -> list[Any]:
        """Masks of text alone."""
        return [masked(each) for each in values]

    def questions(self, _context: Any, _type: str, rows: Sequence[Any]) -> Sequence[Question]:
        """Something of each row, from a loader of its own; in some worlds nothing."""
        keys = [row.me if isinstance(row, Row) else None for row in rows]
        return [Question("subjects", keys)] if self._world.seed % 3 else []

    def standings(
        self, _context: Any, _type: str, rows: Sequence[Any], _answers: Sequence[Sequence[Any]]
    ) -> Sequence[Any]:
        """Each row's seed."""
        return [row.seed if isinstance(row, Row) else 0 for row in rows]

    def verdict(self, _context: Any, _type: str, field_name: str, standing: Any) -> Verdict:
        """What a row of that seed decides."""
        return Verdict(self._world.seed_decision(field_name, standing))


def application(world: World) -> Application:
    """The world's ways, as the engine is told of them."""

    def caught(row: Any, field: str) -> Any:
        try:
            return world.value(None, field) if row is None else getattr(row, field)
        except Exception as error:  # noqa: BLE001
            return error

    def batched(row: Any, field: str) -> Any:
        found = caught(row, field)
        return iter(found) if isinstance(found, OneShot) else found

    def describe(parent: GraphQLObjectType, field: str) -> Kind:
        owner = "Root" if parent.name in ("Query", "Mutation") else parent.name
        shape = world.shapes.get((owner, field))
        way = shape.way if shape else "call"
        if way == "attribute":
            return Attribute(field)
        if way == "computed":
            return Computed(lambda row: getattr(row, field))
        if way == "derived":
            return Derived("itself", lambda row, _context: getattr(row, field))
        if way == "batch":
            return Batch(lambda rows, _context, _arguments: [batched(row, field) for row in rows])
        if way == "later batch":
            return Batch(lambda rows, _context, _arguments: later_batch(rows, field))
        if way == "lookup":
            return Lookup(lambda row, _context, _arguments: looked_up(row, field))
        return Link(field, ("me",)) if way == "link" else RESOLVER

    def looked_up(row: Any, field: str) -> Any:
        """The value, or something to be awaited, or one question or a list of them that give it."""
        form = Random(f"k{world.seed}{row.seed if isinstance(row, Row) else 0}{field}").randrange(4)
        if form == 0 and isinstance(row, Row):
            return Ask(field, row)
        found = world.value(None, field) if row is None else getattr(row, field)
        if form == 1:
            return Item(batched(row, field))
        if type(found) is list:
            return [Ask("themselves", each) if type(each) is Row else each for each in found]
        if isinstance(found, OneShot):
            return iter(found)
        return Ask("themselves", found) if type(found) is Row else found

    async def later_batch(rows: Sequence[Any], field: str) -> list[Any]:
        await asyncio.sleep(0)
        return [batched(row, field) for row in rows]

    def loader(context: Any, name: str) -> Loader[Any, Any]:
        loaders: dict[str, Loader[Any, Any]] = context
        if name not in loaders:
            loaders[name] = Loader(lambda keys: read(keys, name))
        return loaders[name]

    async def read(keys: Sequence[Any], name: str) -> dict[Any, Any]:
        for _ in range(Random(f"{world.seed}{name}").randrange(4)):
            await asyncio.sleep(0)
        if name == "subjects":
            return {}
        if name == "themselves":
            return {key: key for key in keys}
        if name in world.down:
            raise Boom(f"{name} is down")
        return {key: found for key in keys if (found := caught(key, name)) is not None}

    def type_name(_abstract: GraphQLAbstractType) -> Any:
        return None

    return replace(PLAIN, describe=describe, loader=loader, type_name=type_name)

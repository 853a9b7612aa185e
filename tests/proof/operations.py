"""Operations by chance: valid ones over the whole schema, about one person and what is around him."""

from dataclasses import dataclass
from random import Random
from typing import Any, Final

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from tests.proof.arguments import Arguments
from tests.proof.oracle import SCHEMA
from tests.proof.rows import Row
from tests.proof.sensitive import SENSITIVE
from tests.proof.world import World

DEEPEST: Final = 3
MOST_ROWS: Final = 40
ROOTS: Final = {
    "worker": 6,
    "workers": 4,
    "node": 3,
    "nodes": 3,
    "_entities": 4,
    "organization": 6,
    "organizations": 2,
    "license": 2,
    "licenses": 2,
    "credential": 2,
    "verifyWorkers": 3,
    "explainAccess": 2,
    "dictionaries": 0.3,
    "registries": 0.1,
}
FLAGS: Final = ("include(if: $yes)", "skip(if: $no)", "include(if: true)", "skip(if: $yes)")
GUARDED: Final = {type_name for type_name, _ in SENSITIVE} - {"Worker"}
"""Types with fields that are not public; links to them are asked more often than others."""

LEFT_OUT: Final = frozenset(
    {"Dictionary.entries", "RegistryStatus.title", "RegistryStatus.revision"}
    # What is of searches and findings in the projection is proved apart.
    | {"Worker.findings", "Organization.findings"}
    | {
        f"{name}{field}"
        for name in ("Worker", "Organization", "License")
        for field in ("Connection.facets", "Connection.freshness", "Edge.matches")
    }
)
LEFT_OUT_TYPES: Final = {
    "RegistryStatus": ("registry", "state"),
    "ClaimProblem": ("code",),
    "AccessExplanation": ("coordinate", "fieldClass", "decision"),
}
"""Of some types only what does not change from one moment to the next, or is no matter of rights."""


@dataclass(frozen=True)
class Operation:
    """A document, its variables, and those of them that take a cursor from an earlier answer."""

    text: str
    variables: dict[str, Any]
    cursors: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Operations:
    """Makes one operation."""

    def __init__(self, world: World, random: Random, focus: Row) -> None:
        self._random = random
        self._arguments = Arguments(world, random, focus)
        self._fragments: dict[str, tuple[str, str]] = {}
        self._aliases = 0
        self._cursors: list[tuple[str, tuple[str, ...]]] = []

    def operation(self) -> Operation:
        """A query of one to three roots."""
        names = self._random.choices(
            list(ROOTS), list(ROOTS.values()), k=self._random.choice((1, 1, 1, 2, 3))
        )
        roots = " ".join(self._root(name) for name in names)
        written = self._arguments.written
        flags = {
            "yes": ("Boolean!", self._random.random() < 0.8),
            "no": ("Boolean!", self._random.random() < 0.2),
        }
        used = {name: each for name, each in flags.items() if f"${name}" in roots + str(self._fragments)}
        declared = {name: type_ for name, (type_, _) in used.items()} | written.types
        head = " ".join(f"${name}: {type_}" for name, type_ in declared.items())
        fragments = " ".join(
            f"fragment {name} on {on} {body}" for name, (on, body) in self._fragments.items()
        )
        values = {name: value for name, (_, value) in used.items()} | written.values
        text = f"query Asked{f'({head})' if head else ''} {{ {roots} }} {fragments}"
        return Operation(text.strip(), values, tuple(self._cursors))

    def _root(self, name: str) -> str:
        assert SCHEMA.query_type is not None
        alias = self._alias()
        field_ = SCHEMA.query_type.fields[name]
        cursor = f"after{alias}" if "after" in field_.args and self._random.random() < 0.6 else None
        told = self._arguments.root(name, cursor)
        if cursor is not None:
            self._cursors.append((cursor, (alias,)))
        below = self._selection(get_named_type(field_.type), DEEPEST, 4 if name.endswith("s") else 1)
        if cursor is not None:
            below = f"{{ pageInfo {{ endCursor }} {below[1:]}"
        return f"{alias}: {name}{told}{self._flag()} {below}"

    def _selection(self, type_: Any, depth: int, rows: int) -> str:
        """A selection; below an abstract type, of some of the types that it may be."""
        if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
            return self._of_any(type_, depth, rows)
        assert isinstance(type_, GraphQLObjectType)
        chosen = self._names(type_, depth, rows)
        parts = [self._field(type_, name, depth, rows) for name in chosen]
        return "{ " + " ".join(self._wrapped(type_, part) for part in parts) + " }"

    def _of_any(self, type_: Any, depth: int, rows: int) -> str:
        possible = sorted(SCHEMA.get_possible_types(type_), key=lambda each: each.name)
        chosen = {each.name: each for each in self._random.sample(possible, min(2, len(possible)))}
        chosen |= {each.name: each for each in possible if each.name == "Worker"}
        inner = [
            f"... on {each.name}{self._flag()} {self._apart(each, depth, rows)}" for each in chosen.values()
        ]
        shared = ["... on Node { id }"] if self._random.random() < 0.3 else []
        return "{ " + " ".join(("__typename", *shared, *inner)) + " }"

    def _apart(self, type_: GraphQLObjectType, depth: int, rows: int) -> str:
        """A selection whose names no other type's can be at odds with."""
        names = self._names(type_, depth, rows)
        return "{ " + " ".join(self._field(type_, name, depth, rows, aliased=True) for name in names) + " }"

    def _names(self, type_: GraphQLObjectType, depth: int, rows: int) -> list[str]:
        """Some fields; those that are not public more often than others."""
        known = LEFT_OUT_TYPES.get(type_.name, tuple(type_.fields))
        fitting = [name for name in known if self._fits(type_, name, depth, rows)]
        weights = [self._weight(type_, name) for name in fitting]
        chosen = (
            self._random.choices(fitting, weights, k=self._random.choice((1, 2, 3, 4)))
            if fitting
            else ["__typename"]
        )
        return list(dict.fromkeys(chosen))

    def _weight(self, type_: GraphQLObjectType, name: str) -> int:
        """How often a field is asked: what is not public often, links to what is not public most."""
        inner = get_named_type(type_.fields[name].type)
        if (type_.name, name) in SENSITIVE:
            return 8 if is_composite_type(inner) else 4
        return 5 if inner.name in GUARDED else 3 if inner.name == "Worker" else 1

    def _fits(self, type_: GraphQLObjectType, name: str, depth: int, rows: int) -> bool:
        field_ = type_.fields[name]
        if f"{type_.name}.{name}" in LEFT_OUT or not is_composite_type(get_named_type(field_.type)):
            return f"{type_.name}.{name}" not in LEFT_OUT
        return depth > 0 and rows <= MOST_ROWS

    def _field(
        self, owner: GraphQLObjectType, name: str, depth: int, rows: int, *, aliased: bool = False
    ) -> str:
        if name == "__typename":
            return name
        field_ = owner.fields[name]
        told = self._arguments.of_field(owner.name, name)
        alias = f"{self._alias()}: " if aliased or told or self._random.random() < 0.2 else ""
        below = self._below(field_, depth, rows)
        return f"{alias}{name}{told}{self._flag()}{below}"

    def _below(self, field_: GraphQLField, depth: int, rows: int) -> str:
        inner = get_named_type(field_.type)
        if not is_composite_type(inner):
            return ""
        many = is_list_type(get_nullable_type(field_.type))
        if inner.name in ("DictionaryEntry", "PageInfo"):
            return " " + self._selection(inner, 0, rows)
        return " " + self._selection(inner, depth - 1, rows * 4 if many else rows)

    def _wrapped(self, type_: GraphQLObjectType, part: str) -> str:
        """A field as it stands, or in a fragment of some kind."""
        chance = self._random.random()
        if chance < 0.75:
            return part
        if chance < 0.85:
            return f"... {self._flag()} {{ {part} }}"
        if chance < 0.92:
            return f"... on {type_.name} {{ {part} }}"
        if chance < 0.95 and any(each.name == "Node" for each in type_.interfaces):
            return f"... on Node {{ ... on {type_.name} {{ {part} }} }}"
        name = f"F{len(self._fragments)}"
        self._fragments[name] = (type_.name, f"{{ {part} }}")
        return f"...{name}{self._flag()}"

    def _alias(self) -> str:
        self._aliases += 1
        return f"a{self._aliases}"

    def _flag(self) -> str:
        if self._random.random() < 0.92:
            return ""
        return f" @{self._random.choice(FLAGS)}"

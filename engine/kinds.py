"""How a field is answered, declared as data. What is not declared is a resolver."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeAlias

from graphql import GraphQLObjectType

from engine.loading import Loader

Arguments: TypeAlias = Mapping[str, Any]


def reader(name: str | int) -> Callable[[Any], Any]:
    """What reads an attribute, or a position, of a row."""
    return itemgetter(name) if isinstance(name, int) else attrgetter(name)


def _key(columns: tuple[str | int, ...]) -> Callable[[Any], Any]:
    read = [reader(each) for each in columns]
    first = read[0]
    if len(read) == 1:
        return first
    return lambda row: None if first(row) is None else tuple([each(row) for each in read])


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value for every row."""

    value: Any


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value that stands in the row, under a name or at a position, and is never awaitable."""

    name: str | int


@dataclass(frozen=True, slots=True)
class Computed:
    """A value worked out of the row alone, at once and without side effects: it may be asked for twice."""

    answer: Callable[..., Any]
    context: bool = False
    """Whether `answer` takes the operation's context after the row."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out of one attribute alone, at once and without side effects.

    Rows where that is the same share what is answered: the attribute's values have to be hashable.
    """

    name: str | int
    answer: Callable[[Any, Any], Any]
    """A function of the attribute's value and the operation's context."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A link whose loader knows nothing under a key that is there."""

    place: Callable[[], list[str | int]]
    """Works out where in the answer it is absent, while the operation runs: of many, few are asked."""
    type_name: str
    field_name: str
    key: Any
    context: Any
    ask: Any = None
    """The question itself, where a lookup put it."""

    @property
    def path(self) -> list[str | int]:
        """Where in the answer it is absent."""
        return self.place()


@dataclass(frozen=True, slots=True)
class Link:
    """The record, or the records, that a loader knows under a key made of the row's columns.

    A key of several columns is a tuple. A key whose first column is null leads nowhere and asks nothing.
    """

    loader: str | Callable[[Any, Arguments], Loader[Any, Any]]
    """A loader's name, or what chooses it by the operation's context and the field's arguments."""
    key: tuple[str | int, ...]
    then: Callable[[Any, Any, Arguments], Any] | None = None
    """What the loader's value becomes: a function of it, the context and the field's arguments."""
    absent: Callable[[Absent], None] | None = None
    """Told of each record that is missing."""
    read: Callable[[Any], Any] = field(init=False, repr=False, compare=False)
    """What gives a row's key."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", _key(self.key))


class Ask(NamedTuple):
    """A question to a loader: its name, and the key."""

    loader: str
    key: Any


@dataclass(frozen=True, slots=True)
class Lookup:
    """What loaders know, where a function of the row, the context and the arguments tells which, and the key.

    `find` gives a question; a list, with questions among its items and an exception for an item that has
    failed; an awaitable of a value; or the value itself. Rows and items are asked as columns.
    """

    find: Callable[[Any, Any, Arguments], Any]
    then: Callable[[Any, Any, Any], Any] | None = None
    """What the value becomes: a function of it, the row and the context."""
    absent: Callable[[Absent], None] | None = None
    """Told of each record that is missing, for rows that are a question each."""
    ask: type = Ask
    """The type of a question: with a `loader` and a `key`."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer for all rows at once: a list as long as theirs, an exception where a row has failed."""

    answer: Callable[[Sequence[Any], Any, Arguments], Sequence[Any] | Awaitable[Sequence[Any]]]
    """A function of the rows, the operation's context and the field's arguments."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Whatever the schema's field has: called for each row, its awaitables awaited side by side."""


Kind: TypeAlias = Constant | Attribute | Computed | Derived | Link | Lookup | Batch | Resolver

Describe: TypeAlias = Callable[[GraphQLObjectType, str], Kind]
"""The kind of a field, by its type and name."""

RESOLVER = Resolver()


def only_resolvers(_parent: GraphQLObjectType, _field: str) -> Kind:
    """Every field is answered by its resolver: graphql-core's own behaviour."""
    return RESOLVER

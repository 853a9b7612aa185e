"""What a condition may ask of a record, declared as data: its facts, and the records related to it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from projections.matching.registries import Members, Registries
from projections.search.condition import Test
from sources.rows import Columns

OWN = ""
"""In `Needs`: the record that is asked."""

Needs = Mapping[str, Columns]
"""By noun: the columns that are read."""

Values = Callable[[Sequence[Any], Registries], Awaitable[list[Any]]]
"""The value for each of the records: null, a value, a frozen set of several, or `UNREAD`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact: what it reads, and how it is worked out for many records at once."""

    needs: Needs
    values: Values
    asked: Callable[[Test], Test] = lambda test: test
    """What a test of it means, where values are compared otherwise than as they stand."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Related records of one noun: what leads there, and the step itself."""

    noun: str
    needs: Needs
    members: Callable[[Sequence[Any], Registries], Awaitable[list[Members]]]


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of record: facts and relations by their names in conditions, and whom it is about."""

    facts: Mapping[str, Answer]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    person: Relation | None = None
    """Leads to what row rules know of the person; none: it is about nobody."""


def own(name: str, read: Callable[[Any], Any] | None = None) -> Answer:
    """A column of the record, or what `read` makes of it."""
    return dated(lambda record, _day: read(getattr(record, name)) if read else getattr(record, name), name)


def dated(read: Callable[..., Any], *columns: str) -> Answer:
    """Worked out of some columns of the record and the day."""

    async def values(records: Sequence[Any], its: Registries) -> list[Any]:
        return [read(record, its.day) for record in records]

    return Answer({OWN: columns}, values)


def held(noun: str, loader: str, column: str, *, one: bool = False) -> Relation:
    """Records that a loader finds under one column: many, or one or none."""

    async def members(records: Sequence[Any], its: Registries) -> list[Members]:
        keys = [getattr(record, column) for record in records]
        return await (its.one(loader, keys) if one else its.many(loader, keys))

    return Relation(noun, {OWN: (column,)}, members)

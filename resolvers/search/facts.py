"""How the fields of filters are read: for each fact or relation, what makes a condition of its value."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol, TypeAlias

from projections.practising import practising_positions
from projections.search.condition import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    Is,
    NotOf,
    OneOf,
    Quantifier,
    Value,
    Within,
)
from resolvers.errors import BadArgument
from resolvers.ids import parsed_id
from resolvers.masks import asked_inn
from resolvers.search.place import MOST_VALUES, Place
from sources.keys import Inn

Reads: TypeAlias = Callable[[Any, Place], Condition]
"""Makes a condition of what was given at a place."""


class Filter(Protocol):
    """An input that filters."""

    def condition(self, place: Place) -> Condition:
        """What it asks, one filter further in."""
        ...

    def facts(self, place: Place) -> Condition:
        """What it asks of the same record."""
        ...


class Range(Protocol):
    """Two bounds, both included, and for days whether there is none at all."""

    @property
    def bounds(self) -> tuple[Value | None, Value | None]:
        """The lower and the upper one; None: open."""
        ...

    @property
    def is_absent(self) -> bool | None:
        """Whether what is asked is that there is no value, or that there is one."""
        ...


# Facts


def exactly(name: str) -> Reads:
    """The fact is this value."""
    return lambda value, place: place.fact(name, OneOf((plain(value),)))


def is_(name: str) -> Reads:
    """The fact, a flag or a day, is this."""
    return lambda value, place: place.fact(name, Is(plain(value)))


def one_of(name: str, of: Callable[[Any, Place], Value] | None = None) -> Reads:
    """The fact is one of these values; of none, where the list is empty."""

    def read(values: Sequence[Any], place: Place) -> Condition:
        if len(values) > MOST_VALUES:
            raise place.fault(f"give {MOST_VALUES} values at most, not {len(values)}")
        found = [of(each, place.at(i)) if of else plain(each) for i, each in enumerate(values)]
        return place.fact(name, OneOf(tuple(found)))

    return read


def since(name: str) -> Reads:
    """The fact is that day or a later one."""
    return lambda value, place: place.fact(name, Within(low=value))


def until(name: str) -> Reads:
    """The fact is that day or an earlier one."""
    return lambda value, place: place.fact(name, Within(high=value))


def within(name: str) -> Reads:
    """The fact lies in a range; a range without any bound filters nothing."""

    def read(value: Range, place: Place) -> Condition:
        low, high = value.bounds
        if value.is_absent is not None:
            if low is not None or high is not None:
                raise place.at("absent").fault("give either `absent` or `from` and `to`")
            there_is_none = place.fact(name, Absent())
            return there_is_none if value.is_absent else NotOf(there_is_none)
        if low is None and high is None:
            return AllOf()
        if low is not None and high is not None and _after(low, high):
            raise place.at("from").fault(f"should not be after `to`, but {low} is after {high}")
        return place.fact(name, Within(low, high))

    return read


def business(name: str) -> Reads:
    """The fact is the INN of an organization; a person's own finds nobody."""

    def read(value: Inn, place: Place) -> Condition:
        try:
            return place.fact(name, OneOf((str(asked_inn(name, value)),)))
        except BadArgument as exc:
            raise place.fault("give the INN of an organization, 10 digits") from exc

    return read


def practises(name: str) -> Reads:
    """Whether the fact is a position that takes a credential."""

    def read(value: bool, place: Place) -> Condition:
        such = place.fact(name, OneOf(practising_positions()))
        return such if value else NotOf(such)

    return read


def record_ids(noun: str) -> Callable[[Any, Place], Value]:
    """What makes a registry's key of the global id of a record of this type."""

    def key(text: Any, place: Place) -> Value:
        try:
            found, value = parsed_id(str(text))
        except BadArgument as exc:
            raise place.fault(f"give the global id of a record of {noun}") from exc
        if found != noun:
            raise place.fault(f"give the global id of a record of {noun}, not of {found}")
        return value

    return key


# Combinations


def every_one(filters: Sequence[Filter], place: Place) -> Condition:
    """All of these filters."""
    return AllOf(tuple(each.condition(place.at(i)) for i, each in enumerate(filters)))


def any_one(filters: Sequence[Filter], place: Place) -> Condition:
    """At least one of these filters."""
    return AnyOf(tuple(each.condition(place.at(i)) for i, each in enumerate(filters)))


def opposite(asked: Filter, place: Place) -> Condition:
    """Not this filter."""
    return NotOf(asked.condition(place))


def of_the_same(asked: Filter, place: Place) -> Condition:
    """More facts of the same record."""
    return asked.facts(place)


# Relations


def related(name: str) -> Reads:
    """Of the related records some, none or every one pass a filter, as the input says."""

    def read(asked: Any, place: Place) -> Condition:
        given = [(each, getattr(asked, each.lower())) for each in Quantifier]
        return AllOf(
            tuple(
                _related(name, quantifier, inner, place.at(quantifier.lower()))
                for quantifier, inner in given
                if inner is not None
            )
        )

    return read


def one(name: str) -> Reads:
    """The one related record is there and passes a filter."""
    return lambda asked, place: _related(name, Quantifier.SOME, asked, place)


def have_all(relations: dict[str, str]) -> Reads:
    """There is a related record for each of these words; `relations`: the relation of each."""

    def read(words: Sequence[Any], place: Place) -> Condition:
        names = [relations[str(plain(each))] for each in words]
        return AllOf(tuple(place.related(name, Quantifier.SOME, AllOf()) for name in names))

    return read


def _related(name: str, quantifier: Quantifier, asked: Filter, place: Place) -> Condition:
    return place.related(name, quantifier, asked.condition(place))


def plain(value: Any) -> Value:
    """A value as the projection keeps it: of an enum's member its text."""
    found: Value = value.value if isinstance(value, Enum) else value
    return found


def _after(low: Value, high: Value) -> bool:
    return isinstance(low, dt.date | int | Decimal) and low > high  # type: ignore[operator]

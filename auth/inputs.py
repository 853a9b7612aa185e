"""Which classified facts an input value asks by: input fields and enum values, at any depth."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNamedType,
    Undefined,
    get_named_type,
)

from auth.rights import FieldClass
from auth.walk import Coordinate

Part = tuple[str, Coordinate | None, GraphQLInputType | None]
"""A field of an input object: its coordinate where that is classified, its type where that leads to more."""


class Inputs:
    """Knows the input fields and enum values that are not for everyone to ask by."""

    def __init__(self, classes: Mapping[Coordinate, FieldClass]) -> None:
        self._classes = classes
        self._known: dict[str, Sequence[Part]] = {}

    def reachable(self, type_: GraphQLInputType) -> frozenset[Coordinate]:
        """Every classified coordinate that some value of this type could ask by."""
        waiting: list[GraphQLNamedType] = [get_named_type(type_)]
        seen: set[str] = set()
        found: set[Coordinate] = set()
        while waiting:
            named = waiting.pop()
            if named.name in seen:
                continue
            seen.add(named.name)
            found.update((named.name, name) for name in _parts(named) if (named.name, name) in self._classes)
            if isinstance(named, GraphQLInputObjectType):
                waiting.extend(get_named_type(field.type) for field in named.fields.values())
        return frozenset(found)

    def used(self, type_: GraphQLInputType, value: Any) -> Iterator[Coordinate]:
        """The classified coordinates that this value, as JSON has it, asks by. A null asks too.

        Each as often as it is asked by: people that are looked for are counted by it.
        """
        named = get_named_type(type_)
        if isinstance(value, list):
            for item in value:
                yield from self.used(type_, item)
        elif isinstance(named, GraphQLInputObjectType) and isinstance(value, dict):
            for name, coordinate, type_of in self._parts_of(named):
                if value.get(name, Undefined) is not Undefined:
                    if coordinate is not None:
                        yield coordinate
                    if type_of is not None:
                        yield from self.used(type_of, value[name])
        elif isinstance(named, GraphQLEnumType) and isinstance(value, str):
            yield from self._classified(named.name, value)

    def _parts_of(self, named: GraphQLInputObjectType) -> Sequence[Part]:
        """What each field of an input object may ask by; a field that asks by nothing is not among them."""
        found = self._known.get(named.name)
        if found is None:
            parts = [
                (name, (named.name, name) if (named.name, name) in self._classes else None, field.type)
                for name, field in named.fields.items()
            ]
            found = self._known[named.name] = [
                (name, at, type_ if self.reachable(type_) else None)
                for name, at, type_ in parts
                if at is not None or self.reachable(type_)
            ]
        return found

    def _classified(self, type_name: str, name: str) -> Iterator[Coordinate]:
        if (type_name, name) in self._classes:
            yield type_name, name


def _parts(named: GraphQLNamedType) -> Iterator[str]:
    if isinstance(named, GraphQLInputObjectType):
        yield from named.fields
    elif isinstance(named, GraphQLEnumType):
        yield from named.values

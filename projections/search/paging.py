"""Pages of an order by its keys' values: what stands beyond a place, and parts that an index gives in order.

A page after a place with keys a, b, c is: the same a and b, and c beyond; then the same a, and b beyond; then
a beyond; each part in order and no longer than the page, so that all but the first are seldom begun. Where a
key may be null, its nulls are a part of their own, before or after the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from projections.search.binder import Binder
from projections.search.condition import Value
from projections.search.keys import Key
from projections.search.positions import Place


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: the conditions that choose it, and the keys by which it is ordered."""

    conditions: tuple[str, ...]
    order: str


def beyond(keys: Sequence[Key], place: Place, binder: Binder) -> str:
    """The condition of standing strictly after a place."""
    parts = (" and ".join(conditions) for conditions, _, _ in _steps(keys, place, binder))
    found = [f"({part})" for part in parts]
    return f"({' or '.join(found)})" if found else "false"


def parts(keys: Sequence[Key], start: Place | None, binder: Binder) -> list[Part]:
    """The parts of what stands after a place, or of everything, in order."""
    steps = _split(keys) if start is None else _steps(keys, start, binder)
    found = (part for step in steps for part in _by_value(step, start, binder))
    return [Part(tuple(given), _order(rest, null)) for given, rest, null in found]


def whole_order(keys: Sequence[Key]) -> str:
    """The order by all keys."""
    return ", ".join(_directed(key) for key in keys)


_Step = tuple[list[str], Sequence[Key], bool]
"""Conditions, keys that are still to be ordered by, and whether the first of them is null throughout."""


def _split(keys: Sequence[Key]) -> Iterator[_Step]:
    """Everything in order: the first key's nulls apart from the rest."""
    first = keys[0]
    if not first.nullable:
        yield [], keys, False
        return
    both: list[_Step] = [([f"{first.sql} is not null"], keys, False), ([f"{first.sql} is null"], keys, True)]
    yield from reversed(both) if first.nulls_first else both


def _by_value(step: _Step, start: Place | None, binder: Binder) -> Iterator[_Step]:
    """A step whose first key has few values as one for each, so that an index of the next key serves it. The
    last key is unique: what is ordered by it alone has an index of both.
    """
    given, keys, null = step
    first, rest = keys[0], keys[1:]
    if not first.values or len(rest) < 2:
        yield step
    elif null:
        yield from (([*given, *more], keys, null) for more, keys, null in _split(rest))
    else:
        begun = None if start is None else start[-len(keys)]
        for value in _beyond(first, begun):
            same = [*given[:-1], _same(first, value, binder)]
            yield from (([*same, *more], keys, null) for more, keys, null in _split(rest))


def _beyond(key: Key, begun: Value | None) -> list[Value]:
    """The values that stand after this one in the key's direction."""
    ordered: list[Value] = [*(key.values[::-1] if key.descending else key.values)]
    if begun is None:
        return ordered
    return ordered[ordered.index(begun) + 1 :] if begun in ordered else []


def _steps(keys: Sequence[Key], place: Place, binder: Binder) -> Iterator[_Step]:
    """What stands after a place, the nearest first."""
    for index in range(len(keys) - 1, -1, -1):
        same = [_same(key, value, binder) for key, value in zip(keys[:index], place[:index], strict=True)]
        key, value = keys[index], place[index]
        if value is not None:
            sign = "<" if key.descending else ">"
            yield [*same, f"{key.sql} {sign} {binder.bind(value, key.type)}"], keys[index:], False
            if key.nullable and not key.nulls_first:
                yield [*same, f"{key.sql} is null"], keys[index:], True
        elif key.nulls_first:
            yield [*same, f"{key.sql} is not null"], keys[index:], False


def _same(key: Key, value: Value | None, binder: Binder) -> str:
    return f"{key.sql} is null" if value is None else f"{key.sql} = {binder.bind(value, key.type)}"


def _order(keys: Sequence[Key], null: bool) -> str:
    """The order inside a part. Its first key is never null there, or always: it is put as an index has it."""
    first, rest = keys[0], keys[1:]
    descending = rest[0].descending if null and rest else first.descending
    return ", ".join([f"{first.sql}{' desc' if descending else ''}", *(_directed(key) for key in rest)])


def _directed(key: Key) -> str:
    nulls = (" nulls first" if key.nulls_first else " nulls last") if key.nullable else ""
    return f"{key.sql}{' desc' if key.descending else ''}{nulls}"

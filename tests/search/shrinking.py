"""A failing search made small: nothing in it that is not needed to fail."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from tests.search.oracle import Search

MOST: Final = 300
"""Searches that shrinking may try."""

Fails = Callable[[Search], Awaitable[bool]]


async def shrunk(search: Search, fails: Fails) -> Search:
    """A smaller search that fails too, or the same."""
    left, found, tried = MOST, search, True
    while tried and left > 0:
        tried = False
        for smaller in _smaller(found):
            left -= 1
            if left > 0 and await fails(smaller):
                found, tried = smaller, True
                break
    return found


def _smaller(search: Search) -> Iterator[Search]:
    if search.where is not None:
        yield replace(search, where=None)
    if search.query is not None:
        left = tuple(each for each in search.order_by if each["by"] != "MATCH")
        yield replace(search, query=None, order_by=left)
        words = search.query.split()
        for place in range(len(words) if len(words) > 1 else 0):
            yield replace(search, query=" ".join(words[:place] + words[place + 1 :]))
    for place in range(len(search.order_by)):
        yield replace(search, order_by=search.order_by[:place] + search.order_by[place + 1 :])
    for place in range(len(search.facets)):
        yield replace(search, facets=search.facets[:place] + search.facets[place + 1 :])
    for where in _parts(search.where or {}):
        yield replace(search, where=where)


def _parts(value: Any) -> Iterator[Any]:
    """The same without one thing somewhere in it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            rest = {other: each for other, each in value.items() if other != name}
            yield rest
            for smaller in _parts(inner):
                yield rest | {name: smaller}
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            if len(value) > 1:
                yield value[:place] + value[place + 1 :]
            for smaller in _parts(inner):
                yield [*value[:place], smaller, *value[place + 1 :]]

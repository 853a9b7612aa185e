"""Pages of connections and their counts, each asked once for all the organizations it stands under."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from loaders.base import Asked, ManyByKey, OneByKey
from loaders.declared import Asking, Declared
from sources.registry import Registry

K = TypeVar("K")
V = TypeVar("V")


class Page(NamedTuple):
    """Which page of a connection: of the rows that pass a filter; after which key; how many."""

    where: Any
    after: Any
    limit: int


class EmploymentPage(NamedTuple):
    """Which page of an organization's employments: lasting ones, ended ones or all; after which; how many."""

    current: bool | None
    after: UUID | None
    limit: int


def each_page(
    registry: Registry, read: Callable[[Asking], Callable[[Page], Awaitable[Sequence[V]]]]
) -> Declared[Page, Sequence[V], ManyByKey[Page, V]]:
    """A loader of pages, a call each."""
    return Declared(ManyByKey, (), lambda its: _each(its, registry, read(its)))


def each_count(
    registry: Registry, read: Callable[[Asking], Callable[[Any], Awaitable[int]]]
) -> Declared[Any, int, OneByKey[Any, int]]:
    """A loader of counts, a call each."""
    return Declared(OneByKey, None, lambda its: _each(its, registry, read(its)))


def within_each(
    registry: Registry, read: Callable[[Asking], Callable[[Any, list[K]], Awaitable[Mapping[K, Sequence[V]]]]]
) -> Declared[tuple[Any, K], Sequence[V], ManyByKey[tuple[Any, K], V]]:
    """A loader whose keys are pairs, of what is asked and of whom: a call for each thing that is asked."""
    return Declared(ManyByKey, (), lambda its: _grouped(its, registry, read(its)))


def count_within_each(
    registry: Registry, read: Callable[[Asking], Callable[[Any, list[K]], Awaitable[Mapping[K, int]]]]
) -> Declared[tuple[Any, K], int, OneByKey[tuple[Any, K], int]]:
    """The same of counts."""
    return Declared(OneByKey, None, lambda its: _grouped(its, registry, read(its)))


def _each(its: Asking, registry: Registry, read: Callable[[K], Awaitable[V]]) -> Asked[K, V]:
    async def asked(keys: Sequence[K]) -> Mapping[K, V]:
        return dict(
            zip(keys, await _side_by_side([its.noted(registry, read(key)) for key in keys]), strict=True)
        )

    return asked


def _grouped(
    its: Asking, registry: Registry, read: Callable[[Any, list[K]], Awaitable[Mapping[K, V]]]
) -> Asked[tuple[Any, K], V]:
    async def asked(keys: Sequence[tuple[Any, K]]) -> Mapping[tuple[Any, K], V]:
        groups: dict[Any, list[K]] = {}
        for what, whose in keys:
            groups.setdefault(what, []).append(whose)
        answers = await _side_by_side(
            [its.noted(registry, read(what, whose)) for what, whose in groups.items()]
        )
        found: dict[tuple[Any, K], V] = {}
        for (what, asked_of), answer in zip(groups.items(), answers, strict=True):
            if isinstance(answer, Exception):
                found |= dict.fromkeys(((what, key) for key in asked_of), cast("V", answer))
            else:
                found |= {(what, key): value for key, value in answer.items()}
        return found

    return asked


async def _side_by_side(calls: list[Awaitable[Any]]) -> list[Any]:
    """What each call gives; its failure in its place, unless it is the only one."""
    return [await calls[0]] if len(calls) == 1 else await gather(*calls, return_exceptions=True)

"""Loaders declared as data: of which registry, which noun's columns, which read. Made when first used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, Generic, Protocol, TypeVar, overload

from loaders.base import Asked, ManyByKey, OneByKey
from projections.analytics.reader import AnalyticsReader
from projections.findings.reader import FindingReader
from projections.search.reader import SearchReader
from sources.registry import Registry
from sources.rows import Columns
from sources.sources import Sources

K = TypeVar("K")
V = TypeVar("V")
L = TypeVar("L")

Read = Callable[[Sequence[K], Columns], Awaitable[Mapping[K, V]]]


Cache = MutableMapping[Any, Any]
"""What a data loader keeps its futures in."""


class Caches(Protocol):
    """Where the loaders of one operation keep what they know, when another executor shares it."""

    def cache(self, name: str, asked: Asked[Any, Any], absent: Any) -> Cache:
        """The cache of the loader of that name; `absent`: the value of a key without an answer."""
        ...


class Asking(Protocol):
    """What a declared loader needs of the operation it serves."""

    @property
    def sources(self) -> Sources: ...

    @property
    def caches(self) -> Caches | None: ...

    @property
    def today(self) -> dt.date: ...

    @property
    def search(self) -> SearchReader | None: ...

    @property
    def analytics(self) -> AnalyticsReader | None: ...

    @property
    def findings(self) -> FindingReader | None: ...

    def columns_of(self, noun: str) -> Columns:
        """The columns that the operation reads of a noun."""
        ...

    def counted(self, registry: Registry, read: Asked[K, V]) -> Asked[K, V]:
        """The same read, its calls counted for the operation."""
        ...

    def noted(self, registry: Registry, answer: Awaitable[V]) -> Awaitable[V]:
        """A call to a registry, counted for the operation."""
        ...


class Declared(Generic[K, V, L]):
    """A loader of every operation: an attribute that becomes the operation's own loader at its first use."""

    def __init__(self, make: Callable[..., L], absent: Any, asked: Callable[[Asking], Asked[K, V]]) -> None:
        """`asked` is the read of one operation; `absent` the value of a key that it does not answer."""
        self.make, self.absent, self.asked = make, absent, asked
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, loaders: None, owner: type) -> Declared[K, V, L]: ...
    @overload
    def __get__(self, loaders: Asking, owner: type) -> L: ...
    def __get__(self, loaders: Asking | None, owner: type) -> Declared[K, V, L] | L:
        if loaders is None:
            return self
        asked = self.asked(loaders)
        cache = loaders.caches.cache(self._name, asked, self.absent) if loaders.caches else None
        made = self.make(asked, cache)
        vars(loaders)[self._name] = made  # From now on the attribute itself: Python does not come here again.
        return made


def _of_columns(
    registry: Registry, noun: str, read: Callable[[Sources], Read[K, V]]
) -> Callable[[Asking], Asked[K, V]]:
    """A read with the operation's columns filled in, its calls counted."""

    def asked(its: Asking) -> Asked[K, V]:
        rows, columns = read(its.sources), its.columns_of(noun)
        return its.counted(registry, lambda keys: rows(keys, columns))

    return asked


def one(
    registry: Registry, noun: str, read: Callable[[Sources], Read[K, V]]
) -> Declared[K, V, OneByKey[K, V]]:
    """A loader of one record or none for each key."""
    return Declared(OneByKey, None, _of_columns(registry, noun, read))


def many(
    registry: Registry, noun: str, read: Callable[[Sources], Read[K, Sequence[V]]]
) -> Declared[K, Sequence[V], ManyByKey[K, V]]:
    """A loader of all the records of each key."""
    return Declared(ManyByKey, (), _of_columns(registry, noun, read))


def fact(registry: Registry, read: Callable[[Asking], Asked[K, V]]) -> Declared[K, V, OneByKey[K, V]]:
    """A loader of one fact or none for each key, which is no row of a table: no columns are asked."""
    return Declared(OneByKey, None, lambda its: its.counted(registry, read(its)))


def facts(
    registry: Registry, read: Callable[[Asking], Asked[K, Sequence[V]]]
) -> Declared[K, Sequence[V], ManyByKey[K, V]]:
    """A loader of all the facts of each key."""
    return Declared(ManyByKey, (), lambda its: its.counted(registry, read(its)))


def declared(loaders: type) -> Mapping[str, Declared[Any, Any, Any]]:
    """The declared loaders of a class, by name."""
    return {name: each for name, each in vars(loaders).items() if isinstance(each, Declared)}

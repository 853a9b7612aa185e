"""The contract of a data loader, kept in one place: keys in their order, absence as absence."""

from asyncio import Future, shield
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, TypeVar

from aiodataloader import DataLoader

K = TypeVar("K")
V = TypeVar("V")

Asked = Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
"""A read of a registry with everything but the keys filled in."""


class Shared(DataLoader[K, V]):
    """A loader for whose values several wait at once: one who is told to wait no longer stops no other."""

    def load(self, key: K) -> Future[V]:
        """The value, to be waited for."""
        return shield(super().load(key))


class OneByKey(Shared[K, V | None]):
    """One value or None per key, in the order of the keys."""

    def __init__(self, read: Asked[K, V], cache: MutableMapping[Any, Any] | None = None) -> None:
        """`cache` keeps what is known, where another executor shares it."""
        self._read = read
        super().__init__(cache_map=cache)

    async def batch_load_fn(self, keys: list[K]) -> list[V | None]:
        found = await self._read(keys)
        return [found.get(key) for key in keys]


class ManyByKey(Shared[K, Sequence[V]]):
    """The values of each key, in the source's order; an empty sequence where there are none."""

    def __init__(self, read: Asked[K, Sequence[V]], cache: MutableMapping[Any, Any] | None = None) -> None:
        """`cache` keeps what is known, where another executor shares it."""
        self._read = read
        super().__init__(cache_map=cache)

    async def batch_load_fn(self, keys: list[K]) -> list[Sequence[V]]:
        found = await self._read(keys)
        return [found.get(key, ()) for key in keys]

"""The contract of a data loader, kept in one place: keys in their order, absence as absence."""

from asyncio import Future, gather, shield, sleep
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any, TypeVar

from aiodataloader import DataLoader

K = TypeVar("K")
V = TypeVar("V")

Asked = Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
"""A read of a registry with everything but the keys filled in."""


class Shared(DataLoader[K, V]):
    """A loader for whose values several wait at once: one who is told to wait no longer stops no other."""

    def __init__(self, cache: MutableMapping[Any, Any] | None) -> None:
        # A cache that itself asks for what it does not know: many keys take no future each.
        self._of_cache: Callable[[Iterable[K]], Awaitable[dict[K, Any]]] | None
        self._of_cache = getattr(cache, "answers", None)
        self._together: dict[K, None] = {}
        super().__init__(cache_map=cache)

    def load(self, key: K) -> Future[V]:
        """The value, to be waited for."""
        return shield(super().load(key))

    async def answers(self, keys: Iterable[K]) -> dict[K, Any]:
        """What is known under each of these keys, all asked at once; where asking has failed, the failure."""
        wanted = dict.fromkeys(keys)
        if not wanted:
            return {}
        if self._of_cache is None:
            each = await gather(*map(self.load, wanted), return_exceptions=True)
            return dict(zip(wanted, each, strict=True))
        self._together |= wanted
        await sleep(0)  # who asks in the same turn of the loop asks together
        together, self._together = self._together, {}
        found = await self._of_cache(together)
        return found if found.keys() == wanted.keys() else await self._of_cache(wanted)


class OneByKey(Shared[K, V | None]):
    """One value or None per key, in the order of the keys."""

    def __init__(self, read: Asked[K, V], cache: MutableMapping[Any, Any] | None = None) -> None:
        """`cache` keeps what is known, where another executor shares it."""
        self._read = read
        super().__init__(cache)

    async def batch_load_fn(self, keys: list[K]) -> list[V | None]:
        found = await self._read(keys)
        return [found.get(key) for key in keys]


class ManyByKey(Shared[K, Sequence[V]]):
    """The values of each key, in the source's order; an empty sequence where there are none."""

    def __init__(self, read: Asked[K, Sequence[V]], cache: MutableMapping[Any, Any] | None = None) -> None:
        """`cache` keeps what is known, where another executor shares it."""
        self._read = read
        super().__init__(cache)

    async def batch_load_fn(self, keys: list[K]) -> list[Sequence[V]]:
        found = await self._read(keys)
        return [found.get(key, ()) for key in keys]

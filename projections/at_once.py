"""What several ask for at the same moment is found once, for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(slots=True)
class _Errand(Generic[V]):
    """One that is under way, and how many wait for it."""

    task: asyncio.Task[V]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class AtOnce(Generic[K, V]):
    """Finds by key. Nothing is kept: who comes when it is found begins anew."""

    find: Callable[[K], Awaitable[V]]
    _under_way: dict[K, _Errand[V]] = field(default_factory=dict)

    async def found(self, key: K) -> V:
        """What is found of the key, or what finding it raises. It ends early when nobody waits any more."""
        errand = self._under_way.get(key)
        if errand is None:
            errand = self._under_way[key] = _Errand(asyncio.ensure_future(self._sent(key)))
        errand.waiting += 1
        try:
            return await asyncio.shield(errand.task)
        finally:
            errand.waiting -= 1
            if errand.waiting == 0 and not errand.task.done():
                self._under_way.pop(key, None)
                errand.task.cancel()

    async def _sent(self, key: K) -> V:
        mine = asyncio.current_task()
        try:
            return await self.find(key)
        finally:
            errand = self._under_way.get(key)
            if errand is not None and errand.task is mine:
                del self._under_way[key]

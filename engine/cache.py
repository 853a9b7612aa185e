"""A bounded memory of what was compiled: the least recently used leaves first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values by key, whose sizes in bytes together stay under a bound."""

    __slots__ = ("_bound", "_entries", "size")

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K) -> V | None:
        """The value, which becomes the most recently used one; None when it is not kept."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value, unless it alone is over the bound, and drop the least recently used until all fit."""
        old = self._entries.pop(key, None)
        self.size -= old[1] if old else 0
        if size > self._bound:
            return
        self._entries[key] = (value, size)
        self.size += size
        while self.size > self._bound:
            _, (_, dropped) = self._entries.popitem(last=False)
            self.size -= dropped

"""A bounded memory of what was prepared: the least recently used leaves first."""

from collections import OrderedDict
from typing import Generic, TypeVar

V = TypeVar("V")


class BoundedCache(Generic[V]):
    """Values by text, whose weights (bytes, or one each) together stay under a bound."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._entries: OrderedDict[str, tuple[V, int]] = OrderedDict()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> V | None:
        """The value, which becomes the most recently used one; None when it is not kept."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: str, value: V, weight: int) -> None:
        """Keep a value, unless it alone is over the bound, and drop the least recently used until all fit."""
        self.drop(key)
        if weight > self._bound:
            return
        self._entries[key] = (value, weight)
        self.weight += weight
        while self.weight > self._bound:
            _, (_, dropped) = self._entries.popitem(last=False)
            self.weight -= dropped

    def drop(self, key: str) -> None:
        """Forget a value."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.weight -= entry[1]

"""Which registries one operation has asked, how often, and which of them failed it."""

from collections.abc import Awaitable
from typing import Final, TypeVar

from sources.errors import SourceError
from sources.registry import Registry

V = TypeVar("V")

NAMES: Final = tuple((registry, registry.value) for registry in Registry)


class Usage:
    """Counts the calls of one operation to each registry, and remembers the registries that failed."""

    __slots__ = ("calls", "failed")

    def __init__(self) -> None:
        self.calls: dict[Registry, int] = {}
        self.failed: set[Registry] = set()

    async def of(self, registry: Registry, answer: Awaitable[V]) -> V:
        """The registry's answer, its call counted; a failure is noted and passed on."""
        self.calls[registry] = self.calls.get(registry, 0) + 1
        try:
            return await answer
        except SourceError:
            self.failed.add(registry)
            raise

    def lines(self) -> list[dict[str, str]]:
        """`{registry, state}` for each registry asked: OK or UNAVAILABLE."""
        return [
            {"registry": name, "state": "UNAVAILABLE" if registry in self.failed else "OK"}
            for registry, name in NAMES
            if registry in self.calls
        ]

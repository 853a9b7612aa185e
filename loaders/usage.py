"""Which registries one operation has asked, how often, and which of them failed it."""

from collections import Counter

from sources.registry import Registry


class Usage:
    """Counts the calls of one operation to each registry, and remembers the registries that failed."""

    __slots__ = ("calls", "failed")

    def __init__(self) -> None:
        self.calls: Counter[Registry] = Counter()
        self.failed: set[Registry] = set()

    def ask(self, registry: Registry) -> None:
        """One more call."""
        self.calls[registry] += 1

    def fail(self, registry: Registry) -> None:
        """A call that came to nothing."""
        self.failed.add(registry)

    def lines(self) -> list[dict[str, str]]:
        """`{registry, state}` for each registry asked: OK or UNAVAILABLE."""
        return [
            {"registry": registry.value, "state": "UNAVAILABLE" if registry in self.failed else "OK"}
            for registry in Registry
            if registry in self.calls
        ]

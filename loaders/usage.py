"""Which registries one operation has asked, and how often."""

from collections import Counter

from sources.registry import Registry


class Usage:
    """Counts the calls of one operation to each registry."""

    __slots__ = ("calls",)

    def __init__(self) -> None:
        self.calls: Counter[Registry] = Counter()

    def ask(self, registry: Registry) -> None:
        """One more call."""
        self.calls[registry] += 1

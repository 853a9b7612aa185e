"""A projection that a test moves: its hits and its revision, and whether it answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from projections.search.condition import Search
from projections.search.reader import Freshness
from sources.registry import Registry
from tests.fake_search import FakeSearch


@dataclass
class MovingSearch(FakeSearch):
    """Says what it was last given; each `move` is one more revision of one registry."""

    revision: int = 1
    looks: int = 0
    waiting: list[tuple[int, asyncio.Event]] = field(default_factory=list)

    def move(self) -> None:
        """Something was taken over, whatever it was."""
        self.revision += 1

    async def looked(self, least: int) -> None:
        """Waits until somebody has looked so often."""
        event = asyncio.Event()
        self.waiting.append((least, event))
        await event.wait()

    async def freshness(self) -> Sequence[Freshness]:
        """The worker registry is at the revision, the others where they were."""
        self.looks += 1
        for least, event in self.waiting:
            if self.looks >= least:
                event.set()
        self._fail()
        return [
            Freshness(each, self.as_of, self.revision if each is Registry.WORKERS else 1) for each in Registry
        ]

    @property
    def asked(self) -> list[Search]:
        """Every search of which a page was asked, with the sights that it was asked with."""
        return self.searches

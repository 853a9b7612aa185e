"""A registry's change feed in memory, which can fail and can be made to wait."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sources.errors import Unavailable
from sources.feed import Change, RegistryState
from sources.registry import Registry

MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)

PATIENCE = 60.0
"""Seconds after which a test gives up; none of them takes long."""


class FakeFeed:
    """Holds changes with the revisions 1, 2, 3…; counts what it is asked."""

    def __init__(self, registry: Registry = Registry.WORKERS) -> None:
        self._registry = registry
        self._changes: list[Change] = []
        self.down = False
        self.fruitful: list[int] = []
        """The revision after which each poll asked that found something."""
        self._polled = asyncio.Event()
        self._gates: list[asyncio.Event] = []

    def change(self, count: int = 1) -> None:
        """So many rows change."""
        for revision in range(self.revision + 1, self.revision + 1 + count):
            self._changes.append(Change("Worker", UUID(int=revision), revision, MOMENT))

    @property
    def revision(self) -> int:
        return len(self._changes)

    async def state(self) -> RegistryState:
        revision = await self.revision_now()
        return RegistryState(revision, MOMENT if revision else None)

    async def revision_now(self) -> int:
        self._check()
        revision = self.revision
        if self._gates:
            await self._gates.pop(0).wait()
        return revision

    def delay(self) -> asyncio.Event:
        """The next one who asks where the registry stands gets his answer when this is set."""
        self._gates.append(asyncio.Event())
        return self._gates[-1]

    async def changes(self, after_revision: int, limit: int) -> Sequence[Change]:
        self._polled.set()
        self._check()
        found = self._changes[after_revision : after_revision + limit]
        if found:
            self.fruitful.append(after_revision)
        return found

    async def polled(self, times: int = 2) -> None:
        """Wait until it was polled so often."""
        for _ in range(times):
            self._polled.clear()
            async with asyncio.timeout(PATIENCE):
                await self._polled.wait()

    def _check(self) -> None:
        if self.down:
            raise Unavailable(self._registry)

"""When the projection has moved on: one look at it serves every listener of this process.

The projection is shared by all replicas, so each sees what any of them has taken over.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from projections.search.errors import SearchError
from projections.search.reader import SearchReader
from sources.registry import Registry

AT_ONCE = 2
"""Listeners who search at once in one process: what anybody asks meanwhile must not wait for them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the projection holds: each registry up to a revision, on a day; `as_of`: all of them, UTC."""

    revisions: Mapping[Registry, int]
    day: dt.date
    as_of: dt.datetime

    def differs(self, other: "Standing | None") -> bool:
        """Whether a search may find something else."""
        return other is None or (self.revisions, self.day) != (other.revisions, other.day)


class Moves:
    """Looks at the projection while somebody listens, and wakes everyone when it holds something else."""

    def __init__(self, reader: SearchReader, today: Callable[[], dt.date], interval: float) -> None:
        """`interval`: seconds between two looks."""
        self.interval = interval
        self.turn = asyncio.Semaphore(AT_ONCE)
        self._reader, self._today = reader, today
        self._listeners = 0
        self._looking: asyncio.Task[None] | None = None
        self._standing: Standing | None = None
        self._moved = asyncio.Event()
        self._closed = False

    async def standings(self) -> AsyncGenerator[Standing, None]:
        """How the projection stands now, and again whenever it holds something else, until `close`.

        A slow listener is told the newest only. While the projection is away nothing is told.
        """
        seen: Standing | None = None
        async with self._listening():
            while not self._closed:
                standing, moved = self._standing, self._moved
                if standing is not None and standing.differs(seen):
                    seen = standing
                    yield standing
                else:
                    await moved.wait()

    async def close(self) -> None:
        """End everyone's listening."""
        self._closed = True
        self._moved.set()
        await self._stop()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        self._listeners += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners:
                await self._stop()

    async def _look(self) -> None:
        while True:
            with suppress(SearchError):
                await self._note()
            await asyncio.sleep(self.interval)

    async def _note(self) -> None:
        found = await self._reader.freshness()
        if not found:
            return
        revisions = {each.registry: each.revision for each in found}
        standing = Standing(revisions, self._today(), min(each.as_of for each in found))
        if standing.differs(self._standing):
            self._standing = standing
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()

    async def _stop(self) -> None:
        looking, self._looking = self._looking, None
        self._standing = None
        if looking is not None:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

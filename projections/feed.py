"""The registries' changes as they come: one poll of each registry serves every listener of this process."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sources.errors import SourceError
from sources.feed import Change, Feed
from sources.registry import Registry

BATCH = 500
"""The most changes in one event; a greater burst comes as several events."""

WAITING = 100
"""Events that a slow listener may fall behind before he loses the oldest."""


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """Some changes of a registry, in the order of their revisions, up to `revision`."""

    registry: Registry
    revision: int
    changes: Sequence[Change]


class ChangeFeed:
    """Polls a registry while somebody listens to it, and hands each change to everyone who does."""

    def __init__(self, feeds: Mapping[Registry, Feed], interval: float) -> None:
        """`interval`: seconds between two polls."""
        self._feeds = feeds
        self._interval = interval
        self._listeners: dict[Registry, set[asyncio.Queue[RegistryChange]]] = {each: set() for each in feeds}
        self._polls: dict[Registry, asyncio.Task[None]] = {}

    async def changes(self, registry: Registry) -> AsyncIterator[RegistryChange]:
        """The changes of a registry from now on. Raises SourceError when it cannot say where it stands."""
        since = await self._feeds[registry].revision_now()
        async with self._listening(registry, since) as queue:
            while True:
                change = await queue.get()
                if change.revision > since:
                    yield change

    @asynccontextmanager
    async def _listening(
        self, registry: Registry, since: int
    ) -> AsyncIterator[asyncio.Queue[RegistryChange]]:
        queue: asyncio.Queue[RegistryChange] = asyncio.Queue(WAITING)
        self._listeners[registry].add(queue)
        if registry not in self._polls:
            self._polls[registry] = asyncio.create_task(self._poll(registry, since))
        try:
            yield queue
        finally:
            self._listeners[registry].discard(queue)
            if not self._listeners[registry]:
                await self._stop(registry)

    async def _poll(self, registry: Registry, revision: int) -> None:
        while True:
            try:
                changes = await self._feeds[registry].changes(revision, BATCH)
            except SourceError:
                changes = ()  # It will be asked again; what changed meanwhile is then found by its revision.
            if changes:
                revision = changes[-1].revision
                self._hand_out(RegistryChange(registry, revision, changes))
            if len(changes) < BATCH:
                await asyncio.sleep(self._interval)

    def _hand_out(self, change: RegistryChange) -> None:
        for queue in self._listeners[change.registry]:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(change)

    async def _stop(self, registry: Registry) -> None:
        poll = self._polls.pop(registry)
        poll.cancel()
        await asyncio.gather(poll, return_exceptions=True)

    async def close(self) -> None:
        """End every poll."""
        for registry in tuple(self._polls):
            await self._stop(registry)

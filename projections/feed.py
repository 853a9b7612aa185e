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
"""Events that are kept for a slow listener; what he missed beyond them he reads from the registry himself."""


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """Some changes of a registry, in the order of their revisions, up to `revision`."""

    registry: Registry
    revision: int
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll found: the changes after a revision, so that a listener sees whether he missed some."""

    after: int
    changes: Sequence[Change]


Events = asyncio.Queue[Polled | None]
"""What waits for one listener; None is the end."""


class ChangeFeed:
    """Polls a registry while somebody listens to it, and hands each change to everyone who does."""

    def __init__(self, feeds: Mapping[Registry, Feed], interval: float) -> None:
        """`interval`: seconds between two polls."""
        self._feeds = feeds
        self._interval = interval
        self._listeners: dict[Registry, set[Events]] = {each: set() for each in feeds}
        self._polls: dict[Registry, asyncio.Task[None]] = {}
        self._positions: dict[Registry, int] = {}

    async def changes(self, registry: Registry) -> AsyncIterator[RegistryChange]:
        """Each change of a registry once, from now on, until `close`.

        Raises SourceError when the registry cannot say where it stands.
        """
        seen = await self._feeds[registry].revision_now()
        async with self._listening(registry, seen) as events:
            while (event := await events.get()) is not None:
                while missed := await self._missed(registry, seen, event.after):
                    seen = missed[-1].revision
                    yield RegistryChange(registry, seen, missed)
                if new := [change for change in event.changes if change.revision > seen]:
                    seen = new[-1].revision
                    yield RegistryChange(registry, seen, new)

    @asynccontextmanager
    async def _listening(self, registry: Registry, seen: int) -> AsyncIterator[Events]:
        """A place among the listeners; the poll may already be further than this one has seen."""
        events: Events = asyncio.Queue(WAITING)
        self._listeners[registry].add(events)
        if registry in self._polls:
            _put(events, Polled(self._positions[registry], ()))
        else:
            self._positions[registry] = seen
            self._polls[registry] = asyncio.create_task(self._poll(registry))
        try:
            yield events
        finally:
            self._listeners[registry].discard(events)
            if not self._listeners[registry]:
                await self._stop(registry)

    async def _missed(self, registry: Registry, seen: int, until: int) -> Sequence[Change]:
        """The next changes of a listener who is behind, read for him alone; none when he is not."""
        if seen >= until:
            return ()
        found = await self._found(registry, seen)
        while found is None:
            await asyncio.sleep(self._interval)
            found = await self._found(registry, seen)
        return found

    async def _poll(self, registry: Registry) -> None:
        while True:
            after = self._positions[registry]
            changes = await self._found(registry, after)
            if changes:
                self._positions[registry] = changes[-1].revision
                for events in self._listeners[registry]:
                    _put(events, Polled(after, changes))
            if changes is None or len(changes) < BATCH:
                await asyncio.sleep(self._interval)

    async def _found(self, registry: Registry, after: int) -> Sequence[Change] | None:
        """The next changes; None while the registry is away: it is asked again, by revision."""
        try:
            return await self._feeds[registry].changes(after, BATCH)
        except SourceError:
            return None

    async def _stop(self, registry: Registry) -> None:
        poll = self._polls.pop(registry, None)
        if poll is not None:
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)

    async def close(self) -> None:
        """End every poll and everyone's listening."""
        for registry in tuple(self._polls):
            await self._stop(registry)
        for listeners in self._listeners.values():
            for events in listeners:
                _put(events, None)


def _put(events: Events, event: Polled | None) -> None:
    """Add an event; a full queue loses its oldest one, and its listener sees the gap."""
    if events.full():
        events.get_nowait()
    events.put_nowait(event)

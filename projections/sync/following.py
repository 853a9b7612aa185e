"""Follows the registries and the calendar: brings changes in as they come. One that is away stops alone."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import structlog

from projections.sync.change import apply, prepare, read, rehearse
from projections.sync.day import turn
from projections.sync.definition import SCHEMA
from projections.sync.errors import NotBuilt, Superseded
from projections.sync.kept import Kept
from projections.sync.lanes import first_failure
from projections.sync.writing import Connection, writing
from sources.errors import Nonsense, SourceError
from sources.raw import Range, RawReader
from sources.registry import Registry

BATCH = 20_000
"""Revisions that are brought in at once, at most."""
LONGEST_PAUSE = 10.0
"""Seconds after which a registry that is away is asked again, at most."""

log = structlog.get_logger("projections.sync")


class Following:
    """Changes of all registries on their way into the projection, over one connection, a batch at a time."""

    def __init__(
        self,
        connection: Connection,
        readers: Mapping[Registry, RawReader],
        today: Callable[[], dt.date],
        kept: Kept,
        seed: int,
    ) -> None:
        self._connection = connection
        self._readers = readers
        self._today = today
        self._kept = kept
        self._seed = seed
        self._writing = asyncio.Lock()

    async def follow(self, interval: float) -> None:
        """Follow for ever, looking at each registry every so many seconds.

        Raises Superseded, NotBuilt or the driver's errors.
        """
        await first_failure(
            *(self._follow(registry, interval) for registry in self._readers), self._follow_days(interval)
        )

    async def warm(self) -> None:
        """Have in memory what a change reads, before the first one comes."""
        async with self._writing:
            await rehearse(self._connection)

    async def catch_up(self, registry: Registry) -> None:
        """Bring in what a registry has now. Raises SourceError."""
        while not await self._step(registry):
            pass

    async def turn_day(self) -> None:
        """Turn the projection to today where it is of another day."""
        async with self._writing:
            today = self._today()
            if await turn(self._connection, today):
                log.info("projection turned", day=today.isoformat())

    async def _follow(self, registry: Registry, interval: float) -> None:
        pause = interval
        while True:
            try:
                at_end = await self._step(registry)
            except SourceError as exc:
                self._kept.tell_away(registry, exc)
                pause = min(pause * 2, LONGEST_PAUSE)
                await asyncio.sleep(pause)
                continue
            self._kept.tell_back(registry)
            pause = interval
            if at_end:
                await asyncio.sleep(interval)

    async def _follow_days(self, interval: float) -> None:
        day = None
        while True:
            if day != self._today():
                day = self._today()
                await self.turn_day()
            await asyncio.sleep(interval)

    async def _step(self, registry: Registry) -> bool:
        """Bring the next batch of a registry in; whether that is everything that was there when it began."""
        reader, moment = self._readers[registry], dt.datetime.now(dt.UTC)
        standing = await reader.standing()
        done = self._kept.position(registry)
        if standing.origin != done.origin:
            raise NotBuilt
        if standing.revision < done.revision:
            raise Nonsense(registry)  # a replica that lags, or a restored backup: its part waits
        until = min(standing.revision, done.revision + BATCH)
        as_of = moment if until == standing.revision else None
        if until > done.revision:
            batch = await read(reader, registry, Range(done.revision, until, self._seed), as_of)
            async with self._writing:
                rows = await apply(self._connection, batch)
        else:
            rows = 0
            async with self._writing:
                if await self._connection.execute(_REACHED, registry, done.revision, as_of) != "UPDATE 1":
                    raise Superseded
        self._kept.advance(registry, until, as_of, rows)
        return as_of is not None


_REACHED = "update position set as_of = $3 where registry = $1 and revision = $2"


@asynccontextmanager
async def following(
    url: str, readers: Mapping[Registry, RawReader], today: Callable[[], dt.date], kept: Kept
) -> AsyncIterator[Following]:
    """What follows the registries into the projection that is there."""
    async with writing(url, SCHEMA) as connection:
        await prepare(connection)
        kept.learn(await connection.fetch("select registry, origin, revision, as_of from position"))
        seed = await connection.fetchval("select seed from about")
        yield Following(connection, readers, today, kept, seed)

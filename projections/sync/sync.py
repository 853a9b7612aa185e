"""Keeps the projection: builds it where there is none of this version, then follows the registries."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
import structlog

from projections.errors import ProjectionUnavailable, ProjectionUnusable
from projections.sync.build import Build, Tell
from projections.sync.definition import OLD, SCHEMA, fingerprint
from projections.sync.errors import KeptElsewhere, LeaseLost, NotBuilt, Superseded
from projections.sync.following import LONGEST_PAUSE, following
from projections.sync.kept import Kept
from projections.sync.lease import BUILD, KEEP, TRY, held
from projections.sync.writing import Connection, writing
from sources.dictionary import Dictionaries
from sources.errors import SourceError
from sources.raw import RawReader
from sources.registry import Registry

PAUSE = 1.0

log = structlog.get_logger("projections.sync")

_CHANGED = (Superseded, NotBuilt, LeaseLost)
_FAILED = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    ProjectionUnavailable,
    ProjectionUnusable,
    SourceError,
)


@dataclass(frozen=True, slots=True)
class Sync:
    """What keeps a projection of these registries."""

    url: str = field(repr=False)
    readers: Mapping[Registry, RawReader]
    dictionaries: Dictionaries
    today: Callable[[], dt.date]
    interval: float
    """Seconds between two looks at a registry."""
    lease: float
    """Seconds after which another process has taken over from one that is gone."""
    kept: Kept = field(default_factory=Kept)

    async def keep(self) -> None:
        """Keep the projection for ever, whenever no other process does."""
        told = ""
        while True:
            try:
                await self._keep_in_turn()
            except _CHANGED as exc:
                log.info("projection looked at anew", reason=type(exc).__name__)
            except _FAILED as exc:
                reason = str(exc) if isinstance(exc, _TOLD) else type(exc).__name__
                if reason != told:
                    log.warning("projection not kept", reason=reason)
                told = reason
                await asyncio.sleep(PAUSE)
            else:
                told = ""
                await asyncio.sleep(self.lease / TRY)

    async def once(self, tell: Tell) -> list[SourceError]:
        """Bring everything in that the registries have now; the registries that are away, by their errors.

        Raises KeptElsewhere, SourceError where a build needs one that is away, or what the database raises.
        """
        async with held(self.url, KEEP, self.lease) as lease:
            if lease is None:
                raise KeptElsewhere
            away: list[SourceError] = []
            await lease.during(self._once(tell, away))
            return away

    async def rebuild(self, tell: Tell) -> None:
        """Build anew beside the projection that is there, and swap. Raises KeptElsewhere, SourceError."""
        async with held(self.url, BUILD, self.lease) as lease:
            if lease is None:
                raise KeptElsewhere
            build = Build(self.url, self.readers, self.dictionaries, self.today(), tell)
            await lease.during(build.run())
        self.kept.builds += 1

    async def close(self) -> None:
        """End the connections to the registries."""
        for reader in self.readers.values():
            await reader.close()

    async def _keep_in_turn(self) -> None:
        """Keep it until something changes; nothing but a look where another process does."""
        async with held(self.url, KEEP, self.lease) as lease:
            if lease is None:
                await self._look()
                return
            self.kept.holds = True
            try:
                await lease.during(self._keep())
            finally:
                self.kept.holds = False

    async def _keep(self) -> None:
        while not await self._is_built():
            await self._rebuild_patiently()
        await self._clear()
        async with following(self.url, self.readers, self.today, self.kept) as changes:
            await changes.warm()
            await changes.follow(self.interval)

    async def _rebuild_patiently(self) -> None:
        """Build; while a registry is away, try again: what is copied stays."""
        pause = self.interval
        log.info("projection is built")
        while True:
            try:
                await self.rebuild(lambda _: None)
            except KeptElsewhere:
                await asyncio.sleep(PAUSE)
            except SourceError as exc:
                self.kept.tell_away(exc.registry, exc)
                pause = min(pause * 2, LONGEST_PAUSE)
                await asyncio.sleep(pause)
                continue
            return

    async def _once(self, tell: Tell, away: list[SourceError]) -> None:
        if not await self._is_built():
            await self.rebuild(tell)
        await self._clear()
        async with following(self.url, self.readers, self.today, self.kept) as changes:
            await changes.turn_day()
            for registry in self.readers:
                try:
                    await changes.catch_up(registry)
                except SourceError as exc:
                    away.append(exc)

    async def _clear(self) -> None:
        """Take away what a build left that was killed when it had swapped, unless one is under way."""
        async with held(self.url, BUILD, self.lease) as lease:
            if lease is not None:
                async with self._reading() as connection:
                    await connection.execute(f"drop schema if exists {OLD} cascade")

    async def _is_built(self) -> bool:
        """Whether there is a projection of this version, of the databases that the registries are now."""
        async with self._reading() as connection:
            if await connection.fetchval("select to_regclass('about')") is None:
                return False
            found = await connection.fetchval("select fingerprint from about")
            if found != fingerprint(self.dictionaries):
                return False
            self.kept.learn(await connection.fetch(_POSITIONS))
        return await self._are_the_same()

    async def _are_the_same(self) -> bool:
        """Whether each registry that answers is the database that was copied."""
        for registry, reader in self.readers.items():
            try:
                standing = await reader.standing()
            except SourceError:
                continue
            if standing.origin != self.kept.position(registry).origin:
                log.warning("registry is another database", registry=registry.value)
                return False
        return True

    async def _look(self) -> None:
        """See how far the process that keeps it has come."""
        async with self._reading() as connection:
            if await connection.fetchval("select to_regclass('position')") is not None:
                self.kept.learn(await connection.fetch(_POSITIONS))

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[Connection]:
        async with writing(self.url, SCHEMA) as connection:
            yield connection


_POSITIONS = "select registry, origin, revision, as_of from position"
_TOLD = (ProjectionUnavailable, ProjectionUnusable, SourceError)

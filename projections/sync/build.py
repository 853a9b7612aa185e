"""Builds the projection beside the one that is there and swaps; goes on where a build stopped."""

import asyncio
import datetime as dt
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from projections.findings import keeping as findings
from projections.sync.definition import NEXT, OLD, SCHEMA, Name, covered, fingerprint, names, statement
from projections.sync.errors import Superseded
from projections.sync.lanes import in_lanes
from projections.sync.steps import works
from projections.sync.writing import Connection, piped, writing
from sources.dictionary import Dictionaries
from sources.raw import Range, RawReader
from sources.registry import Registry
from sources.sql.raw import RAW_TABLES

CHUNK = 1_000_000
"""Revisions that are copied in one transaction: so much is read again after a crash, at most."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part of the work has come: revisions of a registry, or steps after the copying."""

    what: str
    done: int
    of: int


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Build:
    """A build of the whole projection for one day."""

    url: str
    readers: Mapping[Registry, RawReader]
    dictionaries: Dictionaries
    day: dt.date
    tell: Tell = lambda _: None
    seed: int | None = None
    """What people are hashed with; None: as in the projection that is there, or anything."""

    async def run(self) -> None:
        """Build and swap. Raises SourceError when a registry fails; what was copied so far stays.

        Run it again to go on. A build that another version began, or for another seed, is begun anew.
        """
        async with writing(self.url, NEXT) as connection:
            await self._begin(connection)
            seed = await connection.fetchval("select seed from about")
            await self._copy_all(seed)
            await self._finish(connection)

    async def _begin(self, connection: Connection) -> None:
        """Make the empty tables, unless a build of this version is under way."""
        async with connection.transaction():
            if await self._is_under_way(connection):
                return
            seed = await _seed(connection) if self.seed is None else self.seed
            await connection.execute(f"drop schema if exists {NEXT} cascade")
            await connection.execute(f"create schema {NEXT}")
            await connection.execute(statement("tables"))
            await findings.make(connection, self.dictionaries)
            await connection.execute(_BUILDING)
            about = "insert into about (fingerprint, seed, day) values ($1, $2, $3)"
            await connection.execute(about, fingerprint(self.dictionaries), seed, self.day)
            await connection.copy_records_to_table(
                "name", records=names(self.dictionaries), columns=Name._fields
            )
            await connection.copy_records_to_table("coverage", records=covered(self.dictionaries))

    async def _is_under_way(self, connection: Connection) -> bool:
        if await connection.fetchval("select to_regclass($1)", f"{NEXT}.building") is None:
            return False
        found: str = await connection.fetchval("select fingerprint from about")
        return found == fingerprint(self.dictionaries)

    async def _copy_all(self, seed: int) -> None:
        """Copy every registry. Those that answer are copied whole before one that does not is told."""
        copying = (self._copy(registry, reader, seed) for registry, reader in self.readers.items())
        for result in await asyncio.gather(*copying, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def _copy(self, registry: Registry, reader: RawReader, seed: int) -> None:
        async with writing(self.url, NEXT) as connection:
            bound = await self._bound(connection, registry, reader)
            done = await connection.fetchval(_POSITION, registry)
            self.tell(Progress(registry, done, bound))
            while done < bound:
                until = min(done + CHUNK, bound)
                await self._copy_chunk(connection, registry, reader, Range(done, until, seed))
                done = until
                self.tell(Progress(registry, done, bound))

    async def _bound(self, connection: Connection, registry: Registry, reader: RawReader) -> int:
        """The last revision that the build copies of a registry, fixed when it is first asked for."""
        found: int | None = await connection.fetchval(_BOUND, registry)
        if found is None:
            moment = dt.datetime.now(dt.UTC)
            origin, found = await reader.standing()
            async with connection.transaction():
                await connection.execute("insert into building values ($1, $2)", registry, found)
                position = "insert into position (registry, origin, revision, as_of) values ($1, $2, 0, $3)"
                await connection.execute(position, registry, origin, moment)
        return found

    async def _copy_chunk(
        self, connection: Connection, registry: Registry, reader: RawReader, asked: Range
    ) -> None:
        """Copy a range of revisions of all tables of a registry, and say so in the same transaction."""
        async with connection.transaction():
            if await connection.fetchval(f"{_POSITION} for update", registry) != asked.after:
                raise Superseded
            for table in RAW_TABLES:
                if table.registry is registry:
                    await piped(reader, table, asked, connection)
            advance = "update position set revision = $2 where registry = $1"
            await connection.execute(advance, registry, asked.until)

    async def _finish(self, connection: Connection) -> None:
        """Derive, make keys and indexes, and swap."""
        remaining = works()
        done = 0

        def tell(name: str) -> None:
            nonlocal done
            self.tell(Progress(name, done, len(remaining)))
            done += 1

        await in_lanes(remaining, self._lane, tell)
        await _swap(connection)
        self.tell(Progress("in its place", len(remaining), len(remaining)))

    @asynccontextmanager
    async def _lane(self) -> AsyncIterator[Connection]:
        """A connection of a lane's own: of the processors it leaves one to the other lane."""
        async with writing(self.url, NEXT, max_parallel_maintenance_workers="1") as connection:
            yield connection


_BUILDING = """
create table building (registry text primary key, revision bigint not null);
create table step (name text primary key)"""
_BOUND = "select revision from building where registry = $1"
_POSITION = "select revision from position where registry = $1"


async def _seed(connection: Connection) -> int:
    """The seed of the projection that is there, so that keys outlive a rebuild; else a new one."""
    if await connection.fetchval("select to_regclass($1)", f"{SCHEMA}.about") is None:
        return secrets.randbits(62)
    return int(await connection.fetchval(f"select seed from {SCHEMA}.about"))


async def _swap(connection: Connection) -> None:
    """Put the new projection in the place of the old one, at once, and take the old one away."""
    async with connection.transaction():
        await connection.execute("drop table building, step")
        await connection.execute("update about set built_at = now()")
        await connection.execute(f"drop schema if exists {OLD} cascade")
        if await connection.fetchval("select to_regclass($1)", f"{SCHEMA}.about") is not None:
            # Who brings changes into the old one holds this: he ends before, or begins after in the new one.
            await connection.execute(f"lock table {SCHEMA}.about in exclusive mode")
        if await connection.fetchval("select to_regnamespace($1)", SCHEMA) is not None:
            await connection.execute(f"alter schema {SCHEMA} rename to {OLD}")
        await connection.execute(f"alter schema {NEXT} rename to {SCHEMA}")
    await connection.execute(f"drop schema if exists {OLD} cascade")

"""The journal in Svod's own database: adds entries and reads them, and can do nothing else."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from audit.chain import Entry, Head
from audit.filter import EVERYTHING, JournalFilter, condition

APPEND = "select last_number, last_hash from journal.append($1::text[])"
COLUMNS = "number, previous, hash, body"
NEWEST = f"select {COLUMNS} from journal.entry order by number desc limit 1"  # noqa: S608
START = "select number, hash from journal.start"

AT_ONCE = 2_000
"""Entries held in memory at a time while all are read."""


class JournalReader(Protocol):
    """Reads the journal back. Raises JournalUnavailable."""

    async def page(self, asked: JournalFilter, before: int | None, limit: int) -> Sequence[Entry]:
        """The newest entries that a filter finds, older than the number `before`."""
        ...

    async def count(self, asked: JournalFilter) -> int:
        """How many entries a filter finds."""
        ...


class Connections(Protocol):
    """Lends connections to the database that holds the journal."""

    def connection(self) -> AbstractAsyncContextManager[Any]:
        """A connection. Raises JournalUnavailable, also for what goes wrong while it is lent."""
        ...


class Journal:
    """The journal. Every method raises JournalUnavailable where its database does not answer."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def append(self, bodies: Sequence[str]) -> Head:
        """Add entries in one transaction and give the newest; when this returns, no crash undoes them."""
        async with self._connections.connection() as connection:
            row = await connection.fetchrow(APPEND, list(bodies))
        return Head(row[0], row[1])

    async def head(self) -> Head:
        """The newest entry; where there is none, what the first one will follow."""
        async with self._connections.connection() as connection:
            row = await connection.fetchrow(NEWEST)
        return Entry(*row).head if row else await self.start()

    async def start(self) -> Head:
        """What the oldest entry that is kept follows."""
        async with self._connections.connection() as connection:
            return Head(*await connection.fetchrow(START))

    async def entries(self, asked: JournalFilter = EVERYTHING) -> AsyncIterator[Entry]:
        """Every entry that a filter finds, oldest first, a bounded number held at a time."""
        where, values = condition(asked)
        place = f"${len(values) + 1}"
        statement = (
            f"select {COLUMNS} from journal.entry"  # noqa: S608
            f" where {where} and number > {place} order by number limit {AT_ONCE}"
        )
        after = -1
        while True:
            async with self._connections.connection() as connection:
                rows = await connection.fetch(statement, *values, after)
            for row in rows:
                yield Entry(*row)
            if len(rows) < AT_ONCE:
                return
            after = rows[-1][0]

    async def page(self, asked: JournalFilter, before: int | None, limit: int) -> list[Entry]:
        """The newest entries that a filter finds, older than the number `before`."""
        where, values = condition(asked)
        if before is not None:
            values.append(before)
            where += f" and number < ${len(values)}"
        statement = f"select {COLUMNS} from journal.entry where {where} order by number desc limit {limit:d}"  # noqa: S608
        async with self._connections.connection() as connection:
            return [Entry(*row) for row in await connection.fetch(statement, *values)]

    async def count(self, asked: JournalFilter) -> int:
        """How many entries a filter finds."""
        where, values = condition(asked)
        async with self._connections.connection() as connection:
            found = await connection.fetchval(f"select count(*) from journal.entry where {where}", *values)  # noqa: S608
        return int(found)

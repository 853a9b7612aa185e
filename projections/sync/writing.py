"""Connections by which the projection is written, and the way of a registry's bytes into a table."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg

from projections.errors import ProjectionUnavailable, ProjectionUnusable
from sources.errors import SourceError
from sources.raw import Range, RawReader, RawTable

Connection: TypeAlias = Any
"""The driver's connection; it comes without types."""

Pieces: TypeAlias = "asyncio.Queue[bytes | SourceError | None]"
"""What was read and not yet taken; None is the end."""

PATIENCE = 10.0
"""Seconds in which a connection must be had."""
AHEAD = 64
"""Pieces that are read of a registry before the table has taken them."""

SETTINGS = {
    "application_name": "svod-sync",
    # What a crash of the server loses of it is read again: its position goes with the rows.
    "synchronous_commit": "off",
    "jit": "off",
    "datestyle": "ISO",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_maintenance_workers": "2",
    "client_min_messages": "warning",
    # A process that stopped in the middle holds nothing up for longer than this.
    "idle_in_transaction_session_timeout": "60s",
}

_AWAY = (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError)


@asynccontextmanager
async def writing(url: str, schema: str, **settings: str) -> AsyncIterator[Connection]:
    """A connection whose statements mean this schema."""
    try:
        connection = await asyncpg.connect(
            url,
            timeout=PATIENCE,
            server_settings=SETTINGS | {"search_path": f"{schema}, pg_temp"} | settings,
            # Tables come and go under the same names: a statement is planned for those that are there.
            statement_cache_size=0,
        )
    except _AWAY as exc:
        raise ProjectionUnavailable("the projection's database does not answer") from exc
    except asyncpg.PostgresError as exc:
        raise ProjectionUnusable(f"its database refuses the account ({type(exc).__name__})") from exc
    try:
        yield connection
    finally:
        connection.terminate()


async def piped(reader: RawReader, raw: RawTable, asked: Range, connection: Connection) -> int:
    """Copy a range of a registry's table into the table of the same name, a piece at a time; how many rows.

    Raises SourceError where the registry failed.
    """
    pieces: Pieces = asyncio.Queue(AHEAD)
    reading = asyncio.create_task(_read(reader, raw, asked, pieces))
    try:
        return rows_copied(
            await connection.copy_to_table(
                raw.name, source=_each(pieces), columns=raw.columns, format="binary"
            )
        )
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def rows_copied(told: str) -> int:
    """How many rows a COPY says that it took."""
    return int(told.split()[-1])


async def taken(pieces: Sequence[bytes], table: str, columns: Sequence[str], connection: Connection) -> int:
    """Copy what was read before into a table; how many rows."""

    async def each() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return rows_copied(await connection.copy_to_table(table, source=each(), columns=columns, format="binary"))


async def _read(reader: RawReader, raw: RawTable, asked: Range, pieces: Pieces) -> None:
    try:
        await reader.copy(raw, asked, pieces.put)
    except SourceError as exc:
        await pieces.put(exc)
    else:
        await pieces.put(None)


async def _each(pieces: Pieces) -> AsyncIterator[bytes]:
    """The pieces until their end; that the registry failed is raised where they are taken."""
    while (piece := await pieces.get()) is not None:
        if isinstance(piece, SourceError):
            raise piece
        yield piece

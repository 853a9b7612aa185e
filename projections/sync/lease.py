"""The right to keep the projection: one process has it, until its connection ends or it is silent."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from projections.sync.definition import SCHEMA
from projections.sync.errors import LeaseLost
from projections.sync.writing import Connection, writing

KEEP = 5148723991066170001
"""The advisory lock of who brings changes in."""
BUILD = 5148723991066170002
"""The advisory lock of who builds."""

SILENCE, SIGN, TRY = 2, 6, 4
"""Parts of a lease: the server ends who is silent for half of it; signs and tries of others come oftener."""

_ENDED = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What a sign meets whose connection has ended, or is about to."""


@asynccontextmanager
async def held(url: str, lock: int, seconds: float) -> AsyncIterator["Lease | None"]:
    """The lease, or None where another process has it. Raises ProjectionUnavailable."""
    silence = {"idle_session_timeout": f"{int(seconds * 1000 / SILENCE)}ms"}
    async with writing(url, SCHEMA, **silence) as connection:
        if not await connection.fetchval("select pg_try_advisory_lock($1)", lock):
            yield None
            return
        lease = Lease(connection)
        signs = asyncio.create_task(lease.give_signs(seconds / SIGN))
        try:
            yield lease
        finally:
            signs.cancel()
            await asyncio.gather(signs, return_exceptions=True)


class Lease:
    """A lease that was had, until it is lost."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lost = asyncio.Event()
        connection.add_termination_listener(lambda _: self._lost.set())

    async def give_signs(self, interval: float) -> None:
        """Tell the server that somebody is there, again and again."""
        with suppress(*_ENDED):
            while True:
                await asyncio.sleep(interval)
                await self._connection.execute("select 1", timeout=interval * 2)
        self._lost.set()

    async def during(self, work: Coroutine[Any, Any, None]) -> None:
        """Do a work for as long as the lease holds. Raises LeaseLost when it ends before the work."""
        working, losing = asyncio.create_task(work), asyncio.create_task(self._lost.wait())
        try:
            await asyncio.wait({working, losing}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise LeaseLost
            working.result()
        finally:
            for task in (working, losing):
                task.cancel()
            await asyncio.gather(working, losing, return_exceptions=True)

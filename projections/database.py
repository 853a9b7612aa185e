"""The projection's database, for those who read it: connections that find its tables. Never writes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg

from projections.errors import ProjectionUnavailable

Pool: TypeAlias = Any
"""The driver's pool; it comes without types."""

SCHEMA = "projection"
_LET_GO = 1.0

SETTINGS = {
    "application_name": "svod-search",
    "search_path": SCHEMA,
    "default_transaction_read_only": "on",
    # The best plan depends on how common the values are that are asked for.
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",
    # Nearly every page is in memory: with the usual prices a million entries of an index are read through
    # rather than thirty thousand rows looked up.
    "seq_page_cost": "0.3",
    "random_page_cost": "0.4",
}

_AWAY = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server's goodbye came, and the connection has not ended yet
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.InsufficientResourcesError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)
_NOT_BUILT = (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError, asyncpg.UndefinedColumnError)


class Projection:
    """The connections of searches. One that is away or not built yet is found again by itself."""

    def __init__(self, url: str, connections: int = 8, timeout: float = 2.0) -> None:
        """`timeout`: seconds in which a connection must be had."""
        self._url = url
        self._connections = connections
        self._timeout = timeout
        self._pool: Pool | None = None
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection. Raises ProjectionUnavailable when the database is away or the tables are not there.

        Any other error of the driver is the caller's own.
        """
        try:
            pool = self._pool or await self._opened()
            async with pool.acquire(timeout=self._timeout) as connection:
                yield connection
        except _NOT_BUILT as exc:
            raise ProjectionUnavailable("the projection is not built yet") from exc
        except _AWAY as exc:
            if isinstance(exc, asyncpg.InterfaceError) and isinstance(exc, ValueError):
                raise  # a wrong argument, not a lost connection
            raise ProjectionUnavailable("the projection's database does not answer") from exc

    async def close(self) -> None:
        """Close the connections; what does not end in time is dropped."""
        if self._pool is None:
            return
        try:
            async with asyncio.timeout(_LET_GO):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    async def _opened(self) -> Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=self._connections,
                    timeout=self._timeout,
                    reset=_leave_as_is,
                    server_settings=SETTINGS,
                )
        return self._pool


async def _leave_as_is(_: Any) -> None:
    """No reset of the session: whoever changes a setting does so for his transaction alone."""

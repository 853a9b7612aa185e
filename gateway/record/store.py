"""Svod's own database: made ready at its first use, found again when it comes back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

import asyncpg
import structlog

from audit.errors import JournalUnavailable
from cabinet.errors import CabinetUnavailable
from gateway.record.store_migrations import MigrationFault, migrate, pending

Pool: TypeAlias = Any
"""The driver's pool; it comes without types."""

Unavailable: TypeAlias = JournalUnavailable | CabinetUnavailable
"""What tells that the store does not answer."""

_LET_GO = 1.0
_WRONG = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_OWNS = "select pg_has_role(relowner, 'member') from pg_class where oid = 'journal.entry'::regclass"

log = structlog.get_logger("gateway.record.store")


class StoreState(StrEnum):
    """How the store is, as `/readyz` tells it."""

    OK = "ok"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class StoreUrls:
    """The store's address for the gateway, and for whoever owns its tables; None: the gateway itself."""

    runtime: str = field(repr=False)
    owner: str | None = field(default=None, repr=False)


class Store:
    """The connections to the store. While it is away the gateway runs on, without what needs it."""

    def __init__(
        self,
        urls: StoreUrls,
        timeout: float,
        connections: int = 4,
        unavailable: type[Unavailable] = JournalUnavailable,
    ) -> None:
        """`unavailable`: what is raised where it does not answer, in the words of who uses it."""
        self._unavailable = unavailable
        self._urls = urls
        self._timeout = timeout
        self._connections = connections
        self._pool: Pool | None = None
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """Make the tables ready. Where that cannot be done now, say so; it is tried again at each use."""
        try:
            await self._opened()
        except self._unavailable as exc:
            log.warning("store unavailable", reason=type(exc.__cause__).__name__)

    async def state(self) -> StoreState:
        """Whether it answers just now."""
        try:
            async with asyncio.timeout(self._timeout), self.connection() as connection:
                await connection.fetchval("select 1")
        except (self._unavailable, TimeoutError):
            return StoreState.UNAVAILABLE
        return StoreState.OK

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection; whatever goes wrong with the database while it is lent is raised as unavailable."""
        pool = self._pool or await self._opened()
        try:
            async with pool.acquire(timeout=self._timeout) as connection:
                yield connection
        except _WRONG as exc:
            raise self._unavailable(exc) from exc

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
                try:
                    await prepared(self._urls, self._timeout)
                    self._pool = await asyncpg.create_pool(
                        self._urls.runtime, min_size=0, max_size=self._connections, **_options(self._timeout)
                    )
                except _WRONG as exc:
                    raise self._unavailable(exc) from exc
                except MigrationFault as exc:
                    log.error("store unusable", reason=str(exc))
                    raise self._unavailable(exc) from exc
        return self._pool


async def prepared(urls: StoreUrls, patience: float) -> list[str]:
    """Apply the steps that are pending, by the owner's account where there is one, and name them."""
    connection = await asyncpg.connect(urls.owner or urls.runtime, timeout=patience)
    try:
        async with asyncio.timeout(60):
            if urls.owner is not None:
                done = await migrate(connection, account(urls.runtime))
            else:
                done = await migrate(connection) if await pending(connection) else []
                if await connection.fetchval(_OWNS):
                    # The trigger refuses changes even to the owner, but the owner may drop the trigger.
                    log.warning("the gateway's account owns the journal", setting="SVOD_STORE_OWNER_URL")
    finally:
        await connection.close(timeout=_LET_GO)
    for each in done:
        log.info("store migrated", step=each.name)
    return [each.name for each in done]


def account(url: str) -> str:
    """The account in a database's URL."""
    return unquote(urlsplit(url).username or "")


def _options(timeout: float) -> dict[str, Any]:
    return {
        "timeout": timeout,
        "reset": _leave_as_is,
        "server_settings": {
            "application_name": "svod-store",
            # An entry stands only when it is on the disk, whatever the server's own default is.
            "synchronous_commit": "on",
            "statement_timeout": str(int(timeout * 1000)),
            "jit": "off",
        },
    }


async def _leave_as_is(_: Any) -> None:
    """No reset of the session: every statement is a transaction of its own."""

"""One connection to a registry, with the statements that it has prepared. Knows no registry and no limits."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Self, TypeAlias, cast

import asyncpg

from sources.sql.statement import Planning, Statement

STATEMENTS_KEPT = 256
"""Statements that a connection keeps prepared, with their plans."""

SETTINGS: Mapping[str, str] = {
    "application_name": "svod",
    "default_transaction_read_only": "on",
    # Compiling a plan takes longer than any of these reads.
    "jit": "off",
}

Connection: TypeAlias = Any
"""The driver's connection; it comes without types."""

PreparedStatement: TypeAlias = Any
"""The driver's prepared statement."""

TABLE_CHANGED = (asyncpg.InvalidCachedStatementError, asyncpg.OutdatedSchemaCacheError)
"""Raised for a statement that was prepared before its table was changed."""

BROKEN = asyncpg.InternalClientError
"""Raised where the driver has lost its way, as after the server's goodbye: such a connection is of no use."""


class Line:
    """A connection. One read at a time; in autocommit, so that a read leaves nothing behind."""

    __slots__ = ("_connection", "_prepared", "age", "planning", "resting")

    def __init__(self, connection: Connection, planning: Planning) -> None:
        self.planning = planning
        self.age = 0
        """Looks that its pool has taken at it."""
        self.resting = False
        """Not used since the last of them."""
        self._connection = connection
        self._prepared: dict[str, PreparedStatement] = {}

    @classmethod
    async def open(cls, url: str, planning: Planning, seconds: float) -> Self:
        """A connection to this database, opened in so many seconds; each statement has as many there."""
        settings = {
            **SETTINGS,
            "plan_cache_mode": planning.value,
            # What nobody waits for any more, the registry need not finish.
            "statement_timeout": str(int(seconds * 1000)),
        }
        return cls(await asyncpg.connect(url, timeout=seconds, server_settings=settings), planning)

    @property
    def closed(self) -> bool:
        """Whether the connection has ended, from either side."""
        return cast("bool", self._connection.is_closed())

    def rows(self, statement: Statement, arguments: Sequence[Any]) -> Awaitable[Sequence[Any]]:
        """The rows of a statement."""
        prepared = self._prepared.get(statement.text)
        if prepared is None or self.planning is not statement.planning:
            return self._made_ready(statement, arguments)
        found: Awaitable[Sequence[Any]] = prepared.fetch(*arguments)
        return found

    def forget(self) -> None:
        """Prepare every statement anew."""
        self._prepared.clear()

    def when_ended(self, tell: Callable[["Line"], None]) -> None:
        """Tell when the connection has ended, from either side."""
        self._connection.add_termination_listener(lambda _: tell(self))

    async def check(self, seconds: float) -> None:
        """Wait until what was given up has ended here, and see that the connection works."""
        await self._connection.execute("select 1", timeout=seconds)

    async def close(self, seconds: float) -> None:
        """Say goodbye and end, or end at once when that takes too long."""
        with suppress(Exception):
            await self._connection.close(timeout=seconds)

    def drop(self) -> None:
        """End at once."""
        self._connection.terminate()

    async def _made_ready(self, statement: Statement, arguments: Sequence[Any]) -> Sequence[Any]:
        if self.planning is not statement.planning:
            await self._turn_to(statement.planning)
        prepared = self._prepared.get(statement.text)
        if prepared is None:
            prepared = await self._connection.prepare(statement.text)
            if len(self._prepared) >= STATEMENTS_KEPT:
                del self._prepared[next(iter(self._prepared))]
            self._prepared[statement.text] = prepared
        found: Sequence[Any] = await prepared.fetch(*arguments)
        return found

    async def _turn_to(self, planning: Planning) -> None:
        try:
            await self._connection.execute(f"set plan_cache_mode = {planning.value}")
        except BaseException:
            self.drop()  # nobody knows how it plans now
            raise
        self.planning = planning

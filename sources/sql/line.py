"""One connection to a registry, with the statements that it has prepared. Knows no registry and no limits."""

from collections.abc import Mapping, Sequence
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

_TABLE_CHANGED = (asyncpg.InvalidCachedStatementError, asyncpg.OutdatedSchemaCacheError)


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
        self._prepared: dict[str, Any] = {}

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

    async def rows(self, statement: Statement, arguments: Sequence[Any]) -> Sequence[Any]:
        """The rows of a statement."""
        if self.planning is not statement.planning:
            await self._turn_to(statement.planning)
        prepared = self._prepared.get(statement.text) or await self._prepare(statement.text)
        try:
            return cast("Sequence[Any]", await prepared.fetch(*arguments))
        except _TABLE_CHANGED:
            prepared = await self._prepare(statement.text)
            return cast("Sequence[Any]", await prepared.fetch(*arguments))

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

    async def _prepare(self, text: str) -> Any:
        self._prepared.pop(text, None)
        if len(self._prepared) >= STATEMENTS_KEPT:
            del self._prepared[next(iter(self._prepared))]
        prepared = self._prepared[text] = await self._connection.prepare(text)
        return prepared

    async def _turn_to(self, planning: Planning) -> None:
        try:
            await self._connection.execute(f"set plan_cache_mode = {planning.value}")
        except BaseException:
            self.drop()  # nobody knows how it plans now
            raise
        self.planning = planning

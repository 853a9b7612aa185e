"""A registry copied in ranges of revisions, over a connection of its own. Never writes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg

from sources.errors import SourceError
from sources.raw import Range, RawTable, Sink, Standing
from sources.registry import Registry
from sources.sql.faults import translated, unreachable
from sources.sql.raw import REVISED, SELECTS

T = TypeVar("T")

LOOK_SECONDS = 5.0
"""How long it may take to open a connection, or to say the last revision."""

SETTINGS = {
    "application_name": "svod-sync",
    "default_transaction_read_only": "on",
    "jit": "off",
    "datestyle": "ISO",
    # Ranges come in the order of revisions, which is nearly that of the rows.
    "random_page_cost": "1.1",
}

_SELECTS = {each.table: each for each in SELECTS}


class CopyingReader:
    """A RawReader over a registry's database. One read at a time; whatever goes wrong is a SourceError."""

    def __init__(self, registry: Registry, url: str, seconds: float) -> None:
        """`seconds`: what one copy may take."""
        self.registry = registry
        self._url = url
        self._seconds = seconds
        self._connection: Any = None
        revisions = " union all ".join(f"select max(revision) as r from {name}" for name in REVISED[registry])  # noqa: S608
        # A database that was made anew, with other rows under the same revisions, has another number.
        self._standing = f"""
            select (select oid from pg_database where datname = current_database())::text, coalesce(max(r), 0)
            from ({revisions}) as each_table"""  # noqa: S608

    async def standing(self) -> Standing:
        """Which database it is, and the last revision of all its tables."""
        return Standing(*await self._read(lambda line: line.fetchrow(self._standing, timeout=LOOK_SECONDS)))

    async def copy(self, table: RawTable, asked: Range, sink: Sink) -> None:
        """Give the rows of these revisions in PostgreSQL's binary COPY format."""
        text = _SELECTS[table].text(asked)
        await self._read(
            lambda line: line.copy_from_query(text, output=sink, format="binary", timeout=self._seconds)
        )

    async def rows(self, text: str, *values: Any) -> Sequence[Any]:
        """The rows of a statement that compares; it may take as long as a copy."""
        return await self._read(lambda line: line.fetch(text, *values, timeout=self._seconds))

    async def close(self) -> None:
        """End the connection at once."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    async def _read(self, ask: Callable[[Any], Awaitable[T]]) -> T:
        async with self._line() as line:
            return await ask(line)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[Any]:
        """The connection, opened when needed; one that failed is not used again."""
        try:
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncpg.connect(
                    self._url, timeout=LOOK_SECONDS, server_settings=SETTINGS
                )
        except Exception as exc:
            raise unreachable(self.registry, exc) from exc
        try:
            yield self._connection
        except SourceError:
            raise
        except BaseException as exc:
            await self.close()
            if isinstance(exc, Exception):
                raise translated(self.registry, exc) from exc
            raise

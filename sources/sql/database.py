"""One registry's database: a pool made at the first read, guarded reads, named tuples. Never writes."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeAlias, cast

import asyncpg

from sources.errors import Nonsense
from sources.registry import Registry
from sources.resilience import Guard, Limits
from sources.rows import Columns
from sources.sql.contract import Contract, keeps
from sources.sql.faults import translated, unreachable
from sources.sql.keys import key_values
from sources.sql.read import K, Prepared, R, Read, prepared
from sources.sql.statement import Statement

STATEMENTS_KEPT = 1024
"""Compiled statements kept of a registry; of each, a connection keeps its plan."""

Pool: TypeAlias = Any
"""The driver's pool; it comes without types."""

_LET_GO = 1.0
"""Seconds that a given-up statement has to end before its connection is dropped."""


class Database:
    """A registry's database. One that is down does not stop Svod; it is found again when it comes back."""

    def __init__(self, registry: Registry, url: str, limits: Limits) -> None:
        self.registry = registry
        self.guard = Guard(registry, limits)
        self._url = url
        self._limits = limits
        self._pool: Pool | None = None
        self._opening = asyncio.Lock()
        self._leaving: set[asyncio.Task[None]] = set()
        self._prepared = lru_cache(maxsize=STATEMENTS_KEPT)(prepared)

    async def one(self, read: Read[K, R], keys: Sequence[K], columns: Columns) -> dict[K, R]:
        """The row of each key that has one."""
        key_of = self._ready(read, columns).key_of
        return {key_of(row): row for row in await self.found(read, key_values(read.key, keys), columns)}

    async def many(
        self, read: Read[K, R], keys: Sequence[K], columns: Columns, **values: Any
    ) -> dict[K, list[R]]:
        """The rows of each key that has any, in the read's order."""
        key_of = self._ready(read, columns).key_of
        groups: dict[K, list[R]] = {}
        for row in await self.found(read, key_values(read.key, keys), columns, **values):
            groups.setdefault(key_of(row), []).append(row)
        return groups

    async def found(
        self, read: Read[Any, R], asked: Mapping[str, Any], columns: Columns, **values: Any
    ) -> list[R]:
        """The rows that key values find, in the read's order; without key values nothing is asked."""
        if not asked:
            return []
        ready = self._ready(read, columns)
        return self.made(ready, await self.rows(ready.statement, {**asked, **values}))

    def _ready(self, read: Read[K, R], columns: Columns) -> Prepared[K, R]:
        return cast("Prepared[K, R]", self._prepared(read, columns))

    def made(self, ready: Prepared[Any, R], rows: Sequence[Any]) -> list[R]:
        """Rows as named tuples, where the first one has the types of the contract."""
        self._check(ready.contract, rows)
        return list(map(ready.make, rows))

    def _check(self, contract: Contract, rows: Sequence[Any]) -> None:
        if rows and not keeps(tuple(rows[0]), contract):
            raise Nonsense(self.registry)

    async def rows(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Any]:
        """The rows of a statement: the one way to the registry."""
        arguments = statement.arguments(values)
        return await self.guard.run(lambda: self._fetched(statement.text, arguments))

    async def _fetched(self, text: str, arguments: Sequence[Any]) -> Sequence[Any]:
        try:
            pool = self._pool or await self._opened()
            connection = await pool.acquire()
        except Exception as exc:
            raise unreachable(self.registry, exc) from exc
        try:
            rows = await connection.fetch(text, *arguments)
        except asyncio.CancelledError:
            self._let_go(pool, connection)
            raise
        except Exception as exc:
            self._let_go(pool, connection)
            raise translated(self.registry, exc) from exc
        await pool.release(connection)
        return cast("Sequence[Any]", rows)

    async def _opened(self) -> Pool:
        async with self._opening:
            if self._pool is None:
                # No connection yet: a floor would make the start depend on the registry.
                self._pool = await asyncpg.create_pool(self._url, min_size=0, **self._options())
        return self._pool

    def _options(self) -> dict[str, Any]:
        return {
            "max_size": self._limits.concurrency,
            "timeout": self._limits.timeout,
            # Reads in autocommit leave nothing in a session; the driver's reset would double their cost.
            "reset": _leave_as_is,
            "statement_cache_size": STATEMENTS_KEPT // 4,
            "max_cached_statement_lifetime": 0,
            "server_settings": {
                "application_name": "svod",
                "default_transaction_read_only": "on",
                # What nobody waits for any more, the registry need not finish.
                "statement_timeout": str(int(self._limits.timeout * 1000)),
                # Compiling a plan takes longer than any of these reads.
                "jit": "off",
            },
        }

    def _let_go(self, pool: Pool, connection: Any) -> None:
        # Not awaited: a registry that no longer answers must not keep us past the deadline.
        task = asyncio.create_task(_released(pool, connection))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def close(self) -> None:
        """Close the pool; what does not end in time is dropped."""
        await asyncio.gather(*self._leaving)
        if self._pool is None:
            return
        try:
            async with asyncio.timeout(_LET_GO):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()


async def _leave_as_is(_: Any) -> None:
    """No reset of the session."""


async def _released(pool: Pool, connection: Any) -> None:
    # On failure the driver has dropped the connection, and the pool makes another.
    with suppress(Exception):
        await pool.release(connection, timeout=_LET_GO)

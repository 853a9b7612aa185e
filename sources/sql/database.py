"""One registry's database: connections made when needed, guarded reads, named tuples. Never writes."""

from collections.abc import Awaitable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from sources.registry import Registry
from sources.resilience import Guard, Limits
from sources.rows import Columns
from sources.sql.keys import key_arrays
from sources.sql.lines import Lines
from sources.sql.read import K, Prepared, R, Read, prepared
from sources.sql.statement import Statement

STATEMENTS_KEPT = 1024
"""Compiled statements kept of a registry."""


class Database:
    """A registry's database. One that is down does not stop Svod; it is found again when it comes back."""

    def __init__(self, registry: Registry, url: str, limits: Limits) -> None:
        self.registry = registry
        self.guard = Guard(registry, limits)
        self._lines = Lines(registry, url, limits.timeout, self.guard.turns)
        self._prepared: Any = lru_cache(maxsize=STATEMENTS_KEPT)(partial(prepared, registry))

    async def one(self, read: Read[K, R], keys: Sequence[K], columns: Columns) -> dict[K, R]:
        """The row of each key that has one."""
        arrays = key_arrays(read.key, keys)
        if not arrays:
            return {}
        ready: Prepared[K, R] = self._prepared(read, columns)
        found = await self.asked(ready.statement, ready.arguments(arrays, {}))
        key_of = ready.key_of
        return {key_of(row): row for row in ready.rows(found)}

    async def many(
        self, read: Read[K, R], keys: Sequence[K], columns: Columns, **values: Any
    ) -> dict[K, list[R]]:
        """The rows of each key that has any, in the read's order."""
        arrays = key_arrays(read.key, keys)
        if not arrays:
            return {}
        ready: Prepared[K, R] = self._prepared(read, columns)
        rows = ready.rows(await self.asked(ready.statement, ready.arguments(arrays, values)))
        groups: dict[K, list[R]] = {}
        for key, row in zip(map(ready.key_of, rows), rows, strict=True):
            if key in groups:
                groups[key].append(row)
            else:
                groups[key] = [row]
        return groups

    async def found(self, read: Read[Any, R], asked: Mapping[str, Any], columns: Columns) -> list[R]:
        """The rows that key values find, in the read's order; without key values nothing is asked."""
        if not asked:
            return []
        ready: Prepared[Any, R] = self._prepared(read, columns)
        return ready.rows(await self.rows(ready.statement, asked))

    def rows(self, statement: Statement, values: Mapping[str, Any]) -> Awaitable[Sequence[Any]]:
        """The rows of a statement for these values."""
        return self.asked(statement, statement.arguments(values))

    def asked(self, statement: Statement, arguments: list[Any]) -> Awaitable[Sequence[Any]]:
        """The rows of a statement for its arguments in order: the one way to the registry."""
        return self.guard.run(self._lines.rows, statement, arguments)

    async def close(self) -> None:
        """Close its connections."""
        await self._lines.close()

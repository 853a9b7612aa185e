"""One registry's database: connections made when needed, guarded reads, named tuples. Never writes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sources.errors import Nonsense
from sources.registry import Registry
from sources.resilience import Guard, Limits
from sources.rows import Columns
from sources.sql.contract import keeps
from sources.sql.keys import key_values
from sources.sql.lines import Lines
from sources.sql.read import K, Prepared, R, Read, prepared
from sources.sql.statement import Statement

STATEMENTS_KEPT = 1024
"""Compiled statements kept of a registry."""

_NONE: Mapping[str, Any] = {}


class Database:
    """A registry's database. One that is down does not stop Svod; it is found again when it comes back."""

    def __init__(self, registry: Registry, url: str, limits: Limits) -> None:
        self.registry = registry
        self.guard = Guard(registry, limits)
        self._lines = Lines(registry, url, limits.timeout, self.guard.turns)
        self._prepared = lru_cache(maxsize=STATEMENTS_KEPT)(prepared)

    async def one(self, read: Read[K, R], keys: Sequence[K], columns: Columns) -> dict[K, R]:
        """The row of each key that has one."""
        ready = self._ready(read, columns)
        rows = await self._found(ready, key_values(read.key, keys))
        key_of = ready.key_of
        return {key_of(row): row for row in rows}

    async def many(
        self, read: Read[K, R], keys: Sequence[K], columns: Columns, **values: Any
    ) -> dict[K, list[R]]:
        """The rows of each key that has any, in the read's order."""
        ready = self._ready(read, columns)
        rows = await self._found(ready, key_values(read.key, keys), values)
        groups: dict[K, list[R]] = {}
        for key, row in zip(map(ready.key_of, rows), rows, strict=True):
            if key in groups:
                groups[key].append(row)
            else:
                groups[key] = [row]
        return groups

    async def found(self, read: Read[Any, R], asked: Mapping[str, Any], columns: Columns) -> list[R]:
        """The rows that key values find, in the read's order; without key values nothing is asked."""
        return await self._found(self._ready(read, columns), asked)

    async def _found(
        self, ready: Prepared[K, R], asked: Mapping[str, Any], values: Mapping[str, Any] = _NONE
    ) -> list[R]:
        if not asked:
            return []
        return self.made(ready, await self.rows(ready.statement, {**asked, **values} if values else asked))

    def _ready(self, read: Read[K, R], columns: Columns) -> Prepared[K, R]:
        return cast("Prepared[K, R]", self._prepared(read, columns))

    def made(self, ready: Prepared[Any, R], found: Sequence[Any]) -> list[R]:
        """Rows as named tuples, where the first one has the types of the contract."""
        if found and not keeps(found[0], ready.contract):
            raise Nonsense(self.registry)
        return ready.rows(found)

    async def rows(self, statement: Statement, values: Mapping[str, Any]) -> Sequence[Any]:
        """The rows of a statement: the one way to the registry."""
        return await self.guard.run(self._lines.rows, statement, statement.arguments(values))

    async def close(self) -> None:
        """Close its connections."""
        await self._lines.close()

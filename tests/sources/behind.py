"""What is really in the registries' tables, past the sources under test."""

from collections.abc import Mapping
from typing import Any

from sources.registry import Registry


class Behind:
    """Plain statements to a registry."""

    def __init__(self, connections: Mapping[Registry, Any]) -> None:
        self._connections = connections

    async def rows(self, registry: Registry, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Rows as plain tuples."""
        return [tuple(row) for row in await self._connections[registry].fetch(statement, *arguments)]

    async def column(self, registry: Registry, statement: str, *arguments: object) -> list[Any]:
        """The first column of the rows."""
        return [row[0] for row in await self.rows(registry, statement, *arguments)]

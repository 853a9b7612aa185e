"""The statements of statements.sql by name, and connections to ask them on; for the subjects in Python."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from sources.registry import Registry

HERE = Path(__file__).parent
CONNECTIONS = 8
"""To each registry, as the gateway's own default."""
OPTIONS: Mapping[str, Any] = {
    "max_cached_statement_lifetime": 0,
    # PostgreSQL makes a plan anew for each array of keys unless told that one plan is good for all.
    "server_settings": {"jit": "off", "plan_cache_mode": "force_generic_plan"},
}


def statements() -> Mapping[str, str]:
    """Every statement by its name."""
    parts = (HERE / "statements.sql").read_text(encoding="utf-8").split("-- name: ")[1:]
    return {name: text.strip() for name, text in (part.split("\n", 1) for part in parts)}


class Lines:
    """Connections to one registry, handed out one at a time.

    Not the driver's own pool: to take a connection there and give it back costs twice what a read costs.
    Nothing is reset, for reads in autocommit leave nothing behind.
    """

    def __init__(self, connections: Sequence[Any]) -> None:
        self._all = connections
        self._free = deque(connections)
        self._waiting: deque[asyncio.Future[Any]] = deque()

    async def rows(self, text: str, *arguments: Any) -> Sequence[Any]:
        """The rows of a statement."""
        connection = self._free.pop() if self._free else await self._turn()
        try:
            found: Sequence[Any] = await connection.fetch(text, *arguments)
            return found
        finally:
            self._give(connection)

    def _turn(self) -> "asyncio.Future[Any]":
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return waiting

    def _give(self, connection: Any) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(connection)
                return
        self._free.append(connection)

    async def close(self) -> None:
        """Close them all."""
        await asyncio.gather(*(each.close() for each in self._all))


@dataclass(frozen=True, slots=True)
class Registries:
    """The connections to each registry."""

    workers: Lines
    organizations: Lines
    licenses: Lines
    qualifications: Lines


@asynccontextmanager
async def registries() -> AsyncIterator[Registries]:
    """The registries that the environment names, as `svod serve` reads it."""
    async with AsyncExitStack() as stack:
        opened = {}
        for registry in Registry:
            url = os.environ[f"SVOD_{registry.value}_URL"]
            lines = Lines([await asyncpg.connect(url, **OPTIONS) for _ in range(CONNECTIONS)])
            stack.push_async_callback(lines.close)
            opened[registry.value.lower()] = lines
        yield Registries(**opened)

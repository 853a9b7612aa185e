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


class Line:
    """A connection that prepares each statement once, which spares the driver a look-up a read."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._prepared: dict[str, Any] = {}

    async def prepare(self, text: str) -> Any:
        """Prepare a statement, and keep it."""
        prepared = self._prepared[text] = await self._connection.prepare(text)
        return prepared

    def prepared(self, text: str) -> Any:
        """The prepared statement, or nothing the first time."""
        return self._prepared.get(text)

    async def close(self) -> None:
        """Close it."""
        await self._connection.close()


class Lines:
    """Connections to one registry, handed out one at a time.

    Not the driver's own pool: to take a connection there and give it back costs more than a read costs.
    Nothing is reset, for reads in autocommit leave nothing behind; nothing is held to a deadline or replaced.
    It is the least that a read can cost with this driver.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._all = lines
        self._free = deque(lines)
        self._waiting: deque[asyncio.Future[Line]] = deque()

    async def rows(self, text: str, *arguments: Any) -> Sequence[Any]:
        """The rows of a statement."""
        line = self._free.pop() if self._free else await self._turn()
        try:
            statement = line.prepared(text) or await line.prepare(text)
            found: Sequence[Any] = await statement.fetch(*arguments)
            return found
        finally:
            self._give(line)

    def _turn(self) -> "asyncio.Future[Line]":
        waiting: asyncio.Future[Line] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return waiting

    def _give(self, line: Line) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(line)
                return
        self._free.append(line)

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
            lines = Lines([Line(await asyncpg.connect(url, **OPTIONS)) for _ in range(CONNECTIONS)])
            stack.push_async_callback(lines.close)
            opened[registry.value.lower()] = lines
        yield Registries(**opened)

"""The statements of statements.sql by name, and pools to ask them through; for the subjects in Python."""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from sources.registry import Registry

HERE = Path(__file__).parent
CONNECTIONS = 8
"""To each registry, as the gateway's own default."""


def statements() -> Mapping[str, str]:
    """Every statement by its name."""
    parts = (HERE / "statements.sql").read_text(encoding="utf-8").split("-- name: ")[1:]
    return {name: text.strip() for name, text in (part.split("\n", 1) for part in parts)}


class Registries:
    """A pool to each registry; reads in autocommit, and nothing is reset when a connection comes back."""

    def __init__(self, pools: Mapping[Registry, Any]) -> None:
        self.workers = pools[Registry.WORKERS]
        self.organizations = pools[Registry.ORGANIZATIONS]
        self.licenses = pools[Registry.LICENSES]
        self.qualifications = pools[Registry.QUALIFICATIONS]


async def rows(pool: Any, text: str, *arguments: Any) -> Sequence[Any]:
    """The rows of a statement."""
    connection = await pool.acquire()
    try:
        found: Sequence[Any] = await connection.fetch(text, *arguments)
        return found
    finally:
        await pool.release(connection)


@asynccontextmanager
async def registries() -> AsyncIterator[Registries]:
    """The registries that the environment names, as `svod serve` reads it."""
    async with AsyncExitStack() as stack:
        pools = {
            registry: await stack.enter_async_context(
                asyncpg.create_pool(
                    os.environ[f"SVOD_{registry.value}_URL"],
                    min_size=0,
                    max_size=CONNECTIONS,
                    reset=_leave_as_is,
                    max_cached_statement_lifetime=0,
                    server_settings={"jit": "off", "default_transaction_read_only": "on"},
                )
            )
            for registry in Registry
        }
        yield Registries(pools)


async def _leave_as_is(_: Any) -> None:
    """No reset of the session."""

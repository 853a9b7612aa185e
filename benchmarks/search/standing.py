"""How far the registries are, and whether the projection is as far."""

import asyncio
from collections.abc import Mapping
from typing import Any

import asyncpg

from gateway.servers import OwnServers

PATIENCE = 900.0
_TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"


async def end(connection: Any) -> int:
    """The last revision of a registry."""
    tables = [row[0] for row in await connection.fetch(_TABLES)]
    return max([await connection.fetchval(f"select max(revision) from {each}") or 0 for each in tables])


async def ends(servers: OwnServers) -> Mapping[str, int]:
    """The last revision of each registry."""
    found = {}
    for registry, url in servers.owner_urls().items():
        connection = await asyncpg.connect(url)
        found[registry.value] = await end(connection)
        await connection.close()
    return found


async def caught_up(servers: OwnServers) -> None:
    """Wait until the projection has everything that the registries have now."""
    last = await ends(servers)
    projection = await asyncpg.connect(servers.store_url())
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                rows = await projection.fetch("select registry, revision from projection.position")
                if all(row["revision"] >= last[row["registry"]] for row in rows):
                    return
                await asyncio.sleep(0.02)
    finally:
        await projection.close()

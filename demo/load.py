"""Loads generated rows into the four registries: tables first, then COPY, then keys and indexes."""

import asyncio
import io
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any, TypeAlias

import asyncpg

from demo.batches import Batch, batches
from demo.errors import LoadFailed
from demo.plan import Plan
from demo.tables import TABLES, definition
from sources.registry import Registry

Connection: TypeAlias = "asyncpg.Connection[Any]"
Progress: TypeAlias = Callable[[int], None]
"""Told how many workers are loaded so far."""

_KEYS = """
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = any ('{p,u,f}') and connamespace = 'public'::regnamespace
    order by contype = 'f', conname
"""
_INDEXES = """
    select i.indexname as name, i.indexdef as definition
    from pg_indexes i
    where i.schemaname = 'public' and not exists (select from pg_constraint c where c.conname = i.indexname)
    order by i.indexname
"""


async def load(urls: Mapping[Registry, str], plan: Plan, progress: Progress = lambda _: None) -> None:
    """Fill four empty databases, whole or not at all (LoadFailed). The URLs are the owners'."""
    try:
        await _load(urls, plan, progress)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as exc:
        raise LoadFailed(str(exc).splitlines()[0]) from exc


async def _load(urls: Mapping[Registry, str], plan: Plan, progress: Progress) -> None:
    async with AsyncExitStack() as stack:
        lines: dict[Registry, Connection] = {}
        for registry, url in urls.items():
            lines[registry] = await asyncpg.connect(url)
            stack.push_async_callback(lines[registry].close)
        for line in lines.values():
            await stack.enter_async_context(line.transaction())
        later = {registry: await _make_tables(line, registry) for registry, line in lines.items()}
        async for batch in batches(plan):
            await asyncio.gather(*(_copy(line, registry, batch) for registry, line in lines.items()))
            progress(batch.workers_so_far)
        await asyncio.gather(*(_make_keys(line, later[registry]) for registry, line in lines.items()))
    await asyncio.gather(*(_analyze(url) for url in urls.values()))


async def _make_tables(line: Connection, registry: Registry) -> list[str]:
    """Make the tables without keys and indexes, and answer what makes those: quicker when done last."""
    await line.execute(definition(registry))
    keys = await line.fetch(_KEYS)
    indexes = await line.fetch(_INDEXES)
    for key in reversed(keys):
        await line.execute(f'alter table {key["table"]} drop constraint "{key["name"]}"')
    for index in indexes:
        await line.execute(f'drop index "{index["name"]}"')
    own = [f'alter table {key["table"]} add constraint "{key["name"]}" {key["definition"]}' for key in keys]
    return [*own, *(index["definition"] for index in indexes)]


async def _copy(line: Connection, registry: Registry, batch: Batch) -> None:
    for table in TABLES[registry]:
        rows = batch.rows[table]
        if rows:
            # FREEZE: nobody sees the table before it is whole, so its rows need no later visit by vacuum.
            await line.copy_to_table(table, source=io.BytesIO(rows), format="text", freeze=True)


async def _make_keys(line: Connection, statements: list[str]) -> None:
    for statement in statements:
        await line.execute(statement)


async def _analyze(url: str) -> None:
    """Let the planner know the tables, and let it answer from indexes alone."""
    line = await asyncpg.connect(url)
    try:
        await line.execute("vacuum (analyze)")
    finally:
        await line.close()

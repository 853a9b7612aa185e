"""Projections of a test's own: made, changed along with their registries, and compared."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import asyncpg

from projections.sync.change import apply, prepare, read
from projections.sync.definition import SCHEMA
from projections.sync.writing import writing
from sources.dictionary import Dictionaries
from sources.raw import Range
from sources.registry import Registry
from sources.sql.raw import RAW_TABLES
from tests.conftest import SEED, reading
from tests.conftest import build as build_seeded

ROOT = Path(__file__).parents[3]
DICTIONARIES = Dictionaries.load()


async def build(url: str, registries: Mapping[Registry, str], day: dt.date) -> None:
    """Build a projection; that of other tests with the same rows has the same keys."""
    await build_seeded(url, registries, day, SEED)


async def catch_up(url: str, registries: Mapping[Registry, str], batch: int = 1_000_000) -> int:
    """Bring every change into the projection, a batch of so many revisions at a time; how many rows."""
    count = 0
    async with reading(registries) as readers, writing(url, SCHEMA) as connection:
        await prepare(connection)
        for registry, reader in readers.items():
            until = (await reader.standing()).revision
            done = await connection.fetchval("select revision from position where registry = $1", registry)
            while done < until:
                asked = Range(done, min(done + batch, until), SEED)
                count += await apply(connection, await read(reader, registry, asked, None))
                done = asked.until
    return count


ROW = "(to_jsonb(t) - 'slot')::text"
"""A row but for the place that it was given: a build gives others."""


async def digest(url: str) -> Mapping[str, tuple[int, int]]:
    """Of each table, how many rows it has and the sum of their hashes."""
    connection = await asyncpg.connect(url, server_settings={"search_path": SCHEMA})
    try:
        found = {}
        for table in (*(each.name for each in RAW_TABLES), "staff", "post", "name", "coverage"):
            text = f"select count(*), coalesce(sum(hashtextextended({ROW}, 0)::numeric), 0) from {table} t"
            count, total = await connection.fetchrow(text)
            found[table] = (count, int(total))
        for table, text in {"term": TERMS, "finding": FINDINGS}.items():
            count, total = await connection.fetchrow(text)
            found[table] = (count, int(total))
        return found
    finally:
        await connection.close()


TERMS = """
select count(*), coalesce(sum(hashtextextended(t.name || ':' || t.value || ' ' || s.id, 0)::numeric), 0)
from term t join worker s on s.slot / 8192 = t.segment and get_bit(t.people, s.slot % 8192) = 1"""
"""Who has which term, whatever his slot."""

FINDINGS = """
select count(*), coalesce(sum(hashtextextended((to_jsonb(f) - 'found_at')::text, 0)::numeric), 0)
from finding f"""
"""What is found, whenever that was."""


async def differing(one: str, other: str, table: str) -> list[tuple[str, ...]]:
    """Some rows of a table that only one of two projections has, for the message of a failure."""
    rows = []
    for url in (one, other):
        connection = await asyncpg.connect(url, server_settings={"search_path": SCHEMA})
        rows.append({each[0] for each in await connection.fetch(f"select {ROW} from {table} t")})
        await connection.close()
    return list(zip(sorted(rows[0] - rows[1])[:3], sorted(rows[1] - rows[0])[:3], strict=False))


async def same(one: str, other: str) -> None:
    """Two projections hold the same rows."""
    left, right = await digest(one), await digest(other)
    unlike = {table: await differing(one, other, table) for table in left if left[table] != right[table]}
    assert not unlike

"""The first build: every row of the registries is there, and no SNILS."""

from collections.abc import Mapping

import asyncpg
import pytest

from projections.database import Projection
from projections.errors import ProjectionUnavailable
from sources.raw import RawTable
from sources.registry import Registry
from sources.sql.raw import RAW_TABLES
from tests.demo.asking import asked

SOURCE_NAMES = {"activity": "license_activity"}


@pytest.mark.parametrize("table", RAW_TABLES, ids=lambda table: table.name)
async def test_every_row_is_there(
    projected: str, registries: Mapping[Registry, str], table: RawTable
) -> None:
    name = SOURCE_NAMES.get(table.name, table.name)
    [(expected,)] = await asked(registries[table.registry], f"select count(*) from {name}")
    [(found,)] = await asked(projected, f"select count(*) from projection.{table.name}")
    assert found == expected > 0


async def test_no_snils_is_kept(projected: str, registries: Mapping[Registry, str]) -> None:
    rows = await asked(registries[Registry.WORKERS], "select trim(snils) from worker")
    numbers = {each for (each,) in rows}
    for table in ("worker", "license", "organization", "credential"):
        for (text,) in await asked(projected, f"select t::text from projection.{table} t"):
            assert numbers.isdisjoint(text.strip("()").replace('"', "").split(",")), table


async def test_searches_find_its_tables(projected: str) -> None:
    projection = Projection(projected)
    async with projection.connection() as connection:
        assert await connection.fetchval("select count(*) from worker") == 2_000
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await connection.execute("delete from worker")
    await projection.close()


async def test_a_projection_that_is_not_built_is_told(registries: Mapping[Registry, str]) -> None:
    projection = Projection(registries[Registry.LICENSES])
    with pytest.raises(ProjectionUnavailable, match="not built yet"):
        async with projection.connection() as connection:
            await connection.fetchval("select seed from about")
    await projection.close()


async def test_a_database_that_is_away_is_told() -> None:
    projection = Projection("postgresql://nobody:secret@/nothing?host=/nonexistent")
    with pytest.raises(ProjectionUnavailable, match="does not answer"):
        async with projection.connection():
            pass

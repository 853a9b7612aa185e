"""Loading: the tables are the contract's, and only their owner may change them."""

from collections.abc import Mapping
from datetime import date

import asyncpg
import pytest

from demo.errors import LoadFailed
from demo.load import load
from demo.plan import Plan
from demo.tables import TABLES, definition
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.demo.asking import asked


@pytest.mark.parametrize("registry", Registry)
async def test_reading_account_may_only_read(registries: Mapping[Registry, str], registry: Registry) -> None:
    line = await asyncpg.connect(registries[registry])
    try:
        for table in TABLES[registry]:
            await line.fetchval(f"select count(*) from {table}")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await line.execute(f"delete from {table}")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await line.execute("create table mine (id integer)")
    finally:
        await line.close()


_CATALOGUES = (
    """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint
    where connamespace = 'public'::regnamespace order by 1, 2
    """,
    "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2",
    """
    select table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position
    """,
)


@pytest.mark.parametrize("registry", Registry)
async def test_keys_and_indexes_are_the_contracts_own(
    own_servers: OwnServers, registries: Mapping[Registry, str], registry: Registry
) -> None:
    await own_servers.make_registries("bare")
    bare = own_servers.owner_urls("bare")[registry]
    line = await asyncpg.connect(bare)
    await line.execute(definition(registry))
    await line.close()
    for catalogue in _CATALOGUES:
        contract = await asked(bare, catalogue)
        assert contract
        assert await asked(registries[registry], catalogue) == contract


async def test_tables_are_ready_to_be_read_from_indexes_alone(registries: Mapping[Registry, str]) -> None:
    for registry, tables in TABLES.items():
        for table in tables:
            [(visible, rows)] = await asked(
                registries[registry],
                "select relallvisible, reltuples from pg_class where oid = $1::text::regclass",
                table,
            )
            # A table grows by several pages at once, so the last of them may be empty.
            [(used,)] = await asked(
                registries[registry], f"select count(distinct (ctid::text::point)[0]) from {table}"
            )
            assert visible >= used > 0, table
            known = await asked(registries[registry], "select 1 from pg_stats where tablename = $1", table)
            assert rows > 0, table
            assert known, "the planner knows what the columns hold"


async def test_an_interrupted_load_leaves_nothing(own_servers: OwnServers, today: date) -> None:
    await own_servers.make_registries("broken")
    urls = own_servers.owner_urls("broken")

    def stop(workers: int) -> None:
        if workers > 20:
            raise InterruptedError("as if the machine said so")

    with pytest.raises(LoadFailed, match="as if"):
        await load(urls, Plan(2_000, today), stop)
    for url in urls.values():
        assert await asked(url, "select 1 from pg_tables where schemaname = 'public'") == []

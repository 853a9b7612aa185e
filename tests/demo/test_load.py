"""Loading: the tables are the contract's, and only their owner may change them."""

from collections.abc import Mapping

import asyncpg
import pytest

from demo.tables import TABLES
from sources.registry import Registry


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

"""A journal in a database of its own for every test that asks for one."""

from collections.abc import AsyncIterator
from itertools import count

import asyncpg
import pytest

from audit.journal import Journal
from gateway.record.store import Store, StoreUrls
from gateway.servers import OwnServers

GROUPS = count()


@pytest.fixture
async def urls(own_servers: OwnServers) -> StoreUrls:
    """The addresses of an empty database for a store."""
    group = f"audit{next(GROUPS)}"
    await own_servers.make_store(group)
    return StoreUrls(own_servers.store_url(group), own_servers.store_owner_url(group))


@pytest.fixture
async def store(urls: StoreUrls) -> AsyncIterator[Store]:
    """A store that is ready."""
    made = Store(urls, timeout=60)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def journal(store: Store) -> Journal:
    """An empty journal."""
    return Journal(store)


async def as_owner(urls: StoreUrls, *statements: str) -> None:
    """Do to the store what only its owner can, the triggers put aside."""
    connection = await asyncpg.connect(urls.owner)
    try:
        await connection.execute("alter table journal.entry disable trigger all")
        for each in statements:
            await connection.execute(each)
        await connection.execute("alter table journal.entry enable trigger all")
    finally:
        await connection.close()

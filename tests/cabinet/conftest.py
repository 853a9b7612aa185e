"""A gateway with a store of its own, on each executor, over the demo data and their projection."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from itertools import count

import pytest

from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from projections.database import Projection
from projections.search.projected import ProjectionReader
from projections.search.reader import SearchReader
from sources.registry import Registry
from tests.asking import DICTIONARIES, UNHURRIED, Asking, asking_over

GROUPS = count()
Registries = Mapping[Registry, str]


@pytest.fixture(scope="session")
async def reader(projected: str) -> AsyncIterator[SearchReader]:
    """What answers searches."""
    projection = Projection(projected)
    yield ProjectionReader(projection, DICTIONARIES, UNHURRIED)
    await projection.close()


async def new_store(own_servers: OwnServers) -> StoreUrls:
    """The addresses of an empty store."""
    group = f"cabinet{next(GROUPS)}"
    await own_servers.make_store(group)
    return StoreUrls(own_servers.store_url(group), own_servers.store_owner_url(group))


@pytest.fixture(scope="session")
async def kept_in(own_servers: OwnServers) -> StoreUrls:
    """The store that the tests of this folder share; each of them has subjects of its own."""
    return await new_store(own_servers)


@pytest.fixture(scope="session", params=[True, False], ids=["engine", "graphql-core"])
async def asking(
    request: pytest.FixtureRequest,
    registries: Registries,
    own_servers: OwnServers,
    kept_in: StoreUrls,
    reader: SearchReader,
    today: dt.date,
) -> AsyncIterator[Asking]:
    """The gateway."""
    async with asking_over(
        registries,
        own_servers.redis_url,
        today,
        search=reader,
        compiled=request.param,
        store_url=kept_in.runtime,
        store_owner_url=kept_in.owner,
        saved_searches=5,
    ) as asked:
        yield asked

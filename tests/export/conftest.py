"""One gateway for all tests of this folder, over the shared demo data and their projection."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from gateway.servers import OwnServers
from projections.database import Projection
from projections.search.answers import Bounds
from projections.search.projected import ProjectionReader
from projections.search.reader import SearchReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.export.door import Door, opened


@pytest.fixture(scope="package")
async def reader(projected: str) -> AsyncIterator[SearchReader]:
    """What answers searches."""
    projection = Projection(projected)
    yield ProjectionReader(projection, Dictionaries.load(), Bounds(rights_lag=float("inf")))
    await projection.close()


@pytest.fixture(scope="package")
async def running(
    own_servers: OwnServers, registries: Mapping[Registry, str], reader: SearchReader, today: date
) -> AsyncIterator[Door]:
    """The gateway behind a real server."""
    async with opened(registries, own_servers.redis_url, today, reader) as door:
        yield door


@pytest.fixture
def door(running: Door) -> Door:
    """The same, with nothing left behind by an earlier test."""
    running.tokens.principals.clear()
    running.asking.down.clear()
    running.asking.clear()
    running.events.clear()
    return running

"""One gateway for all tests of this folder, over the shared demo data and their projection."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from gateway.servers import OwnServers
from projections.analytics.projected import ProjectedAnalytics
from projections.database import Projection
from projections.findings.projected import ProjectedFindings
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.asking import UNHURRIED
from tests.export.door import Door, opened


@pytest.fixture(scope="package")
async def running(
    own_servers: OwnServers, registries: Mapping[Registry, str], projected: str, today: date
) -> AsyncIterator[Door]:
    """The gateway behind a real server."""
    projection, bounds = Projection(projected), UNHURRIED
    search = ProjectionReader(projection, Dictionaries.load(), bounds)
    analytics = ProjectedAnalytics(projection, Dictionaries.load(), bounds)
    readers = {"search": search, "analytics": analytics, "findings": ProjectedFindings(projection, bounds)}
    async with opened(registries, own_servers.redis_url, today, readers) as door:
        yield door
    await projection.close()


@pytest.fixture
def door(running: Door) -> Door:
    """The same, with nothing left behind by an earlier test."""
    running.tokens.principals.clear()
    running.asking.down.clear()
    running.asking.clear()
    running.events.clear()
    return running

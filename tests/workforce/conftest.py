"""Gateways that answer aggregates over demo data."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from gateway.servers import OwnServers
from projections.analytics.projected import ProjectedAnalytics
from projections.database import Projection
from sources.registry import Registry
from tests.asking import DICTIONARIES, Asking, asking_over
from tests.search.searched import BOUNDS, LIMITS


@pytest.fixture(scope="session")
async def counting(
    own_servers: OwnServers, registries: Mapping[Registry, str], projected: str, today: date
) -> AsyncIterator[Asking]:
    """A gateway over 2,000 workers and their projection."""
    projection = Projection(projected)
    analytics = ProjectedAnalytics(projection, DICTIONARIES, BOUNDS)
    async with asking_over(registries, own_servers.redis_url, today, analytics=analytics, **LIMITS) as asking:
        yield asking
    await projection.close()

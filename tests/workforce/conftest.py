"""Gateways that answer aggregates over demo data."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from projections.analytics.projected import ProjectedAnalytics
from projections.database import Projection
from sources.registry import Registry
from tests.asking import DICTIONARIES, Asking, asking_over
from tests.search.conftest import DAY
from tests.search.searched import BOUNDS, LIMITS, searched
from tests.workforce.world import World, counted

PROVED = 700
"""Workers of the proofs: few, so that many figures are small."""


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


@pytest.fixture(scope="session")
async def world(own_servers: OwnServers) -> AsyncIterator[World]:
    """What is proved, over some workers with rows at the edges. Nobody changes the registries."""
    await own_servers.make_registries("workforce")
    await load(own_servers.owner_urls("workforce"), Plan(PROVED, DAY))
    async with searched(own_servers, "workforce", DAY) as found, counted(own_servers, found) as made:
        yield made

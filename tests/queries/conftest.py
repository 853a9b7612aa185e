"""The gateway that every scenario is asked of, over demo data as of one fixed day."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from tests.asking import Asking, asking_over

DAY = date(2026, 9, 1)
WORKERS = 300


@pytest.fixture(scope="session")
async def asking(own_servers: OwnServers) -> AsyncIterator[Asking]:
    """A gateway in this process over 300 workers as of 1 September 2026."""
    await own_servers.make_registries("queries")
    await load(own_servers.owner_urls("queries"), Plan(WORKERS, DAY))
    urls = own_servers.registry_urls("queries")
    async with asking_over(urls, own_servers.redis_url, DAY) as asked:
        yield asked


@pytest.fixture(scope="session")
async def walking(own_servers: OwnServers, asking: Asking) -> AsyncIterator[Asking]:
    """The same, on graphql-core's executor instead of the engine. (`asking` has loaded the data.)"""
    urls = own_servers.registry_urls("queries")
    async with asking_over(urls, own_servers.redis_url, DAY, compiled=False) as asked:
        yield asked

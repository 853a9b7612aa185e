"""The registries that are searched in the proof, beside those of other tests: they have rows at the edges."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from tests.conftest import WORKERS
from tests.search.searched import Searched, searched

DAY = dt.date(2026, 11, 22)
"""The day of the data: the same each day, so that the same searches are drawn."""


@pytest.fixture(scope="session")
async def loaded(own_servers: OwnServers) -> str:
    """The group of databases with 2,000 workers as of a day that stays; others are copied from it."""
    await own_servers.make_registries("loaded")
    await load(own_servers.owner_urls("loaded"), Plan(WORKERS, DAY))
    return "loaded"


@pytest.fixture(scope="session")
async def proved(own_servers: OwnServers, loaded: str) -> AsyncIterator[Searched]:
    """The gateway that is proved and the oracle, over 2,000 workers. Nobody changes the registries."""
    await own_servers.copy_registries(loaded, "proved")
    async with searched(own_servers, "proved", DAY) as found:
        yield found

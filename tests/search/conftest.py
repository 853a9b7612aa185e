"""The registries that are searched in the proof, beside those of other tests: they have rows at the edges."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from gateway.servers import OwnServers
from tests.search.searched import Searched, searched


@pytest.fixture(scope="session")
async def proved(own_servers: OwnServers, pristine: str, today: dt.date) -> AsyncIterator[Searched]:
    """The gateway that is proved and the oracle, over 2,000 workers. Nobody changes the registries."""
    await own_servers.copy_registries(pristine, "proved")
    async with searched(own_servers, "proved", today) as found:
        yield found

"""What the tests of the schema share: the gateway in this process over the demo registries."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping

import pytest

from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import Asking, asking_over


@pytest.fixture(scope="session")
async def gateway_asked(
    own_servers: OwnServers, registries: Mapping[Registry, str], today: dt.date
) -> AsyncIterator[Asking]:
    """One gateway for the whole run."""
    async with asking_over(registries, own_servers.redis_url, today) as asking:
        yield asking


@pytest.fixture
def asking(gateway_asked: Asking) -> Asking:
    """The gateway, with nothing asked yet and every registry up."""
    gateway_asked.clear()
    gateway_asked.down.clear()
    return gateway_asked

"""Registries in which every rule is broken, beside those of other tests."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from gateway.servers import OwnServers
from tests.findings.world import World, found_wrong


@pytest.fixture(scope="session")
async def broken(own_servers: OwnServers, pristine: str, today: dt.date) -> AsyncIterator[World]:
    """With their projection and the oracle. Nobody changes them."""
    await own_servers.copy_registries(pristine, "broken")
    async with found_wrong(own_servers, "broken", today) as found:
        yield found

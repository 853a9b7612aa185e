"""Databases for projections of a test's own."""

from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from gateway.servers import OwnServers

GROUPS = count()

NewStore = Callable[[], Awaitable[str]]


@pytest.fixture
def new_store(own_servers: OwnServers) -> NewStore:
    """Makes an empty database and gives its URL."""

    async def make() -> str:
        group = f"sync{next(GROUPS)}"
        await own_servers.make_store(group)
        return own_servers.store_owner_url(group)

    return make

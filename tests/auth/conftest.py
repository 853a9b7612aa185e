"""A database of the run's own Redis for the tests of this room alone."""

from collections.abc import AsyncIterator

import pytest

from auth.revocation_log import sessions_redis
from gateway.servers import OwnServers


@pytest.fixture
async def redis_url(own_servers: OwnServers) -> AsyncIterator[str]:
    """The address of an empty database of Redis."""
    url = own_servers.redis_url.replace("db=0", "db=7")
    redis = sessions_redis(url)
    await redis.flushdb()
    yield url
    await redis.aclose()

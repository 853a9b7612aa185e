"""An issuer and a gateway that trusts it, for all tests of a module."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from auth.revocation_log import sessions_redis
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.issuer.world import OwnIssuer, Replica, own_issuer, replica


@pytest.fixture(scope="session")
async def redis_url(own_servers: OwnServers) -> AsyncIterator[str]:
    """The address of an empty database of Redis."""
    url = own_servers.redis_url.replace("db=0", "db=9")
    redis = sessions_redis(url)
    await redis.flushdb()
    yield url
    await redis.aclose()


@pytest.fixture(scope="module")
async def issuer() -> AsyncIterator[OwnIssuer]:
    """The tests' own issuer."""
    async with own_issuer() as made:
        yield made


@pytest.fixture(scope="module")
async def gateway(
    issuer: OwnIssuer, redis_url: str, registries: Mapping[Registry, str], today: date
) -> AsyncIterator[Replica]:
    """A gateway that finds the issuer's keys by discovery."""
    async with replica(issuer.url, redis_url, registries, today) as made:
        yield made

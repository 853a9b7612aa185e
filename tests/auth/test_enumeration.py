"""The bucket of look-ups: shared, exact under concurrency, filling with time, closed while Redis is away."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from auth.enumeration import Lookups, LookupsUnavailable, TooManyLookups
from auth.principal import Principal
from gateway.servers import OwnServers


@pytest.fixture
async def redis(own_servers: OwnServers) -> AsyncIterator[Redis]:
    client = Redis.from_url(own_servers.redis_url)
    yield client
    await client.aclose()


def somebody() -> Principal:
    return Principal(f"somebody {uuid4()}")


async def test_an_hours_look_ups_and_no_more(redis: Redis) -> None:
    caller, lookups = somebody(), Lookups(redis, 5)
    await lookups.count(caller, 4)
    with pytest.raises(TooManyLookups) as refused:
        await lookups.count(caller, 2)
    assert 700 <= refused.value.retry_after <= 720  # one more in a fifth of an hour
    await lookups.count(caller, 1)  # what was refused was not taken
    with pytest.raises(TooManyLookups):
        await lookups.count(caller, 1)
    await lookups.count(somebody(), 5)


async def test_replicas_share_it(redis: Redis, own_servers: OwnServers) -> None:
    caller, other = somebody(), Redis.from_url(own_servers.redis_url)
    replicas = [Lookups(redis, 7), Lookups(other, 7)]
    asked = [replicas[number % 2].count(caller, 1) for number in range(20)]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    await other.aclose()
    assert sum(outcome is None for outcome in outcomes) == 7
    assert {type(outcome) for outcome in outcomes} == {type(None), TooManyLookups}


async def test_it_fills_with_time(redis: Redis) -> None:
    caller, fast = somebody(), Lookups(redis, 3600 * 100)  # a hundred in a second
    await fast.count(caller, 3600 * 100)
    with pytest.raises(TooManyLookups):
        await fast.count(caller, 10_000)
    await asyncio.sleep(0.05)
    await fast.count(caller, 1)


async def test_the_key_names_nobody_and_ends(redis: Redis) -> None:
    caller = Principal("112-233-445 95")
    await Lookups(redis, 5).count(caller, 1)
    keys = [key async for key in redis.scan_iter("svod:lookups:*")]
    assert not any(b"112" in key and b"445" in key for key in keys)
    assert all([await redis.pttl(key) > 0 for key in keys])


async def test_without_redis_nobody_is_looked_for() -> None:
    away = Redis.from_url("redis://127.0.0.1:1/0")
    with pytest.raises(LookupsUnavailable):
        await Lookups(away, 5).count(somebody(), 1)
    await away.aclose()

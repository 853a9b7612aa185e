"""Requests and cost in time: buckets that two processes share over a real Redis, and without it."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from redis.asyncio import Redis

from auth.principal import Grant, Principal, Role
from gateway.rates.address import network
from gateway.rates.ledger import Entry, Line, RedisLedger
from gateway.rates.policy import EXAMPLE, UNLIMITED, Policy, Rate, most_generous, policy_of
from gateway.rates.rates import RateExceeded, Rates
from gateway.servers import OwnServers
from gateway.settings import Settings

# No test is slow enough for the buckets to fill meanwhile.
SLOW = Policy("public", Rate(1 / 60, 100), Rate(1 / 60, 1000))


@dataclass(frozen=True)
class Asker:
    """Who pays."""

    address: str | None = "192.0.2.1"
    principal: Any = None
    authenticated: bool = False


def anna(*roles: Role, subject: str = "anna") -> Asker:
    grants = frozenset(Grant(role) for role in roles)
    return Asker(principal=Principal(subject, grants), authenticated=True)


class Counted:
    """A ledger that counts its round trips."""

    def __init__(self, ledger: RedisLedger) -> None:
        self._ledger = ledger
        self.calls = 0

    async def lines(self, entries: Sequence[Entry]) -> list[Line]:
        self.calls += 1
        return await self._ledger.lines(entries)


@pytest.fixture
async def redis(own_servers: OwnServers) -> AsyncIterator[Redis]:
    async with Redis.from_url(own_servers.redis_url) as client:
        await client.flushdb()
        yield client
        await client.flushdb()


@asynccontextmanager
async def counting(redis: Redis, **policies: Policy | None) -> AsyncIterator[tuple[Rates, Counted]]:
    """One process of a gateway, as far as it counts."""
    ledger = Counted(RedisLedger(redis))
    rates = Rates({"public": SLOW} | policies, ledger)
    yield rates, ledger
    await rates.close()


async def admitted(rates: Rates, asker: Asker, times: int, cost: float = 1) -> int:
    """How many of so many requests are admitted."""
    count = 0
    for _ in range(times):
        try:
            await rates.take(asker, cost)
        except RateExceeded:
            continue
        count += 1
    return count


async def test_bucket_holds_its_burst_and_no_more(redis: Redis) -> None:
    async with counting(redis) as (rates, _):
        assert await admitted(rates, Asker(), 300) == 100
        assert await admitted(rates, Asker("192.0.2.2"), 1) == 1


async def test_two_processes_together_give_the_bucket_and_two_slices_at_most(redis: Redis) -> None:
    async with counting(redis) as (one, _), counting(redis) as (two, _):
        first, second = await asyncio.gather(admitted(one, Asker(), 200), admitted(two, Asker(), 200))
        assert 100 <= first + second <= 100 + 2 * 10
        assert first > 10
        assert second > 10
        await one.settle()
        await two.settle()
        # What one spent beyond the bucket is owed: neither gives more until it is paid.
        assert await admitted(one, Asker(), 10) + await admitted(two, Asker(), 10) == 0


async def test_what_one_process_spent_the_other_knows(redis: Redis) -> None:
    async with counting(redis) as (one, _), counting(redis) as (two, _):
        assert await admitted(one, Asker(), 95) == 95
        await one.settle()
        # The other trusts a new caller for a slice, and learns as soon as it tells.
        assert await admitted(two, Asker(), 5) == 5
        await two.settle()
        assert await admitted(two, Asker(), 100) == 0


async def test_cost_is_a_bucket_of_its_own(redis: Redis) -> None:
    async with counting(redis) as (rates, _):
        assert await admitted(rates, Asker(), 10, cost=300) == 3
        with pytest.raises(RateExceeded) as refusal:
            await rates.take(Asker(), 300)
        assert refusal.value.faults[0].extensions == {
            "limit": "cost",
            "policy": "public",
            "retryAfter": 200 * 60,
        }
        assert await admitted(rates, Asker(), 1, cost=100) == 1


async def test_dearer_than_the_bucket_takes_all_of_it(redis: Redis) -> None:
    async with counting(redis) as (rates, _):
        assert await admitted(rates, Asker(), 2, cost=10**6) == 1


async def test_bucket_fills_by_the_clock_of_redis(redis: Redis) -> None:
    fast = Policy("public", Rate(1000, 5), Rate(1000, 5))
    async with counting(redis, public=fast) as (rates, _):
        assert await admitted(rates, Asker(), 5) == 5
        await asyncio.sleep(0.01)
        assert await admitted(rates, Asker(), 1) == 1


async def test_a_slice_needs_no_round_trip_and_refusals_need_none(redis: Redis) -> None:
    async with counting(redis) as (rates, ledger):
        await admitted(rates, Asker(), 10)
        assert ledger.calls == 0
        await admitted(rates, Asker(), 1)
        assert ledger.calls == 1
        await admitted(rates, Asker(), 100)
        calls = ledger.calls
        assert calls <= 12
        assert await admitted(rates, Asker(), 500) == 0
        assert ledger.calls == calls


async def test_many_callers_are_told_of_in_one_round_trip(redis: Redis) -> None:
    async with counting(redis) as (rates, ledger):
        for number in range(300):
            await rates.take(Asker(f"192.0.2.{number}"), 1)
        await rates.settle()
        assert ledger.calls == 1
        assert len(await redis.keys("svod:rate:public:*")) == 300


async def test_who_asks_at_once_is_asked_for_at_once(redis: Redis) -> None:
    exact = Policy("public", Rate(1 / 60, 5), Rate(1 / 60, 1000))
    async with counting(redis, public=exact) as (rates, ledger):
        taken = await asyncio.gather(*(admitted(rates, Asker(), 1) for _ in range(20)))
        assert sum(taken) == 5
        assert ledger.calls <= 2


async def test_keys_name_nobody_and_end(redis: Redis) -> None:
    async with counting(redis, worker=Policy("worker", Rate(10, 20), Rate(10, 20))) as (rates, _):
        await rates.take(anna(Role.WORKER, subject="112-233-445 95"), 1)
        await rates.settle()
        [key] = await redis.keys("svod:rate:*")
        assert re.search(r"svod:rate:worker:[0-9a-f]{32}\b", str(key))
        assert set(await redis.hkeys(key)) == {b"requests", b"cost", b"at"}
        assert 0 < await redis.pttl(key) <= 20_000


async def test_the_roles_of_a_token_give_the_most_generous_policy(redis: Redis) -> None:
    worker = Policy("worker", Rate(1 / 60, 5), Rate(1 / 60, 5))
    analyst = Policy("analyst", Rate(1 / 60, 7), Rate(1 / 6, 7))
    async with counting(redis, worker=worker, analyst=analyst, admin=None) as (rates, _):
        assert await admitted(rates, anna(Role.WORKER), 20) == 5
        assert await admitted(rates, anna(Role.WORKER, Role.ANALYST), 20) == 7
        assert await admitted(rates, anna(Role.WORKER, Role.ADMIN), 20) == 20
        # A token without a role is of the public, but counted by its subject.
        assert await admitted(rates, anna(), 200) == 100
        assert await admitted(rates, Asker(), 1) == 1


async def test_without_redis_each_process_counts_for_itself() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        async with Redis(port=nobody.getsockname()[1]) as away, counting(away) as (rates, ledger):
            assert await admitted(rates, Asker(), 300) == 100
            assert not rates.shared
            assert ledger.calls < 5


async def test_redis_that_comes_back_is_told(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.rates.rates.AWAY_SECONDS", 0.0)
    async with counting(redis) as (rates, ledger):
        with monkeypatch.context() as broken:
            broken.setattr(ledger, "_ledger", RedisLedger(Redis(port=1)))
            assert await admitted(rates, Asker(), 30) == 30
            assert rates.shared is False
        await rates.settle()
        assert bool(rates.shared)
    async with counting(redis) as (other, _):
        assert await admitted(other, Asker(), 100) in range(70, 81)


async def test_a_restarted_redis_learns_the_script_anew(redis: Redis) -> None:
    async with counting(redis) as (rates, _):
        await rates.take(Asker(), 1)
        await rates.settle()
        await redis.script_flush()
        await rates.take(Asker(), 1)
        await rates.settle()
        assert rates.shared


async def test_standing_says_what_is_left(redis: Redis) -> None:
    minute = Policy("public", Rate(1 / 60, 100), Rate(1 / 60, 1000))
    async with counting(redis, public=minute) as (rates, _):
        standing = await rates.take(Asker(), 30)
        assert standing is not None
        assert standing.headers() == {
            "ratelimit": '"requests";r=99;t=60, "cost";r=970;t=1800',
            "ratelimit-policy": '"requests";q=100;w=6000, "cost";q=1000;w=60000',
        }


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", bytes.fromhex("20010db800010002")),
        ("2001:db8:1:2:ffff::1", bytes.fromhex("20010db800010002")),
        ("fe80::1%eth0", bytes.fromhex("fe80000000000000")),
        ("no:address", None),
        (None, None),
    ],
)
def test_networks(address: str | None, expected: object) -> None:
    assert network(address) == expected


def test_policies_are_read() -> None:
    assert policy_of("public", UNLIMITED) is None
    assert policy_of("public", EXAMPLE) == Policy("public", Rate(20, 200), Rate(10_000, 100_000))
    read = policy_of("worker", "30/min burst 10; cost 600/min burst 100")
    assert read == Policy("worker", Rate(0.5, 10), Rate(10, 100))


@pytest.mark.parametrize(
    "text", ["", "20/s", "20/h burst 2; cost 1/s burst 1", "0/s burst 2; cost 1/s burst 1"]
)
def test_wrong_policies_say_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match="should"):
        policy_of("public", text)


def test_every_default_of_the_settings_is_a_policy() -> None:
    settings = Settings(_env_file=None)
    for role in ("public", *Role):
        assert policy_of(role, getattr(settings, f"rate_{role}")) is not None
    assert most_generous([], {"public": SLOW}) is SLOW

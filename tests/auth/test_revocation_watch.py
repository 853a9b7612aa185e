"""Replicas and a real Redis: a confirmed revocation is known to each, and one that cannot know says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from auth import revoker
from auth.errors import NotConfirmed, SessionsUnavailable
from auth.principal import Principal
from auth.revocation import KEPT, Kind, Revocation, mark, marks_of
from auth.revocation_log import LOG, REPLICAS, RevocationLog, sessions_redis
from auth.revocation_watch import SIGHT_SECONDS, RevocationWatch, uptime
from auth.revoker import Revoker
from tests.faulty import Mode, faulty_redis

PATIENCE = 30.0


def token(name: str) -> Principal:
    return Principal("anna", token_id=name)


@asynccontextmanager
async def log_at(url: str) -> AsyncIterator[RevocationLog]:
    redis = sessions_redis(url)
    yield RevocationLog(redis)
    await redis.aclose()


@asynccontextmanager
async def replica(url: str, clock: Callable[[], float] = uptime) -> AsyncIterator[RevocationWatch]:
    """A replica that follows the log, and is asked once it sees."""
    async with log_at(url) as log:
        watch = RevocationWatch(log, clock)
        following = asyncio.create_task(watch.follow())
        await watch.sight()
        try:
            yield watch
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following


@asynccontextmanager
async def revoking(url: str) -> AsyncIterator[Revoker]:
    async with log_at(url) as log:
        yield Revoker(log)


async def until(true: Callable[[], bool], changed: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await changed()


async def test_every_replica_knows_what_was_confirmed(redis_url: str) -> None:
    async with replica(redis_url) as one, replica(redis_url) as other, revoking(redis_url) as command:
        for number in range(20):
            marks = marks_of(token(f"t-{number}"))
            assert not one.strikes(marks)
            assert await command.revoke(Kind.TOKEN, f"t-{number}", "t") == 2
            assert one.strikes(marks)
            assert other.strikes(marks)
            assert one.sees()
            assert other.sees()


async def test_a_replica_that_starts_later_knows_it_too(redis_url: str) -> None:
    async with revoking(redis_url) as command:
        assert await command.revoke(Kind.SESSION, "s", "s") == 0
    async with replica(redis_url) as late:
        assert late.strikes(marks_of(Principal("anna", session="s")))


async def test_revoking_waits_for_a_replica_that_lags(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revoker, "DEADLINE_SECONDS", 0.2)
    async with log_at(redis_url) as log, revoking(redis_url) as command:
        await log.everything("lagging")
        with pytest.raises(NotConfirmed):
            await command.revoke(Kind.TOKEN, "t", "t")


async def test_it_does_not_wait_for_one_whose_lease_has_ended(redis_url: str) -> None:
    async with log_at(redis_url) as log, revoking(redis_url) as command:
        await log.everything("dead")
        redis = sessions_redis(redis_url)
        await redis.hset(REPLICAS, "dead", f"{int(time.time() * 1_000) - 1} 0-0")
        assert await command.revoke(Kind.TOKEN, "t", "t") == 0
        await redis.aclose()


async def test_a_replica_that_ends_well_is_waited_for_no_more(redis_url: str) -> None:
    async with replica(redis_url):
        pass
    redis = sessions_redis(redis_url)
    assert await redis.hgetall(REPLICAS) == {}
    await redis.aclose()


async def test_sight_ends_by_itself_before_redis_counts_the_replica_out(redis_url: str) -> None:
    passed = 0.0
    async with replica(redis_url, lambda: uptime() + passed) as watch:
        assert watch.sees()
        passed = SIGHT_SECONDS
        assert not watch.sees()


@pytest.mark.parametrize("mode", [Mode.REFUSE, Mode.HANG])
async def test_without_redis_a_replica_is_blind_and_sees_again(redis_url: str, mode: Mode) -> None:
    async with faulty_redis(redis_url) as proxy, replica(proxy.url) as watch:
        proxy.mode = mode
        await until(lambda: not watch.sees(), watch.news)
        with pytest.raises(SessionsUnavailable):
            await watch.sight()
        async with revoking(redis_url) as command:
            revoked = asyncio.create_task(command.revoke(Kind.TOKEN, "t", "t"))
            await revoked
        assert not watch.strikes(marks_of(token("t")))
        proxy.mode = Mode.PASS
        await until(watch.sees, watch.news)
        assert watch.strikes(marks_of(token("t")))


async def test_what_redis_forgot_is_put_back(redis_url: str) -> None:
    async with faulty_redis(redis_url) as proxy, replica(proxy.url) as watch, revoking(redis_url) as command:
        await command.revoke(Kind.TOKEN, "t", "t")
        redis = sessions_redis(redis_url)
        await redis.flushdb()
        proxy.mode = Mode.REFUSE
        await until(lambda: not watch.sees(), watch.news)
        proxy.mode = Mode.PASS
        await until(watch.sees, watch.news)
        assert watch.strikes(marks_of(token("t")))
        await redis.aclose()
        async with replica(redis_url) as new:
            assert new.strikes(marks_of(token("t")))


async def test_revoking_without_redis_says_so(redis_url: str) -> None:
    async with faulty_redis(redis_url) as proxy, revoking(proxy.url) as command:
        proxy.mode = Mode.REFUSE
        with pytest.raises(SessionsUnavailable):
            await command.revoke(Kind.TOKEN, "t", "t")


async def test_the_log_keeps_what_can_strike_and_no_name(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    async with log_at(redis_url) as log:
        old, now = time.time() - KEPT - 10, time.time()
        await redis.xadd(LOG, {"kind": "token"}, id=f"{int(old * 1_000)}-0")
        await log.append(Revocation(Kind.SUBJECT, mark(Kind.SUBJECT, "112-233-445 95"), "***", now))
        assert [each.at for each in await log.revocations()] == [now]
        assert "112" not in str(await redis.xrange(LOG)).replace(str(now), "")
        assert await redis.xlen(LOG) == 1
    await redis.aclose()


async def test_entries_in_other_words_are_passed_over(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    await redis.xadd(LOG, {"kind": "device", "mark": "x", "told": "x", "at": "1"})
    await redis.xadd(LOG, {"new": "shape"})
    await redis.aclose()
    async with replica(redis_url) as watch, revoking(redis_url) as command:
        assert await command.revoke(Kind.TOKEN, "t", "t") == 1
        assert watch.strikes(marks_of(token("t")))


async def test_news_come_with_a_revocation(redis_url: str) -> None:
    async with replica(redis_url) as watch, revoking(redis_url) as command:
        news = watch.news()
        await command.revoke(Kind.TOKEN, "t", "t")
        async with asyncio.timeout(PATIENCE):
            await news

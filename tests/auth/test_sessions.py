"""Sessions: one that nobody used for a while has ended, on every replica, for good."""

import asyncio
import time

import pytest

from auth import sessions as module
from auth.errors import InvalidToken, SessionsUnavailable, TokenFault
from auth.revocation import Kind, mark
from auth.revocation_log import sessions_redis
from auth.session_store import PREFIX, SessionStore, Use
from auth.sessions import Sessions, touch_seconds
from auth.tokens import SKEW
from tests.auth.doubles import Uses
from tests.auth.forge import Clock
from tests.faulty import Mode, faulty_redis

IDLE = 900.0


def test_fifteen_minutes_and_ten_seconds() -> None:
    assert touch_seconds(IDLE) == 10
    assert touch_seconds(20) == 2


async def test_a_session_in_use_asks_nobody() -> None:
    uses, clock = Uses(), Clock()
    sessions = Sessions(uses, IDLE, clock)
    session = sessions.session("s")
    assert not sessions.goes_on(session)
    await sessions.use(session, time.time())
    for _ in range(100):
        clock.now += IDLE - 1
        assert sessions.goes_on(session)
    assert len(uses.asked) == 1
    clock.now += IDLE
    assert not sessions.goes_on(session)


async def test_the_same_name_is_the_same_session_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    sessions = Sessions(Uses(), IDLE)
    first = sessions.session("a")
    sessions.session("b")
    assert sessions.session("a") is first
    sessions.session("c")
    assert sessions.session("a") is first
    assert len(sessions._sessions) == 2


async def test_one_that_ended_elsewhere_has_ended_here() -> None:
    uses = Uses()
    sessions = Sessions(uses, IDLE)
    session = sessions.session("s")
    uses.ended.add(session.mark)
    with pytest.raises(InvalidToken) as refused:
        await sessions.use(session, time.time())
    assert refused.value.fault is TokenFault.IDLE
    assert not sessions.goes_on(session)
    assert await sessions.seconds_left(session) == 0


async def test_a_session_begins_with_a_young_token_only() -> None:
    uses = Uses()
    sessions = Sessions(uses, IDLE)
    await sessions.use(sessions.session("young"), time.time() - IDLE)
    await sessions.use(sessions.session("old"), time.time() - IDLE - SKEW - 1)
    assert [use.begins for use in uses.asked] == [True, False]


async def test_uses_are_told_now_and_then_and_again_when_redis_was_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "touch_seconds", lambda _: 0.001)
    uses = Uses()
    sessions = Sessions(uses, IDLE)
    for name in ("a", "b"):
        await sessions.use(sessions.session(name), time.time())
        sessions.goes_on(sessions.session(name))
    uses.asked.clear()
    uses.away = True
    telling = asyncio.create_task(sessions.tell())
    await asyncio.sleep(0.02)
    assert not uses.asked
    uses.ended.add(sessions.session("b").mark)
    uses.away = False
    async with asyncio.timeout(30):
        while not uses.asked:  # noqa: ASYNC110 - the double counts, it has no event
            await asyncio.sleep(0.001)
    telling.cancel()
    assert {use.session for use in uses.asked} == {sessions.session(name).mark for name in ("a", "b")}
    assert all(0 <= use.ago < 5 for use in uses.asked)
    assert sessions.goes_on(sessions.session("a"))
    assert not sessions.goes_on(sessions.session("b"))


async def test_a_live_connection_asks_again_only_when_it_has_to() -> None:
    uses, clock = Uses(), Clock()
    sessions = Sessions(uses, IDLE, clock)
    session = sessions.session("s")
    uses.since = 100
    assert await sessions.seconds_left(session) == IDLE + 10 - 100
    uses.since = IDLE + 10
    clock.now += IDLE + 10 - 100 - 1
    assert await sessions.seconds_left(session) == 1
    clock.now += 1
    assert await sessions.seconds_left(session) == 0


# Below: the real Redis.


async def test_two_replicas_share_a_session(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    store = SessionStore(redis)
    assert await store.use([Use("s", 0, begins=True)], IDLE) == [True]
    assert await store.use([Use("s", 0, begins=False)], IDLE) == [True]
    assert await store.seconds_since_use("s") < 5
    assert await store.seconds_since_use("unknown") == float("inf")
    await redis.aclose()


async def test_an_unknown_session_of_an_old_token_does_not_begin(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    store = SessionStore(redis)
    assert await store.use([Use("s", 0, begins=False), Use("t", 0, begins=True)], IDLE) == [False, True]
    assert await redis.keys("*") == [f"{PREFIX}t"]
    await redis.aclose()


async def test_an_idle_session_has_ended_for_good(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    store = SessionStore(redis)
    await store.use([Use("s", IDLE + 1, begins=True)], IDLE)
    for _ in range(2):
        assert await store.use([Use("s", 0, begins=True)], IDLE) == [False]
    assert await store.seconds_since_use("s") > IDLE
    await redis.aclose()


async def test_an_older_use_that_is_told_later_changes_nothing(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    store = SessionStore(redis)
    await store.use([Use("s", 5, begins=True)], IDLE)
    assert await store.use([Use("s", 500, begins=True)], IDLE) == [True]
    assert await store.seconds_since_use("s") < 50
    await redis.aclose()


async def test_redis_forgets_a_session_when_its_tokens_have_ended(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    await SessionStore(redis).use([Use("s", 0, begins=True)], IDLE)
    assert 24 * 3_600 < await redis.ttl(f"{PREFIX}s") < 25 * 3_600
    await redis.aclose()


async def test_names_of_sessions_are_not_in_redis(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    sessions = Sessions(SessionStore(redis), IDLE)
    await sessions.use(sessions.session("112-233-445 95"), time.time())
    assert await redis.keys("*") == [PREFIX + mark(Kind.SESSION, "112-233-445 95")]
    await redis.aclose()


async def test_without_redis_nobody_can_tell(redis_url: str) -> None:
    async with faulty_redis(redis_url) as proxy:
        redis = sessions_redis(proxy.url)
        sessions = Sessions(SessionStore(redis), IDLE)
        session = sessions.session("s")
        proxy.mode = Mode.REFUSE
        with pytest.raises(SessionsUnavailable):
            await sessions.use(session, time.time())
        with pytest.raises(SessionsUnavailable):
            await sessions.seconds_left(session)
        proxy.mode = Mode.PASS
        await sessions.use(session, time.time())
        assert sessions.goes_on(session)
        await redis.aclose()

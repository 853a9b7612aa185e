"""The guard: deadline, bound, breaker, one retry. The registry here is a function."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from sources.errors import Nonsense, Overloaded, SourceError, TimedOut, Unavailable
from sources.registry import Registry
from sources.resilience import BreakerState, Guard, Limits

REGISTRY = Registry.LICENSES
LIMITS = Limits(timeout=30.0, concurrency=2, retry_pause=0.0, window=4, least=2, pause=10.0)
HASTY = Limits(timeout=0.05, concurrency=1, retry_pause=0.0, window=4, least=2, pause=10.0)

Answer = Callable[[], Awaitable[str]]


class Clock:
    """Time that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Answers:
    """A registry that answers or fails as told, and counts how often it was asked."""

    def __init__(self, *outcomes: str | BaseException) -> None:
        self.asked = 0
        self._outcomes = list(outcomes)

    async def __call__(self) -> str:
        self.asked += 1
        outcome = self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


async def never() -> str:
    await asyncio.Event().wait()
    return "never"


async def fails(guard: Guard, read: Answer, error: type[SourceError]) -> None:
    with pytest.raises(error):
        await guard.run(read)


async def opened(clock: Clock) -> Guard:
    """A guard whose breaker two failures have opened."""
    guard = Guard(REGISTRY, LIMITS, clock)
    for _ in range(LIMITS.least):
        await fails(guard, Answers(Unavailable(REGISTRY)), Unavailable)
    assert guard.breaker.state is BreakerState.OPEN
    return guard


async def test_a_lost_connection_is_tried_again_once() -> None:
    answers = Answers(Unavailable(REGISTRY), "answer")
    assert await Guard(REGISTRY, LIMITS).run(answers) == "answer"
    assert answers.asked == 2


async def test_it_is_tried_again_only_once() -> None:
    answers = Answers(Unavailable(REGISTRY))
    await fails(Guard(REGISTRY, LIMITS), answers, Unavailable)
    assert answers.asked == 2


async def test_without_time_left_it_is_not_tried_again() -> None:
    answers = Answers(Unavailable(REGISTRY))
    limits = Limits(timeout=1.0, concurrency=1, retry_pause=2.0)
    await fails(Guard(REGISTRY, limits), answers, Unavailable)
    assert answers.asked == 1


async def test_nonsense_is_not_tried_again_and_does_not_open_the_breaker() -> None:
    answers = Answers(Nonsense(REGISTRY))
    guard = Guard(REGISTRY, LIMITS)
    for _ in range(5):
        await fails(guard, answers, Nonsense)
    assert answers.asked == 5
    assert guard.breaker.state is BreakerState.CLOSED


async def test_the_deadline_ends_a_read() -> None:
    await fails(Guard(REGISTRY, HASTY), never, TimedOut)


async def test_timeouts_open_the_breaker() -> None:
    guard = Guard(REGISTRY, HASTY)
    await fails(guard, never, TimedOut)
    await fails(guard, never, TimedOut)
    await fails(guard, Answers("answer"), Overloaded)


async def test_who_waits_too_long_for_his_turn_is_turned_away() -> None:
    guard = Guard(REGISTRY, Limits(timeout=30.0, concurrency=1, wait_share=0.001))
    go = asyncio.Event()

    async def slow() -> str:
        await go.wait()
        return "slow"

    first = asyncio.create_task(guard.run(slow))
    await asyncio.sleep(0)
    answers = Answers("answer")
    await fails(guard, answers, Overloaded)
    assert answers.asked == 0
    go.set()
    assert await first == "slow"
    assert guard.breaker.state is BreakerState.CLOSED
    assert await guard.run(answers) == "answer"


async def test_no_more_reads_at_once_than_allowed() -> None:
    guard = Guard(REGISTRY, LIMITS)
    running = most = 0

    async def read() -> str:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return "answer"

    await asyncio.gather(*(guard.run(read) for _ in range(10)))
    assert most == LIMITS.concurrency


async def test_slow_answers_open_the_breaker() -> None:
    clock = Clock()
    guard = Guard(REGISTRY, LIMITS, clock)

    async def slow() -> str:
        clock.now += LIMITS.timeout * 0.9
        return "slow"

    assert [await guard.run(slow) for _ in range(2)] == ["slow", "slow"]
    assert guard.breaker.state is BreakerState.OPEN


async def test_few_failures_among_many_answers_do_not_open_it() -> None:
    guard = Guard(REGISTRY, LIMITS)
    for _ in range(10):
        await guard.run(Answers("answer"))
        await guard.run(Answers("answer"))
        await guard.run(Answers("answer"))
        await fails(guard, Answers(Unavailable(REGISTRY)), Unavailable)
    assert guard.breaker.state is BreakerState.CLOSED


async def test_while_open_the_registry_is_left_alone() -> None:
    guard = await opened(Clock())
    answers = Answers("answer")
    await fails(guard, answers, Overloaded)
    assert answers.asked == 0


async def test_a_probe_that_is_answered_closes_it() -> None:
    clock = Clock()
    guard = await opened(clock)
    clock.now += LIMITS.pause
    assert await guard.run(Answers("answer")) == "answer"
    assert guard.breaker.state is BreakerState.CLOSED


async def test_a_probe_that_fails_keeps_it_open_for_another_pause() -> None:
    clock = Clock()
    guard = await opened(clock)
    clock.now += LIMITS.pause
    await fails(guard, Answers(Unavailable(REGISTRY)), Unavailable)
    await fails(guard, Answers("answer"), Overloaded)


async def test_only_one_read_probes() -> None:
    clock = Clock()
    guard = await opened(clock)
    clock.now += LIMITS.pause
    go = asyncio.Event()

    async def probing() -> str:
        await go.wait()
        return "probe"

    probe = asyncio.create_task(guard.run(probing))
    await asyncio.sleep(0)
    assert guard.breaker.state is BreakerState.PROBING
    await fails(guard, Answers("answer"), Overloaded)
    go.set()
    assert await probe == "probe"


async def test_a_probe_that_was_cancelled_leaves_room_for_the_next() -> None:
    clock = Clock()
    guard = await opened(clock)
    clock.now += LIMITS.pause
    probe = asyncio.create_task(guard.run(never))
    await asyncio.sleep(0)
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    assert await guard.run(Answers("answer")) == "answer"


async def test_an_old_read_that_ends_late_does_not_close_it() -> None:
    clock = Clock()
    guard = Guard(REGISTRY, LIMITS, clock)
    go = asyncio.Event()

    async def old() -> str:
        await go.wait()
        return "old"

    late = asyncio.create_task(guard.run(old))
    await asyncio.sleep(0)
    for _ in range(LIMITS.least):
        await fails(guard, Answers(Unavailable(REGISTRY)), Unavailable)
    go.set()
    assert await late == "old"
    assert guard.breaker.state is BreakerState.OPEN

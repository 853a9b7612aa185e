"""The deadline of a read, in every order in which it, its caller and its answer can come."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from sources.deadlines import Deadlines
from sources.errors import Overloaded, TimedOut
from sources.registry import Registry
from sources.resilience import BreakerState, Guard, Limits

PATIENT = Limits(timeout=3600.0, concurrency=1, window=1, least=1)
"""One read that fails opens the breaker."""

Outcome = tuple[str, int]
"""What came of a read, and how often its task was cancelled by somebody else."""


class Clock:
    """A loop's clock that a test moves on, and the call that it was asked for."""

    def __init__(self) -> None:
        self.now = 0.0
        self.call: Callable[[], None] | None = None
        self.at = 0.0

    def time(self) -> float:
        return self.now

    def call_at(self, at: float, call: Callable[..., None], *arguments: Any) -> object:
        self.at, self.call = at, lambda: call(*arguments)
        return object()

    def pass_to(self, now: float) -> None:
        """Time passes, and the call is made."""
        assert self.call is not None
        self.now, call, self.call = now, self.call, None
        call()


def run_out(deadlines: Deadlines) -> None:
    """Every term is over now."""
    clock = Clock()
    clock.now = float("inf")
    deadlines._look(cast("asyncio.AbstractEventLoop", clock))


async def outcome(guard: Guard, read: Callable[[], Awaitable[str]]) -> Outcome:
    task = asyncio.current_task()
    assert task is not None
    try:
        told = await guard.run(read)
    except (TimedOut, Overloaded, asyncio.CancelledError) as error:
        told = type(error).__name__
    return told, task.cancelling()


class Answer:
    """A read that answers when it is told to."""

    def __init__(self) -> None:
        self.future: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def __call__(self) -> str:
        return await self.future


@pytest.fixture
async def guard() -> Guard:
    return Guard(Registry.WORKERS, PATIENT)


async def asked(guard: Guard, read: Callable[[], Awaitable[str]]) -> "asyncio.Task[Outcome]":
    task = asyncio.create_task(outcome(guard, read))
    await asyncio.sleep(0)
    return task


async def test_the_deadline_alone(guard: Guard) -> None:
    task = await asked(guard, Answer())
    run_out(guard._deadlines)
    assert await task == ("TimedOut", 0)
    assert guard.breaker.state is BreakerState.OPEN


async def test_the_caller_alone(guard: Guard) -> None:
    task = await asked(guard, Answer())
    task.cancel()
    assert await task == ("CancelledError", 1)
    assert guard.breaker.state is BreakerState.CLOSED
    run_out(guard._deadlines)
    assert task.cancelling() == 1


async def test_the_deadline_then_the_caller_in_the_same_moment(guard: Guard) -> None:
    task = await asked(guard, Answer())
    run_out(guard._deadlines)
    task.cancel()
    assert await task == ("CancelledError", 1)
    assert guard.breaker.state is BreakerState.OPEN


async def test_the_caller_then_the_deadline_in_the_same_moment(guard: Guard) -> None:
    task = await asked(guard, Answer())
    task.cancel()
    run_out(guard._deadlines)
    assert await task == ("CancelledError", 1)


async def test_the_answer_then_the_deadline_in_the_same_moment(guard: Guard) -> None:
    answer = Answer()
    task = await asked(guard, answer)
    answer.future.set_result("answer")
    run_out(guard._deadlines)
    assert await task == ("TimedOut", 0)


async def test_the_answer_then_the_caller_in_the_same_moment(guard: Guard) -> None:
    answer = Answer()
    task = await asked(guard, answer)
    answer.future.set_result("answer")
    task.cancel()
    assert await task == ("CancelledError", 1)


async def test_a_read_that_answers_in_spite_of_its_deadline(guard: Guard) -> None:
    answer = Answer()

    async def stubborn() -> str:
        try:
            return await answer()
        except asyncio.CancelledError:
            return "late"

    task = await asked(guard, stubborn)
    run_out(guard._deadlines)
    assert await task == ("late", 0)


async def test_a_caller_who_was_cancelled_before_may_still_read(guard: Guard) -> None:
    answer = Answer()

    async def cleaning_up() -> Outcome:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return await outcome(guard, answer)
        return "never", 0

    task = asyncio.create_task(cleaning_up())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    run_out(guard._deadlines)
    assert await task == ("TimedOut", 1)


async def test_a_caller_with_a_time_limit_of_his_own(guard: Guard) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await guard.run(Answer())
    assert guard.breaker.state is BreakerState.CLOSED


async def waiting(guard: Guard) -> tuple["asyncio.Task[Outcome]", "asyncio.Task[Outcome]", Answer]:
    """One reads, the other waits for its turn."""
    answer = Answer()
    return await asked(guard, answer), await asked(guard, answer), answer


async def test_patience_runs_out_while_waiting(guard: Guard) -> None:
    reads, waits, answer = await waiting(guard)
    run_out(guard._patience)
    assert await waits == ("Overloaded", 0)
    answer.future.set_result("answer")
    assert await reads == ("answer", 0)
    assert await guard.run(answer) == "answer"


async def test_patience_and_deadline_run_out_in_the_same_moment(guard: Guard) -> None:
    reads, waits, _ = await waiting(guard)
    run_out(guard._patience)
    run_out(guard._deadlines)
    assert await waits == ("TimedOut", 0)
    assert await reads == ("TimedOut", 0)


async def test_the_caller_gives_up_waiting_in_the_moment_in_which_patience_runs_out(guard: Guard) -> None:
    reads, waits, answer = await waiting(guard)
    run_out(guard._patience)
    waits.cancel()
    assert await waits == ("CancelledError", 1)
    answer.future.set_result("answer")
    assert await reads == ("answer", 0)


async def test_patience_runs_out_in_the_moment_of_the_turn(guard: Guard) -> None:
    assert guard.turns.take()
    waits = await asked(guard, Answer())
    guard.turns.give()
    run_out(guard._patience)
    assert await waits == ("Overloaded", 0)
    assert guard.turns.take()


class Reader:
    """A task that reads; whether it was cancelled."""

    def __init__(self) -> None:
        self.cancelled = 0

    def cancelling(self) -> int:
        return self.cancelled

    def cancel(self) -> None:
        self.cancelled += 1


async def test_one_clock_ends_each_at_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, readers = Clock(), [Reader() for _ in range(4)]
    first, second, third, fourth = readers
    coming = iter(readers)
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: clock)
    monkeypatch.setattr(asyncio, "current_task", lambda _: next(coming))
    deadlines = Deadlines(10)
    deadlines.begin()
    clock.now = 4
    deadlines.end(deadlines.begin())
    deadlines.begin()
    clock.pass_to(clock.at)
    assert [each.cancelled for each in readers] == [1, 0, 0, 0]
    assert clock.at == 14
    clock.pass_to(14)
    assert [each.cancelled for each in readers] == [1, 0, 1, 0]
    assert clock.call is None
    deadlines.begin()
    assert clock.at == 24
    clock.pass_to(24)
    assert fourth.cancelled == 1
    assert (first.cancelled, second.cancelled, third.cancelled) == (1, 0, 1)


async def test_a_read_outside_a_task_is_refused() -> None:
    refused = asyncio.get_running_loop().create_future()

    def call() -> None:
        try:
            Deadlines(1).begin()
        except RuntimeError as error:
            refused.set_result(str(error))

    asyncio.get_running_loop().call_soon(call)
    assert await refused == "only a task can be held to a deadline"

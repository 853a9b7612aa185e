"""What is counted of reads: how they ended, and how long those took that were answered."""

import asyncio
from contextlib import suppress
from typing import NoReturn

import pytest

from sources.errors import Nonsense, SourceError, Unavailable
from sources.registry import Registry
from sources.resilience import Guard, Limits
from sources.tally import BOUNDS, Times


def guard(timeout: float = 30.0) -> Guard:
    return Guard(Registry.WORKERS, Limits(timeout=timeout, concurrency=1, retry_pause=0.0, least=2))


async def told(error: BaseException) -> NoReturn:
    raise error


async def for_ever() -> None:
    await asyncio.Event().wait()


async def test_answered_reads_are_timed() -> None:
    watched = guard()
    for _ in range(3):
        await watched.run(asyncio.sleep, 0)
    assert watched.times.up_to[-1] == ("+Inf", 3.0)
    assert not watched.unanswered


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (Unavailable(Registry.WORKERS), "failed"),
        (Nonsense(Registry.WORKERS), "nonsense"),
        (asyncio.CancelledError(), "given_up"),
    ],
)
async def test_other_reads_are_counted_by_their_end(error: BaseException, end: str) -> None:
    watched = guard()
    with pytest.raises(type(error)):
        await watched.run(told, error)
    assert watched.unanswered == {end: 1}
    assert watched.times.up_to[-1] == ("+Inf", 0.0)


async def test_late_reads_and_those_that_the_breaker_refuses_are_told_apart() -> None:
    watched = guard(timeout=0.05)
    for _ in range(4):
        with suppress(SourceError):
            await watched.run(for_ever)
    assert watched.unanswered == {"late": 2, "refused": 2}


def test_times_are_counted_up_to_bounds() -> None:
    times = Times()
    for seconds in (0.0005, 0.001, 0.3, 99.0):
        times.add(seconds)
    counts = dict(times.up_to)
    assert (counts["0.001"], counts["0.25"], counts["0.5"], counts["10.0"], counts["+Inf"]) == (2, 2, 3, 3, 4)
    assert times.total == pytest.approx(99.3015)
    assert len(counts) == len(BOUNDS) + 1

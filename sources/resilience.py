"""How a registry is asked so that its faults stay its own. Knows no driver.

A read waits a bounded time for its turn, has until its deadline, and is tried again once if the registry
could not be reached and there is time. The breaker counts reads that failed, ended late or took too long;
while it is open the registry is left alone, then one read at a time probes it.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, TypeVarTuple

from sources.deadlines import Deadlines, Task
from sources.errors import Nonsense, Overloaded, SourceError, TimedOut, Unavailable
from sources.registry import Registry
from sources.tally import Times
from sources.turns import Turns

T = TypeVar("T")
Asked = TypeVarTuple("Asked")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a registry may take of our time. Times are in seconds."""

    timeout: float
    """Deadline of one read, with its wait and its retry."""
    concurrency: int
    """Reads at once."""
    wait_share: float = 0.5
    """The part of the deadline that a read may wait for its turn."""
    slow_share: float = 0.75
    """A read that took more than this part of its deadline is a slow one."""
    retry_pause: float = 0.02
    """Before the second try."""
    window: int = 20
    """How many of the last reads the breaker looks at."""
    least: int = 5
    """Fewer bad reads than this never open it."""
    bad_share: float = 0.5
    """It opens when this part of the window is bad."""
    pause: float = 5.0
    """How long it stays open before a probe."""


class BreakerState(StrEnum):
    """Whether a registry is asked."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    PROBING = "PROBING"


class Breaker:
    """Stops asking a registry that mostly fails, and finds out when it is back."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._bad: deque[bool] = deque(maxlen=limits.window)
        self._failed = 0
        """How many of these are bad."""
        self.spotless = False
        """None of a whole window was bad: another good read admits and changes nothing."""
        self._open_until: float | None = None
        self._probe = False

    @property
    def state(self) -> BreakerState:
        """Whether the registry is asked just now."""
        if self._open_until is None:
            return BreakerState.CLOSED
        return BreakerState.PROBING if self._probe else BreakerState.OPEN

    def admits(self) -> bool:
        """Whether a read may go; the first one after the pause is the probe."""
        if self._open_until is None:
            return True
        if self._probe or self._clock() < self._open_until:
            return False
        self._probe = True
        return True

    def record(self, *, bad: bool) -> None:
        """How an admitted read ended."""
        if self._open_until is not None:
            self._end_probe(bad=bad)
            return
        if len(self._bad) == self._limits.window:
            self._failed -= self._bad[0]  # it makes room
        self._bad.append(bad)
        self._failed += bad
        self.spotless = self._failed == 0 and len(self._bad) == self._limits.window
        if bad and self._too_many(self._failed):
            self._open()

    def forget(self) -> None:
        """An admitted read ended without telling anything of the registry: it was given up."""
        self._probe = False

    def _too_many(self, failed: int) -> bool:
        return failed >= self._limits.least and failed >= self._limits.bad_share * len(self._bad)

    def _end_probe(self, *, bad: bool) -> None:
        if not self._probe:
            return  # begun before it opened: too late to count
        if bad:
            self._open()
        else:
            self._bad.clear()
            self._failed = 0
            self._open_until = None
            self._probe = False

    def _open(self) -> None:
        self._open_until = self._clock() + self._limits.pause
        self._probe = False


class Guard:
    """Runs the reads of one registry within its limits; whatever goes wrong is a SourceError."""

    def __init__(
        self, registry: Registry, limits: Limits, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.breaker = Breaker(limits, clock)
        self.turns = Turns(limits.concurrency)
        self._registry = registry
        self._limits = limits
        self._clock = clock
        self._slow = limits.timeout * limits.slow_share
        self._deadlines = Deadlines(limits.timeout)
        self._patience = Deadlines(limits.timeout * limits.wait_share)
        self.times = Times()
        """How long the reads took that were answered."""
        self.unanswered: Counter[str] = Counter()
        """How the others ended."""

    async def run(self, read: Callable[[*Asked], Awaitable[T]], *asked: *Asked) -> T:
        """The answer of a read that itself raises SourceErrors only."""
        task = self._deadlines.begin()
        try:
            if not self.turns.take():
                await self._turn()
            try:
                if not (self.breaker.spotless or self.breaker.admits()):
                    self.unanswered["refused"] += 1
                    raise Overloaded(self._registry)
                started = self._clock()
                try:
                    answer = await read(*asked)
                except BaseException as error:  # noqa: BLE001  (told on, unless the second try succeeds)
                    answer = await self._again(error, task, read, *asked)
                took = self._clock() - started
                self.times.add(took)
                slow = took > self._slow
                if slow or not self.breaker.spotless:
                    self.breaker.record(bad=slow)
                return answer
            finally:
                self.turns.give()
        except asyncio.CancelledError as exc:
            if self._deadlines.end(task):
                raise TimedOut(self._registry) from exc
            raise
        finally:
            self._deadlines.end(task)

    async def _turn(self) -> None:
        """Wait for a turn, no longer than a read may."""
        task = self._patience.begin()
        try:
            await self.turns.wait()
        except asyncio.CancelledError as exc:
            if self._patience.end(task):
                self.unanswered["refused"] += 1
                raise Overloaded(self._registry) from exc
            raise
        finally:
            self._patience.end(task)

    async def _again(
        self, error: BaseException, task: Task, read: Callable[[*Asked], Awaitable[T]], *asked: *Asked
    ) -> T:
        """The answer of the second try after an error; the error, counted, where it ends the read."""
        try:
            if not isinstance(error, Unavailable) or self._deadlines.left(task) <= self._limits.retry_pause:
                raise error
            await asyncio.sleep(self._limits.retry_pause)
            return await read(*asked)
        except Nonsense:
            self.breaker.record(bad=False)  # it answers
            self.unanswered["nonsense"] += 1
            raise
        except BaseException as last:
            late = self._deadlines.over(task)
            if late or isinstance(last, SourceError):
                self.breaker.record(bad=True)
                self.unanswered["late" if late else "failed"] += 1
            else:
                self.breaker.forget()
                self.unanswered["given_up"] += 1
            raise

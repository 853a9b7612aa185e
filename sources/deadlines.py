"""Deadlines that cost next to nothing: all reads have the same time, so one clock watches the oldest."""

import asyncio
from typing import Any


class Term:
    """The time that one read has."""

    __slots__ = ("_cancelled_before", "_task", "ends", "only_cause", "over")

    def __init__(self, task: "asyncio.Task[Any]", ends: float) -> None:
        """`ends` by the clock of the event loop."""
        self.ends = ends
        self.over = False
        """It has run out."""
        self.only_cause = False
        """Where the read was cancelled: it was for this, and nobody else wanted it."""
        self._task = task
        self._cancelled_before = task.cancelling()

    def run_out(self) -> None:
        """Cancel the read."""
        self.over = True
        self._task.cancel()

    def settle(self) -> None:
        """Take our cancelling back from the task, so that what is left of it is the caller's."""
        if self.over:
            self.only_cause = self._task.uncancel() <= self._cancelled_before


class Deadlines:
    """The terms of the reads that run now; the one that began first ends first."""

    __slots__ = ("_clock", "_running", "_seconds")

    def __init__(self, seconds: float) -> None:
        """Each read has so many seconds."""
        self._seconds = seconds
        self._running: dict[Term, None] = {}
        self._clock: asyncio.TimerHandle | None = None

    def begin(self) -> Term:
        """The term of what the current task does from now on."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        if task is None:
            message = "only a task can be held to a deadline"
            raise RuntimeError(message)
        term = Term(task, loop.time() + self._seconds)
        self._running[term] = None
        if self._clock is None:
            self._clock = loop.call_at(term.ends, self._look, loop)
        return term

    def end(self, term: Term) -> None:
        """The read has ended, in whatever way."""
        self._running.pop(term, None)
        term.settle()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for term in list(self._running):
            if term.ends > now:
                self._clock = loop.call_at(term.ends, self._look, loop)
                return
            del self._running[term]
            term.run_out()
        self._clock = None

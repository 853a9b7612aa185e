"""Deadlines that cost next to nothing: all reads have the same time, so one clock watches the oldest."""

import asyncio
from typing import Any, TypeAlias

Task: TypeAlias = "asyncio.Task[Any]"


class Deadlines:
    """When the reads that run now have to end, first the one that began first. A task reads one at a time."""

    __slots__ = ("_clock", "_over", "_running", "_seconds")

    def __init__(self, seconds: float) -> None:
        """Each read has so many seconds."""
        self._seconds = seconds
        self._running: dict[Task, tuple[float, int]] = {}
        """By task: when it has to end, and how often it had been cancelled when it began."""
        self._over: dict[Task, int] = {}
        """Tasks that were cancelled here and have not ended yet."""
        self._clock: asyncio.TimerHandle | None = None

    def begin(self) -> Task:
        """Hold what the current task does from now on to a deadline, until `end`."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        if task is None:
            message = "only a task can be held to a deadline"
            raise RuntimeError(message)
        ends = loop.time() + self._seconds
        self._running[task] = ends, task.cancelling()
        if self._clock is None:
            self._clock = loop.call_at(ends, self._look, loop)
        return task

    def end(self, task: Task) -> bool:
        """The task's read has ended; whether it was cancelled here and nobody else wanted it to be."""
        if self._running.pop(task, None) is not None:
            return False
        before = self._over.pop(task, None)
        # What is left of the cancelling after ours is taken back is the caller's.
        return before is not None and task.uncancel() <= before

    def over(self, task: Task) -> bool:
        """Whether the task's time has run out."""
        return task in self._over

    def left(self, task: Task) -> float:
        """How many seconds the task has left."""
        ends, _ = self._running.get(task, (0.0, 0))
        return ends - asyncio.get_running_loop().time()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for task, (ends, before) in list(self._running.items()):
            if ends > now:
                self._clock = loop.call_at(ends, self._look, loop)
                return
            del self._running[task]
            self._over[task] = before
            task.cancel()
        self._clock = None

"""Waiting: whatever is done goes on at once, alone, whatever else is still awaited."""

import sys
from asyncio import CancelledError, Future, Task, ensure_future, gather, get_running_loop, iscoroutine
from collections.abc import Awaitable, Callable
from typing import Any, Final

from engine.values import Failure

Then = Callable[[list[Any]], None]
"""What goes on with the outcomes: values, or failures in their places."""

_EAGER: Final[dict[str, Any]] = {"eager_start": True} if sys.version_info >= (3, 12) else {}


class Turns:
    """What one execution waits for. Everything that is done by the same turn of the loop goes on together."""

    __slots__ = ("_done", "_running", "_waiting", "_wake")

    def __init__(self) -> None:
        self._waiting: list[tuple[list[Awaitable[Any]], Then]] = []
        self._running: dict[Future[Any], tuple[Then, bool]] = {}  # whether it is several in one, too
        self._done: list[Future[Any]] = []
        self._wake: Future[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is awaited."""
        return not self._waiting and not self._running

    def later(self, awaitables: list[Awaitable[Any]], then: Then) -> None:
        """Go on with `then` when all of these are done; they start with the next turn."""
        self._waiting.append((awaitables, then))

    async def turn(self) -> None:
        """Wait until something is done, and go on with all that is."""
        waiting, self._waiting = self._waiting, []
        if len(waiting) == 1 and not self._running:
            awaitables, then = waiting[0]
            then(await _outcomes(awaitables))
            return
        for awaitables, then in waiting:
            self._start(awaitables, then)
        if not self._done:
            self._wake = get_running_loop().create_future()
            await self._wake
        done, self._done = self._done, []
        for each in done:
            then, several = self._running.pop(each)
            then(_results(each, several))

    def drop(self) -> None:
        """Give up what has not been started."""
        for awaitables, _ in self._waiting:
            for each in awaitables:
                if iscoroutine(each):
                    each.close()
        self._waiting = []

    async def cancel(self) -> None:
        """Give up whatever is still awaited, and wait until it has ended."""
        self.drop()
        running, self._running = list(self._running), {}
        for task in running:
            task.cancel()
        if running:
            await gather(*running, return_exceptions=True)

    def _start(self, awaitables: list[Awaitable[Any]], then: Then) -> None:
        future: Future[Any]
        if len(awaitables) == 1:
            future = _started(awaitables[0])
        else:
            future = gather(*map(_started, awaitables), return_exceptions=True)
        while future in self._running:  # the same future in two places: each has to go on
            future = ensure_future(_outcome(future))
        self._running[future] = then, len(awaitables) > 1
        if future.done():
            self._done.append(future)
        else:
            future.add_done_callback(self._ended)

    def _ended(self, future: Future[Any]) -> None:
        if future in self._running:
            self._done.append(future)
            if self._wake is not None and not self._wake.done():
                self._wake.set_result(None)


def _started(awaitable: Awaitable[Any]) -> Future[Any]:
    if iscoroutine(awaitable):
        return Task(awaitable, loop=get_running_loop(), **_EAGER)
    return ensure_future(awaitable)


async def _outcome(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


async def _outcomes(awaitables: list[Awaitable[Any]]) -> list[Any]:
    if len(awaitables) > 1:
        return _told(await gather(*map(_started, awaitables), return_exceptions=True))
    try:
        return [await awaitables[0]]
    except Exception as error:  # noqa: BLE001  (whatever the application's own code raises becomes a field error)
        return [Failure(error)]


def _results(future: Future[Any], several: bool) -> list[Any]:
    if future.cancelled():
        raise CancelledError
    error = future.exception()
    if isinstance(error, Exception):
        return [Failure(error)]
    if error is not None:
        raise error
    found = future.result()
    return _told(found) if several else [found]


def _told(outcomes: list[Any]) -> list[Any]:
    for each in outcomes:
        if isinstance(each, BaseException) and not isinstance(each, Exception):
            raise each
    return [Failure(each) if isinstance(each, Exception) else each for each in outcomes]

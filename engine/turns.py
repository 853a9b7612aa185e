"""Waiting: whatever is done goes on at once, alone, whatever else is still awaited."""

import sys
from asyncio import (
    CancelledError,
    Future,
    Task,
    current_task,
    ensure_future,
    gather,
    get_running_loop,
    iscoroutine,
    shield,
)
from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple

from engine.values import Failure

Then = Callable[[list[Any]], None]
"""What goes on with the outcomes: values, or failures in their places."""

_EAGER: Final[dict[str, Any]] = {"eager_start": True} if sys.version_info >= (3, 12) else {}


class Cancelled(Exception):
    """What was awaited was cancelled by somebody else."""

    def __init__(self) -> None:
        super().__init__("what was awaited has been cancelled")


class Unit(NamedTuple):
    """What is awaited together, and what goes on with it."""

    awaitables: list[Awaitable[Any]]
    then: Then
    field: Any


class Turns:
    """What one execution waits for. Everything that is done by the same turn of the loop goes on together."""

    __slots__ = ("_done", "_given_up", "_running", "_waiting", "_wake")

    def __init__(self) -> None:
        self._waiting: list[Unit] = []
        self._running: dict[Future[Any], Unit] = {}
        self._given_up: list[Future[Any]] = []
        self._done: list[Future[Any]] = []
        self._wake: Future[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is awaited any more."""
        return not self._waiting and not self._running

    @property
    def over(self) -> bool:
        """Whether, on top of that, nothing that was given up is still ending."""
        return self.idle and not self._given_up

    def later(self, awaitables: list[Awaitable[Any]], then: Then, field: Any = None) -> None:
        """Go on with `then` when all of these are done; they start with the next turn.

        A `field` says whose values they are alone, so that they may be given up for it.
        """
        self._waiting.append(Unit(awaitables, then, field))

    def give_up(self, lost: Callable[[Any], bool]) -> None:
        """Give up what is awaited for fields of which nothing is answered any more."""
        waiting, self._waiting = self._waiting, []
        for unit in waiting:
            if unit.field is not None and lost(unit.field):
                _close(unit)
            else:
                self._waiting.append(unit)
        for future, unit in list(self._running.items()):
            if unit.field is not None and lost(unit.field):
                del self._running[future]
                future.cancel()
                self._given_up.append(future)

    async def turn(self) -> None:
        """Wait until something is done, and go on with all that is."""
        waiting, self._waiting = self._waiting, []
        if len(waiting) == 1 and not self._running:
            unit = waiting[0]
            if len(unit.awaitables) == 1:
                try:
                    outcome = await unit.awaitables[0]
                except (Exception, CancelledError) as error:  # noqa: BLE001  (becomes a field error)
                    outcome = _failure(error)
                unit.then([outcome])
            else:
                unit.then(_told(await gather(*map(_started, unit.awaitables), return_exceptions=True)))
            return
        for unit in waiting:
            self._start(unit)
        if not self._done:
            self._wake = get_running_loop().create_future()
            await self._wake
        done, self._done = self._done, []
        for each in done:
            if each in self._running:  # not given up meanwhile
                unit = self._running.pop(each)
                unit.then(_results(each, len(unit.awaitables) > 1))

    def drop(self) -> None:
        """Give up what has not been started."""
        for unit in self._waiting:
            _close(unit)
        self._waiting = []

    async def cancel(self) -> None:
        """Give up whatever is still awaited, and wait until it has ended."""
        self.drop()
        running, self._running = [*self._running, *self._given_up], {}
        for task in running:
            task.cancel()
        if running:
            await gather(*running, return_exceptions=True)

    def _start(self, unit: Unit) -> None:
        awaitables = unit.awaitables
        future: Future[Any]
        if len(awaitables) == 1:
            future = _started(awaitables[0])
        else:
            future = gather(*map(_started, awaitables), return_exceptions=True)
        while future in self._running:  # the same future in two places: each has to go on
            future = ensure_future(_outcome(future))
        self._running[future] = unit
        if future.done():
            self._done.append(future)
        else:
            future.add_done_callback(self._ended)

    def _ended(self, future: Future[Any]) -> None:
        if future in self._running:
            self._done.append(future)
            if self._wake is not None and not self._wake.done():
                self._wake.set_result(None)


def _close(unit: Unit) -> None:
    for each in unit.awaitables:
        if iscoroutine(each):
            each.close()


def _started(awaitable: Awaitable[Any]) -> Future[Any]:
    if iscoroutine(awaitable):
        return Task(awaitable, loop=get_running_loop(), **_EAGER)
    if isinstance(awaitable, Future) and not isinstance(awaitable, Task):
        return shield(awaitable)  # others may wait for it too: giving up here is not their end
    return ensure_future(awaitable)


async def _outcome(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


def _failure(error: Exception | CancelledError) -> Failure:
    """Whatever the application's own code raises becomes a field error; an end of the whole task goes on."""
    if isinstance(error, Exception):
        return Failure(error)
    task = current_task()
    if task is not None and task.cancelling():
        raise error
    return Failure(Cancelled())


def _results(future: Future[Any], several: bool) -> list[Any]:
    if future.cancelled():
        return [Failure(Cancelled())]
    error = future.exception()
    if isinstance(error, Exception):
        return [Failure(error)]
    if error is not None:
        raise error
    found = future.result()
    return _told(found) if several else [found]


def _told(outcomes: list[Any]) -> list[Any]:
    for each in outcomes:
        if isinstance(each, BaseException) and not isinstance(each, Exception | CancelledError):
            raise each
    return [_outcome_of(each) for each in outcomes]


def _outcome_of(found: Any) -> Any:
    if isinstance(found, CancelledError):
        return Failure(Cancelled())
    return Failure(found) if isinstance(found, Exception) else found

"""The connections to one registry: few, opened when they are needed, handed out one read at a time.

Not the driver's own pool: to take a connection from it costs more than a read (docs/adr/0009). Who reads here
has taken one of the turns, and there are no more connections in use than turns.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from sources.errors import Unavailable
from sources.registry import Registry
from sources.sql.faults import translated, unreachable
from sources.sql.line import BROKEN, TABLE_CHANGED, Line
from sources.sql.statement import Planning, Statement
from sources.turns import Turns

T = TypeVar("T")

LOOK = 120.0
"""Seconds between two looks at the connections: one that was not used meanwhile is closed."""
OLDEST = 30
"""Looks after which a connection is replaced: behind a balancer the registry may have moved on."""
LET_GO = 1.0
"""Seconds that a given-up read has to end before its connection is dropped, and that closing may take."""


class Lines:
    """The connections to one registry. Whatever goes wrong with them is a SourceError."""

    def __init__(self, registry: Registry, url: str, seconds: float, turns: Turns) -> None:
        """A read ends itself at the registry after so many seconds; opening may take as long."""
        self._registry = registry
        self._url = url
        self._seconds = seconds
        self._turns = turns
        self._free: dict[Planning, list[Line]] = {each: [] for each in Planning}
        self._lines: set[Line] = set()
        self._opening = 0
        self._behind: set[asyncio.Task[Any]] = set()
        """What goes on behind the reads; each keeps a turn."""
        self._clock: asyncio.TimerHandle | None = None
        self._closed = False

    async def rows(self, statement: Statement, arguments: Sequence[Any]) -> Sequence[Any]:
        """The rows of a statement."""
        free = self._free[statement.planning]
        line = free.pop() if free else await self._another(statement.planning)
        try:
            rows = await line.rows(statement, arguments)
        except asyncio.CancelledError:
            self._let_go(line)
            raise
        except TABLE_CHANGED as exc:
            for each in self._lines:
                each.forget()
            self._let_go(line)
            raise Unavailable(self._registry) from exc  # which is tried again
        except BROKEN as exc:
            self._drop(line)
            raise translated(self._registry, exc) from exc
        except Exception as exc:
            self._let_go(line)
            raise translated(self._registry, exc) from exc
        except BaseException:
            self._drop(line)
            raise
        line.resting = False
        if line.age < OLDEST and not self._closed:
            free.append(line)
        else:
            self._retire(line)
        return rows

    async def close(self) -> None:
        """Close them all; what does not end in time is dropped."""
        self._closed = True
        if self._clock is not None:
            self._clock.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(LET_GO), self._turns.all():
                await asyncio.gather(*(each.close(LET_GO) for each in self._lines), *self._behind)
        for each in self._lines:
            each.drop()
        for task in self._behind:
            task.cancel()

    def _give(self, line: Line) -> None:
        if self._closed or line.age >= OLDEST:
            self._retire(line)
        else:
            line.resting = False
            self._free[line.planning].append(line)

    async def _another(self, planning: Planning) -> Line:
        """A new connection; where there are enough, a free one that has planned in the other way."""
        others = next((free for free in self._free.values() if free), None)
        if others and len(self._lines) + self._opening >= self._turns.count:
            return others.pop()
        return await self._opened(planning)

    def _ended(self, line: Line) -> None:
        """The registry, or what lies between, has ended a connection."""
        self._lines.discard(line)
        for free in self._free.values():
            if line in free:
                free.remove(line)

    async def _opened(self, planning: Planning) -> Line:
        if self._closed:
            raise Unavailable(self._registry)
        self._opening += 1
        # In a task of its own: whoever gave up in the middle of it would leave half a connection behind.
        opening = self._start(self._open(planning))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            self._go_on(self._kept(opening))
            raise
        except Exception as exc:
            raise unreachable(self._registry, exc) from exc

    async def _open(self, planning: Planning) -> Line:
        try:
            line = await Line.open(self._url, planning, self._seconds)
        finally:
            self._opening -= 1
        self._lines.add(line)
        line.when_ended(self._ended)
        if self._clock is None:
            self._clock = asyncio.get_running_loop().call_later(LOOK, self._look)
        return line

    async def _kept(self, opening: "asyncio.Task[Line]") -> None:
        with suppress(Exception):  # nobody waits for it any more
            self._give(await opening)

    def _let_go(self, line: Line) -> None:
        """After a read that did not end well, the connection is looked at before it is used again."""
        if line.closed:
            self._lines.discard(line)
        else:
            self._go_on(self._checked(line))

    async def _checked(self, line: Line) -> None:
        try:
            await line.check(LET_GO)
        except Exception:  # noqa: BLE001  (whatever it is, the connection is no good)
            self._drop(line)
        else:
            self._give(line)

    def _drop(self, line: Line) -> None:
        self._lines.discard(line)
        line.drop()

    def _retire(self, line: Line) -> None:
        self._lines.discard(line)
        self._start(line.close(LET_GO))

    def _go_on(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what nobody waits for. Until it is done it keeps a turn, for it keeps a connection."""
        self._turns.keep()
        self._start(work).add_done_callback(lambda _: self._turns.give())

    def _start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.create_task(work)
        self._behind.add(task)
        task.add_done_callback(self._behind.discard)
        return task

    def _look(self) -> None:
        """Close what was not used since the last look, and what is old."""
        for line in self._lines:
            line.age += 1
        for free in self._free.values():
            for line in [each for each in free if each.resting or each.age >= OLDEST]:
                free.remove(line)
                self._retire(line)
            for line in free:
                line.resting = True
        loop = asyncio.get_running_loop()
        self._clock = loop.call_later(LOOK, self._look) if self._lines else None

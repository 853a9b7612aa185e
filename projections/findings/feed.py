"""That findings came or went: one poll of the projection serves every listener of this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from projections.findings.reader import FindingReader, Mark
from projections.search.errors import SearchError

Marks = asyncio.Queue[Mark | None]
"""The newest mark that a listener has not seen yet; None is the end."""


@dataclass(frozen=True, slots=True)
class Moved:
    """There are events after one number, up to another."""

    after: int
    until: int


class FindingFeed:
    """Polls while somebody listens. What the sync of any replica writes is seen by all."""

    def __init__(self, reader: FindingReader, interval: float) -> None:
        """`interval`: seconds between two polls."""
        self._reader, self._interval = reader, interval
        self._listeners: set[Marks] = set()
        self._poll: asyncio.Task[None] | None = None

    async def moves(self) -> AsyncIterator[Moved]:
        """Each time that something was opened or closed, from now on, until `close`. Raises SearchError.

        What a rebuild of the projection finds otherwise is no event.
        """
        seen = await self._reader.mark()
        async with self._listening() as marks:
            while (mark := await marks.get()) is not None:
                if mark.build == seen.build and mark.number > seen.number:
                    yield Moved(seen.number, mark.number)
                seen = mark

    async def close(self) -> None:
        """End the poll and everyone's listening."""
        await self._stop()
        for marks in self._listeners:
            _put(marks, None)

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[Marks]:
        marks: Marks = asyncio.Queue(1)
        self._listeners.add(marks)
        if self._poll is None:
            self._poll = asyncio.create_task(self._keep_polling())
        try:
            yield marks
        finally:
            self._listeners.discard(marks)
            if not self._listeners:
                await self._stop()

    async def _keep_polling(self) -> None:
        known: Mark | None = None
        while True:
            mark = await self._mark()
            if mark is not None and mark != known:
                known = mark
                for marks in self._listeners:
                    _put(marks, mark)
            await asyncio.sleep(self._interval)

    async def _mark(self) -> Mark | None:
        """Where the events stand; None while the projection is away: it is asked again, nothing is missed."""
        try:
            return await self._reader.mark()
        except SearchError:
            return None

    async def _stop(self) -> None:
        poll, self._poll = self._poll, None
        if poll is not None:
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)


def _put(marks: Marks, mark: Mark | None) -> None:
    """Have a listener see this; one who is slow sees the newest alone, and loses nothing by it."""
    if marks.full():
        marks.get_nowait()
    marks.put_nowait(mark)

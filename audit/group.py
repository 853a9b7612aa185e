"""Group commit: what is written in the same few milliseconds shares one transaction, and so its cost."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from audit.chain import Head
from audit.errors import JournalUnavailable

MOST_AT_ONCE = 500
"""Entries in one transaction."""
MOST_WAITING = 10_000
"""Entries that wait to be written; more are turned away at once."""


class Appending(Protocol):
    """Adds entries in one transaction."""

    async def append(self, bodies: Sequence[str]) -> Head:
        """The newest entry, once all of them stand. Raises JournalUnavailable."""
        ...


class GroupCommit:
    """Writes entries one transaction after the other, each with all that came while the last one went on.

    Nothing waits for company: alone, an entry is written at once.
    """

    def __init__(self, journal: Appending, deadline: float) -> None:
        """`deadline`: seconds that an entry may take, its wait included."""
        self._journal = journal
        self._deadline = deadline
        self._waiting: list[tuple[str, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self.head: Head | None = None

    async def write(self, body: str) -> None:
        """Returns once the entry stands. Raises JournalUnavailable when it does not in time."""
        if len(self._waiting) >= MOST_WAITING:
            raise JournalUnavailable
        loop = asyncio.get_running_loop()
        written: asyncio.Future[None] = loop.create_future()
        self._waiting.append((body, written))
        if self._writer is None:
            self._writer = loop.create_task(self._write_all())
        timer = loop.call_later(self._deadline, _late, written)
        try:
            await written
        finally:
            timer.cancel()

    async def close(self) -> None:
        """Wait for what is being written."""
        if self._writer is not None:
            await asyncio.wait([self._writer], timeout=self._deadline)

    async def _write_all(self) -> None:
        try:
            while batch := self._batch():
                await self._write_batch(batch)
        finally:
            self._writer = None

    def _batch(self) -> list[tuple[str, "asyncio.Future[None]"]]:
        """The entries whose turn it is; what nobody waits for any more is not written."""
        taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
        alive = [each for each in taken if not each[1].done()]
        return alive or (self._batch() if self._waiting else [])

    async def _write_batch(self, batch: list[tuple[str, "asyncio.Future[None]"]]) -> None:
        fault = await self._fault_of([body for body, _ in batch])
        for _, written in batch:
            if written.done():
                continue
            if fault is None:
                written.set_result(None)
            else:
                written.set_exception(JournalUnavailable(fault))

    async def _fault_of(self, bodies: list[str]) -> Exception | None:
        """What kept these entries from being written; None when they stand."""
        try:
            async with asyncio.timeout(self._deadline):
                self.head = await self._journal.append(bodies)
        except Exception as exc:  # noqa: BLE001 - whatever it was, nobody's answer may leave
            return exc
        return None


def _late(written: "asyncio.Future[None]") -> None:
    if not written.done():
        written.set_exception(JournalUnavailable())

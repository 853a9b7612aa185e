"""Group commit: what is written in the same few milliseconds shares one transaction, and so its cost."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from audit.chain import Head
from audit.errors import JournalUnavailable

MOST_AT_ONCE: Final = 500
"""Entries in one transaction."""
MOST_WAITING: Final = 10_000
"""Entries that wait to be written; more are turned away at once."""
COMPANY_SECONDS: Final = 0.008
"""How long entries wait for company where there is some: where one came while another was written."""
REST_SECONDS: Final = 0.5
"""How long nothing is tried after a fault: callers hear at once what they would hear at the deadline."""


class Appending(Protocol):
    """Adds entries in one transaction."""

    async def append(self, bodies: Sequence[str]) -> Head:
        """The newest entry, once all of them stand. Raises JournalUnavailable."""
        ...


class GroupCommit:
    """Writes entries one transaction after the other, each with all that came since the last one.

    An entry that is alone is written at once. Under load, entries come while others are written: then each
    transaction waits a few milliseconds for more, which callers of a busy gateway do not feel.
    """

    def __init__(
        self,
        journal: Appending,
        deadline: float,
        company: float = COMPANY_SECONDS,
        rest: float = REST_SECONDS,
    ) -> None:
        """`deadline`: seconds that a transaction may take, and an entry wait for its turn."""
        self._journal = journal
        self._deadline = deadline
        self._company = company
        self._rest = rest
        self._resting_until = 0.0
        self._waiting: list[tuple[str, float, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self.head: Head | None = None

    async def write(self, body: str) -> None:
        """Returns once the entry stands. Raises JournalUnavailable when it does not in time."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if len(self._waiting) >= MOST_WAITING or now < self._resting_until:
            raise JournalUnavailable
        written: asyncio.Future[None] = loop.create_future()
        self._waiting.append((body, now, written))
        if self._writer is None:
            self._writer = loop.create_task(self._write_all())
        await written

    async def close(self) -> None:
        """Wait for what is being written."""
        if self._writer is not None:
            await asyncio.wait([self._writer], timeout=self._deadline)

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await self._write_batch()
                if self._waiting and self._company:
                    await asyncio.sleep(self._company)
        finally:
            self._writer = None

    async def _write_batch(self) -> None:
        """Write the entries whose turn it is; what nobody waits for any more is not written."""
        taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
        too_old = asyncio.get_running_loop().time() - self._deadline
        alive = [(body, written) for body, since, written in taken if since >= too_old and not written.done()]
        fault = await self._fault_of([body for body, _ in alive]) if alive else None
        standing = {id(written) for _, written in alive} if fault is None else set()
        for _, _, written in taken:
            if written.done():
                continue
            if id(written) in standing:
                written.set_result(None)
            else:
                written.set_exception(JournalUnavailable(fault))

    async def _fault_of(self, bodies: list[str]) -> Exception | None:
        """What kept these entries from being written; None when they stand."""
        try:
            async with asyncio.timeout(self._deadline):
                self.head = await self._journal.append(bodies)
        except Exception as exc:  # noqa: BLE001 - whatever it was, nobody's answer may leave
            self._resting_until = asyncio.get_running_loop().time() + self._rest
            return exc
        return None

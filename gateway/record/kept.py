"""The journal as the gateway keeps it: entries in groups into the store, read back for those who may."""

import asyncio
from contextlib import suppress
from typing import Protocol

import structlog

from audit.chain import Head
from audit.errors import JournalUnavailable
from audit.group import GroupCommit
from audit.journal import Journal, JournalReader
from gateway.record.store import Store, StoreState, StoreUrls

TELL_HEAD_SECONDS = 600.0
"""How often the newest entry's hash goes to the log, which the store's administrators do not keep."""

log = structlog.get_logger("gateway.record.journal")


class KeptJournal(JournalReader, Protocol):
    """Takes entries and gives them back."""

    async def write(self, body: str) -> None:
        """Returns once the entry stands. Raises JournalUnavailable."""

    async def state(self) -> StoreState:
        """Whether it answers just now."""

    async def open(self) -> None:
        """Make it ready, where that can be done now."""

    async def close(self) -> None:
        """Let go of it, once what is being written stands."""


class StoredJournal:
    """The journal in the store."""

    def __init__(self, urls: StoreUrls, deadline: float) -> None:
        self._store = Store(urls, deadline)
        self.journal = Journal(self._store)
        self._group = GroupCommit(self.journal, deadline)
        self._told: Head | None = None
        self.write, self.page, self.count = self._group.write, self.journal.page, self.journal.count
        self.open, self.state = self._store.open, self._store.state

    async def close(self) -> None:
        """Let go of the store, once what is being written stands."""
        await self._group.close()
        self._tell_head()
        await self._store.close()

    async def tell_heads(self) -> None:
        """Tell the log of the newest entry from time to time: what is cut off behind it, is found by that."""
        while True:
            with suppress(JournalUnavailable):
                self._group.head = self._group.head or await self.journal.head()
            self._tell_head()
            await asyncio.sleep(TELL_HEAD_SECONDS)

    def _tell_head(self) -> None:
        head = self._group.head
        if head is not None and head != self._told:
            log.info("journal head", number=head.number, hash=head.hash.hex())
            self._told = head

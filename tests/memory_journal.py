"""A journal for tests of other things: keeps entries in memory, finds none of them again."""

# ruff: noqa: ARG002 - the arguments are those of the real one

from collections.abc import Sequence

from audit.chain import Entry
from audit.event import Event, event
from audit.filter import JournalFilter
from gateway.record.store import StoreState


class MemoryJournal:
    """What was put on record, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    async def write(self, body: str) -> None:
        self.events.append(event(body))

    async def page(self, asked: JournalFilter, before: int | None, limit: int) -> Sequence[Entry]:
        return ()

    async def count(self, asked: JournalFilter) -> int:
        return 0

    async def state(self) -> StoreState:
        return StoreState.OK

    async def open(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        """Nothing to close."""

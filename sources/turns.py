"""A bound with a queue: so many at once, the others wait, first come, first served. Knows no registry."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Turns that are taken and given back. One that was given up while waiting is never lost."""

    __slots__ = ("_free", "_waiting", "count")

    def __init__(self, count: int) -> None:
        """`count` turns may be taken at once."""
        self.count = count
        self._free = count
        self._waiting: deque[asyncio.Future[None]] = deque()

    def take(self) -> bool:
        """Take a turn if one is free; nobody waits then."""
        if self._free <= 0:
            return False
        self._free -= 1
        return True

    async def wait(self) -> None:
        """Wait for a turn and take it."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            # Given to us in the same moment in which we gave up: the next one has it.
            if turn.cancel() or turn.cancelled():
                raise
            self.give()
            raise

    @asynccontextmanager
    async def all(self) -> AsyncIterator[None]:
        """Take every turn, which is when all who have one have ended."""
        taken = 0
        try:
            while taken < self.count:
                if not self.take():
                    await self.wait()
                taken += 1
            yield
        finally:
            for _ in range(taken):
                self.give()

    def keep(self) -> None:
        """Take a turn for what goes on behind a read: the next that is given back pays for it."""
        self._free -= 1

    def give(self) -> None:
        """Give a turn back: to who has waited longest, if anybody does."""
        if self._free >= 0:
            while self._waiting:
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1

"""What one replica knows of revocations, and whether it may believe that it knows them all."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final
from uuid import uuid4

from auth.ending import is_cancelled
from auth.errors import SessionsUnavailable
from auth.revocation import Marks, Revocations
from auth.revocation_log import News, RevocationLog

SIGHT_SECONDS: Final = 2.0
"""How long a reading is believed: a third less than Redis's lease, so that the replica is blind before."""

WAIT_MS: Final = 500
PAUSE_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 1.0

_BOOT: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def uptime() -> float:
    """Seconds since the machine started, those in which it slept included."""
    return time.clock_gettime(_BOOT)


class RevocationWatch:
    """Follows the log. `follow` is work for the background; all else asks nobody.

    It sees while its last reading is young; a revocation that is confirmed to whoever made it has been read
    by every replica that sees.
    """

    def __init__(self, log: RevocationLog, clock: Callable[[], float] = uptime) -> None:
        self._log, self._clock = log, clock
        self._replica = uuid4().hex
        self._known = Revocations()
        self._position = ""
        self._seen_until = float("-inf")
        self._away = False
        self._news: asyncio.Future[None] | None = None

    @property
    def version(self) -> int:
        """Grows with each revocation: a token that was checked at this version needs no new check."""
        return self._known.version

    def sees(self) -> bool:
        """Whether every revocation that was confirmed to somebody is known here."""
        return self._clock() < self._seen_until

    def strikes(self, marks: Marks) -> bool:
        """Whether a token is revoked, as far as is known here."""
        return self._known.strike(marks)

    async def sight(self) -> None:
        """Wait a moment for sight, unless Redis is known to be away. Raises SessionsUnavailable."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not self.sees() and not self._away:
                    await self.news()
        if not self.sees():
            raise SessionsUnavailable

    def news(self) -> Awaitable[object]:
        """Done at the next revocation, and when sight is lost or regained."""
        if self._news is None:
            self._news = asyncio.get_running_loop().create_future()
        return asyncio.shield(self._news)

    async def follow(self) -> None:
        """Read the log for ever, and from its start again whenever Redis has been away."""
        try:
            while not is_cancelled():
                try:
                    await self._read_all()
                    while not is_cancelled():
                        await self._read_on()
                except SessionsUnavailable:
                    self._away = True
                    self._tell()
                    await self._log.close()
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._seen_until = float("-inf")
            with suppress(SessionsUnavailable):
                await self._log.leave(self._replica)

    async def _read_all(self) -> None:
        """Read the whole log; put back what is known here and was lost there."""
        begun = self._clock()
        news = await self._log.everything(self._replica)
        there = {each.mark for each in news.revocations}
        self._known.forget(time.time())
        for lost in [each for each in self._known if each.mark not in there]:
            await self._log.append(lost)
        self._learn(news, begun)

    async def _read_on(self) -> None:
        begun = self._clock()
        self._learn(await self._log.following(self._replica, self._position, WAIT_MS), begun)

    def _learn(self, news: News, begun: float) -> None:
        is_new = bool(news.revocations) or not self.sees()
        if news.revocations:
            self._known.forget(time.time())
            self._known.add(news.revocations)
        self._position = news.position
        self._seen_until = begun + SIGHT_SECONDS
        self._away = False
        if is_new:
            self._tell()

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)
        self._news = None

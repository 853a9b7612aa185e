"""Revoking: written down, and confirmed once every replica has read it or knows that it has not."""

import asyncio
import time
from typing import Final

from auth.errors import NotConfirmed
from auth.revocation import Kind, Revocation, mark
from auth.revocation_log import RevocationLog

LOOK_SECONDS: Final = 0.005
DEADLINE_SECONDS: Final = 10.0


class Revoker:
    """Revokes tokens and sessions. SessionsUnavailable when Redis is away: then nothing is revoked."""

    def __init__(self, log: RevocationLog) -> None:
        self._log = log

    async def revoke(self, kind: Kind, name: str, told: str) -> int:
        """Revoke what has this name; how many replicas have confirmed it. `told` is what a list shows of it.

        When this returns no replica answers a request with it any more. A replica that died without leaving
        is waited for until its lease ends. NotConfirmed: it is written down, but some replica lags.
        """
        position = await self._log.append(Revocation(kind, mark(kind, name), told, time.time()))
        # By the clock, not by cancelling: what is cancelled while it asks Redis may go on as if it were not.
        ends = asyncio.get_running_loop().time() + DEADLINE_SECONDS
        while (found := await self._log.behind(position))[1]:
            if asyncio.get_running_loop().time() >= ends:
                raise NotConfirmed
            await asyncio.sleep(LOOK_SECONDS)
        return found[0]

"""Sessions as one replica sees them: which were used here a moment ago, and which have to be asked about."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from auth.ending import is_cancelled
from auth.errors import InvalidToken, SessionsUnavailable, TokenFault
from auth.revocation import Kind, mark
from auth.revocation_watch import uptime
from auth.session_store import Use
from auth.tokens import SKEW

MOST: Final = 50_000
"""Sessions remembered at once; the one unused for longest leaves first."""

BATCH: Final = 500


class SessionUses(Protocol):
    """Where the uses of sessions are kept for all replicas. SessionsUnavailable when it is away."""

    async def use(self, uses: Sequence[Use], idle: float) -> Sequence[bool]:
        """Note these uses; for each whether its session goes on, rather than having been idle for so long."""
        ...

    async def seconds_since_use(self, session: str) -> float:
        """How long ago the session was last used anywhere; endless where nothing is known of it."""
        ...


class Session:
    """One session as this replica knows it: its last use here, and until when it can tell that it goes on.

    Both on the clock of `uptime`.
    """

    __slots__ = ("ended", "mark", "sure_until", "used")

    def __init__(self, name: str) -> None:
        self.mark = mark(Kind.SESSION, name)
        self.used = self.sure_until = float("-inf")
        self.ended = False


def touch_seconds(idle: float) -> float:
    """How often uses are told to Redis, and so by how much later than due a session may end."""
    return min(10.0, idle / 10)


class Sessions:
    """Ends sessions that nobody used for `idle` seconds, on any replica.

    A use is told to Redis within `touch_seconds`; so long the others wait before they call a session idle. An
    idle session has ended for good, also for new tokens of it.
    """

    def __init__(self, store: SessionUses, idle: float, clock: Callable[[], float] = uptime) -> None:
        self._store, self._idle, self._clock = store, idle, clock
        self._patience = idle + touch_seconds(idle)
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._untold: dict[str, Session] = {}

    def session(self, name: str) -> Session:
        """The session of this name (`sid`), as far as it is known here."""
        found = self._sessions.get(name)
        if found is None:
            found = self._sessions[name] = Session(name)
            if len(self._sessions) > MOST:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(name)
        return found

    def goes_on(self, session: Session) -> bool:
        """Note a use, where this replica itself knows that the session goes on; False: it has to be asked."""
        now = self._clock()
        if session.ended or now - session.used >= self._idle:
            return False
        session.used = now
        self._untold[session.mark] = session
        return True

    async def use(self, session: Session, issued_at: float) -> None:
        """Note a use of a session by a token issued then (seconds since 1970).

        Raises InvalidToken where the session has ended. One that is not known anywhere begins, if the token
        is younger than a session may be idle: a sign-in is a use too.
        """
        begins = time.time() - issued_at <= self._idle + SKEW
        [goes_on] = await self._store.use([Use(session.mark, 0, begins)], self._patience)
        if not goes_on:
            session.ended = True
            raise InvalidToken(TokenFault.IDLE)
        session.used, session.ended = self._clock(), False

    async def seconds_left(self, session: Session) -> float:
        """Seconds until the session will be idle if it is not used again; 0 where it has ended."""
        here = max(session.used + self._idle, session.sure_until) - self._clock()
        if session.ended or here > 0:
            return 0 if session.ended else here
        left = max(self._patience - await self._store.seconds_since_use(session.mark), 0)
        session.sure_until = self._clock() + left
        return left

    async def tell(self) -> None:
        """Tell Redis of the uses here, now and then, for ever."""
        while not is_cancelled():
            await asyncio.sleep(touch_seconds(self._idle))
            untold, self._untold = self._untold, {}
            sessions = list(untold.values())
            for start in range(0, len(sessions), BATCH):
                await self._tell(sessions[start : start + BATCH])

    async def _tell(self, sessions: list[Session]) -> None:
        now = self._clock()
        try:
            uses = [Use(each.mark, now - each.used, begins=True) for each in sessions]
            going_on = await self._store.use(uses, self._patience)
        except SessionsUnavailable:
            for each in sessions:
                self._untold.setdefault(each.mark, each)
            return
        for each, goes_on in zip(sessions, going_on, strict=True):
            each.ended = not goes_on

"""Doubles of what stands behind the door: sight of revocations, sessions, grants, without a server."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence

from auth.errors import SessionsUnavailable, StandingUnknown
from auth.middleware import Authenticator
from auth.remembered import RememberedTokens, TokenReader
from auth.revocation import Marks, Revocation, Revocations
from auth.session_store import Use
from auth.sessions import Sessions
from auth.standing import GrantStanding, Organization


class Seeing:
    """Sight that the test takes away, and revocations that it makes."""

    def __init__(self) -> None:
        self.revocations = Revocations()
        self.seeing = True
        self.waiting: list[asyncio.Future[None]] = []

    @property
    def version(self) -> int:
        return self.revocations.version

    def sees(self) -> bool:
        return self.seeing

    def strikes(self, marks: Marks) -> bool:
        return self.revocations.strike(marks)

    async def sight(self) -> None:
        if not self.seeing:
            raise SessionsUnavailable

    def news(self) -> Awaitable[object]:
        self.waiting.append(asyncio.get_running_loop().create_future())
        return self.waiting[-1]

    def revoke(self, revocation: Revocation) -> None:
        """Revoke, and tell those who wait."""
        self.revocations.add([revocation])
        self._tell()

    def _tell(self) -> None:
        for each in self.waiting:
            if not each.done():
                each.set_result(None)
        self.waiting.clear()

    def lose(self) -> None:
        """Lose sight, and tell those who wait."""
        self.seeing = False
        self._tell()


class Uses:
    """A store of sessions that says what the test wants; `asked` are the uses that it was told."""

    def __init__(self) -> None:
        self.asked: list[Use] = []
        self.ended: set[str] = set()
        self.since = 0.0
        self.away = False

    async def use(self, uses: Sequence[Use], idle: float) -> Sequence[bool]:  # noqa: ARG002
        if self.away:
            raise SessionsUnavailable
        self.asked += uses
        return [use.session not in self.ended for use in uses]

    async def seconds_since_use(self, session: str) -> float:  # noqa: ARG002
        if self.away:
            raise SessionsUnavailable
        return self.since


class Registries:
    """Registries in which the test employs people, closes organizations, and which it takes away."""

    def __init__(self) -> None:
        self.employed: dict[str, frozenset[str]] = {}
        self.known: dict[str, Organization] = {}
        self.workers_away = self.organizations_away = False
        self.asked = 0

    async def employers(self, snils: str) -> frozenset[str]:
        self.asked += 1
        if self.workers_away:
            raise StandingUnknown
        return self.employed.get(snils, frozenset())

    async def organizations(self, oids: frozenset[str]) -> Mapping[str, Organization]:
        self.asked += 1
        if self.organizations_away:
            raise StandingUnknown
        return {oid: self.known[oid] for oid in oids if oid in self.known}


def door(
    tokens: TokenReader,
    *,
    seeing: Seeing | None = None,
    sessions: Sessions | None = None,
    registries: Registries | None = None,
) -> Authenticator:
    """The door over these tokens, with everything else in order."""
    return Authenticator(
        RememberedTokens(tokens),
        seeing or Seeing(),
        sessions or Sessions(Uses(), 900),
        GrantStanding(registries or Registries()),
    )

"""The door: an `Authorization` header becomes a principal. Knows no framework."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Protocol

from auth.errors import AuthError, GrantsEnded, InvalidToken, SessionsUnavailable, TokenFault
from auth.lapses import unchecked
from auth.principal import PUBLIC, Principal
from auth.remembered import Checked, RememberedTokens
from auth.revocation import Marks, marks_of
from auth.revocation_watch import uptime
from auth.sessions import Sessions

LOOK_SECONDS: Final = 3.0
"""How often a live connection's grants are looked at again."""


class Sight(Protocol):
    """What this replica knows of revocations, and whether it may believe that."""

    @property
    def version(self) -> int:
        """Grows with each revocation."""
        ...

    def sees(self) -> bool:
        """Whether every confirmed revocation is known here."""
        ...

    def strikes(self, marks: Marks) -> bool:
        """Whether a token is revoked."""
        ...

    async def sight(self) -> None:
        """Wait a moment for sight; SessionsUnavailable without it."""
        ...

    def news(self) -> Awaitable[object]:
        """Done at the next revocation, and when sight is lost or regained."""
        ...


class Standing(Protocol):
    """Tells which grants of a token hold, as the registries say now."""

    async def held(self, principal: Principal) -> tuple[Principal, float]:
        """The principal with the grants that hold, and for how many seconds that may be believed."""
        ...


class Authenticator:
    """Says who asks. Nobody is let in by mistake: a header that is there must be right.

    A token that was checked a moment ago is believed without asking anybody, but never beyond what its
    revocation, the end of its session or the end of a grant leave of it.
    """

    def __init__(
        self,
        tokens: RememberedTokens,
        revocations: Sight,
        sessions: Sessions,
        standing: Standing,
        clock: Callable[[], float] = uptime,
    ) -> None:
        self._tokens, self._revocations, self._sessions = tokens, revocations, sessions
        self._standing, self._clock = standing, clock

    def known(self, authorization: str | None) -> Principal | None:
        """The principal where he can be told at once; None where `authenticate` has to look, or to refuse."""
        if authorization is None:
            return PUBLIC
        if authorization[:7] != "Bearer ":
            return None
        found = self._tokens.known(authorization[7:])
        if found is None or self._clock() >= found.held_until or not self._is_clear(found):
            return None
        if found.session is not None and not self._sessions.goes_on(found.session):
            return None
        return found.held

    async def authenticate(self, authorization: str | None) -> Principal:
        """The principal of a request with this header; PUBLIC without one, InvalidToken for a wrong one.

        Where nobody can tell whether the token is revoked, he is left without grants, and says so.
        """
        if authorization is None:
            return PUBLIC
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise InvalidToken(TokenFault.HEADER)
        found = await self._tokens.checked(token.strip())
        try:
            await self._check(found)
        except SessionsUnavailable:
            return unchecked(found.principal)
        found.held, seconds = await self._standing.held(found.principal)
        found.held_until = self._clock() + seconds
        return found.held

    async def ended(self, principal: Principal) -> AuthError:
        """Why a live connection of this principal has to end, once it has to; not his token's own end."""
        marks = marks_of(principal)
        while True:
            news = self._revocations.news()  # before looking, so that nothing is missed in between
            reason = await self._ending(principal, marks)
            if reason is not None:
                return reason
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await news

    def _is_clear(self, found: Checked) -> bool:
        """Whether it is certain that the token is not revoked."""
        if not self._revocations.sees():
            return False
        version = self._revocations.version
        if found.clear_at != version:
            if self._revocations.strikes(found.marks):
                return False
            found.clear_at = version
        return True

    async def _check(self, found: Checked) -> None:
        await self._revocations.sight()
        if self._revocations.strikes(found.marks):
            raise InvalidToken(TokenFault.REVOKED)
        name, issued = found.principal.session, found.marks.issued_at
        if name is not None:
            found.session = self._sessions.session(name)
            if not self._sessions.goes_on(found.session):
                await self._sessions.use(found.session, issued)

    async def _ending(self, principal: Principal, marks: Marks) -> AuthError | None:
        if self._revocations.strikes(marks):
            return InvalidToken(TokenFault.REVOKED)
        if not principal.grants:
            return None
        if not self._revocations.sees():
            return SessionsUnavailable()
        try:
            if principal.session is not None and await self._is_idle(principal.session):
                return InvalidToken(TokenFault.IDLE)
        except SessionsUnavailable as error:
            return error
        held, _ = await self._standing.held(principal)
        return GrantsEnded() if held.grants != principal.grants else None

    async def _is_idle(self, name: str) -> bool:
        return await self._sessions.seconds_left(self._sessions.session(name)) <= 0

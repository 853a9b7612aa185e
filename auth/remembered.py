"""Tokens checked a moment ago: a signature is costly, and a client sends its token with every request."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from auth.principal import Principal
from auth.revocation import Marks, marks_of
from auth.sessions import Session

SECONDS: Final = 60.0
"""How long a checked token is believed; a key that its issuer has withdrawn serves no longer than that."""

MOST: Final = 10_000
"""Tokens remembered at once; the one unused for longest leaves first."""


class TokenReader(Protocol):
    """Makes a principal of a token."""

    async def principal(self, token: str) -> Principal:
        """Whom the token speaks of; InvalidToken or KeysUnavailable otherwise."""
        ...


@dataclass(slots=True, eq=False)
class Checked:
    """A token that was checked: whom it speaks of, until when (seconds since 1970) it needs no new check.

    What else was found out about it is kept with it: at which version of the revocations it was not among
    them, its session, and what of its grants holds until when (seconds of `uptime`).
    """

    principal: Principal
    until: float
    marks: Marks
    clear_at: int = -1
    session: Session | None = None
    held: Principal | None = None
    held_until: float = float("-inf")


class RememberedTokens:
    """Reads tokens by another reader, each again only after a while, and never past its own end.

    Tokens themselves are not kept, only their digests.
    """

    def __init__(
        self,
        tokens: TokenReader,
        *,
        seconds: float = SECONDS,
        most: int = MOST,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._tokens = tokens
        self._seconds, self._most, self._clock = seconds, most, clock
        self._checked: OrderedDict[bytes, Checked] = OrderedDict()

    def known(self, token: str) -> Checked | None:
        """A token that was checked a moment ago; None where it has to be checked."""
        return self._known(_digest(token))

    async def checked(self, token: str) -> Checked:
        """The token, checked now or a moment ago. What is wrong with one is never remembered."""
        digest = _digest(token)
        return self._known(digest) or self._remembered(digest, await self._tokens.principal(token))

    def _known(self, digest: bytes) -> Checked | None:
        found = self._checked.get(digest)
        if found is None or self._clock() >= found.until:
            return None
        self._checked.move_to_end(digest)
        return found

    def _remembered(self, digest: bytes, principal: Principal) -> Checked:
        until = self._clock() + self._seconds
        if principal.expires_at is not None:
            until = min(until, principal.expires_at.timestamp())
        checked = self._checked[digest] = Checked(principal, until, marks_of(principal))
        self._checked.move_to_end(digest)
        while len(self._checked) > self._most:
            self._checked.popitem(last=False)
        return checked


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

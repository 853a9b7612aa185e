"""Tokens checked a moment ago: a signature is costly, and a client sends its token with every request."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from auth.middleware import TokenReader
from auth.principal import Principal

SECONDS: Final = 60.0
"""How long a checked token is believed; a key that its issuer has withdrawn serves no longer than that."""

MOST: Final = 10_000
"""Tokens remembered at once; the one unused for longest leaves first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whom a token speaks of, and until when (seconds since 1970) it needs no new check."""

    principal: Principal
    until: float


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

    def known(self, token: str) -> Principal | None:
        """Whom a token speaks of that was checked a moment ago."""
        return self._found(hashlib.sha256(token.encode()).digest())

    async def principal(self, token: str) -> Principal:
        """Whom the token speaks of. What is wrong with one is never remembered."""
        digest = hashlib.sha256(token.encode()).digest()
        found = self._found(digest)
        if found is not None:
            return found
        principal = await self._tokens.principal(token)
        self._remember(digest, principal)
        return principal

    def _found(self, digest: bytes) -> Principal | None:
        found = self._checked.get(digest)
        if found is None or self._clock() >= found.until:
            return None
        self._checked.move_to_end(digest)
        return found.principal

    def _remember(self, digest: bytes, principal: Principal) -> None:
        until = self._clock() + self._seconds
        if principal.expires_at is not None:
            until = min(until, principal.expires_at.timestamp())
        self._checked[digest] = Checked(principal, until)
        self._checked.move_to_end(digest)
        while len(self._checked) > self._most:
            self._checked.popitem(last=False)

"""The door: an `Authorization` header becomes a principal. Knows no framework."""

from typing import Protocol

from auth.errors import InvalidToken, TokenFault
from auth.principal import PUBLIC, Principal


class TokenReader(Protocol):
    """Makes a principal of a token."""

    async def principal(self, token: str) -> Principal:
        """Whom the token speaks of; InvalidToken or KeysUnavailable otherwise."""
        ...


class QuickTokenReader(TokenReader, Protocol):
    """One that may know a token already, so that a request need not wait."""

    def known(self, token: str) -> Principal | None:
        """Whom the token speaks of, where that can be told at once; None at any time."""
        ...


class Authenticator:
    """Says who asks. Nobody is let in by mistake: a header that is there must be right."""

    def __init__(self, tokens: QuickTokenReader) -> None:
        self._tokens = tokens

    def known(self, authorization: str | None) -> Principal | None:
        """The principal where he can be told at once; None where `authenticate` has to look, or to refuse."""
        if authorization is None:
            return PUBLIC
        if authorization[:7] != "Bearer ":
            return None
        return self._tokens.known(authorization[7:])

    async def authenticate(self, authorization: str | None) -> Principal:
        """The principal of a request with this header; PUBLIC without one, InvalidToken for a wrong one."""
        if authorization is None:
            return PUBLIC
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise InvalidToken(TokenFault.HEADER)
        return await self._tokens.principal(token.strip())

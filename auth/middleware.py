"""The door: an `Authorization` header becomes a principal. Knows no framework."""

from typing import Protocol

from auth.errors import InvalidToken, TokenFault
from auth.principal import PUBLIC, Principal


class TokenReader(Protocol):
    """Makes a principal of a token."""

    async def principal(self, token: str) -> Principal:
        """Whom the token speaks of; InvalidToken or KeysUnavailable otherwise."""
        ...


class Authenticator:
    """Says who asks. Nobody is let in by mistake: a header that is there must be right."""

    def __init__(self, tokens: TokenReader) -> None:
        self._tokens = tokens

    async def authenticate(self, authorization: str | None) -> Principal:
        """The principal of a request with this header; PUBLIC without one, InvalidToken for a wrong one."""
        if authorization is None:
            return PUBLIC
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise InvalidToken(TokenFault.HEADER)
        return await self._tokens.principal(token.strip())

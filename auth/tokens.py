"""Tokens: a signed text becomes a principal or is refused by the name of its fault. It is never repeated."""

import json
import re
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from jose import jws
from jose.backends.base import Key
from jose.exceptions import JWSError

from auth.claims import Claims, audiences, moment, principal_of
from auth.errors import InvalidToken, TokenFault
from auth.keys import ALGORITHMS
from auth.keyset import KeySet
from auth.principal import Principal

LONGEST: Final = 8_192
"""Characters of the longest token that is looked at."""

LIFETIME: Final = 24 * 3_600
"""Seconds that a token may live at most, from its issue to its end."""

SKEW: Final = 30
"""Seconds by which the issuer's clock may differ from ours."""

_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_TYPES: Final = frozenset({"jwt", "at+jwt", "application/at+jwt"})
_OTHER_KINDS: Final = frozenset({"nonce", "at_hash", "c_hash", "s_hash", "events"})
"""Claims of ID tokens, logout tokens and security events, which the same key may sign (RFC 8725, 3.12)."""


class Tokens:
    """Checks the tokens of one issuer for one audience."""

    def __init__(
        self, issuer: str, audience: str, keys: KeySet, clock: Callable[[], float] = time.time
    ) -> None:
        self._issuer, self._audience, self._keys, self._clock = issuer, audience, keys, clock

    async def principal(self, token: str) -> Principal:
        """Whom the token speaks of. Raises InvalidToken, or KeysUnavailable when no token can be checked."""
        header = _header(token)
        algorithm = _algorithm(header)
        key = await self._keys.key(_kid(header), algorithm)
        claims = _claims(token, key, algorithm)
        self._check_parties(claims)
        self._check_times(claims)
        return principal_of(claims)

    def _check_parties(self, claims: Claims) -> None:
        if claims.get("iss") != self._issuer:
            raise InvalidToken(TokenFault.ISSUER)
        if self._audience not in audiences(claims):
            raise InvalidToken(TokenFault.AUDIENCE)

    def _check_times(self, claims: Claims) -> None:
        now, issued, ends = self._clock(), moment(claims, "iat"), moment(claims, "exp")
        begins = moment(claims, "nbf") if "nbf" in claims else issued
        if ends <= now - SKEW:
            raise InvalidToken(TokenFault.EXPIRED)
        if max(issued, begins) > now + SKEW:
            raise InvalidToken(TokenFault.FUTURE)
        if not 0 < ends - issued <= LIFETIME:
            raise InvalidToken(TokenFault.LIFETIME)


def _header(token: str) -> Mapping[str, Any]:
    if len(token) > LONGEST:
        raise InvalidToken(TokenFault.SIZE)
    if not _COMPACT.fullmatch(token):
        raise InvalidToken(TokenFault.MALFORMED)
    head, _, _ = token.partition(".")
    header = _object(_decoded(head))
    if "crit" in header:  # it demands what we do not know, and must then be refused (RFC 7515, 4.1.11)
        raise InvalidToken(TokenFault.MALFORMED)
    if str(header.get("typ", "JWT")).lower() not in _TYPES:
        raise InvalidToken(TokenFault.TYPE)
    return header


def _algorithm(header: Mapping[str, Any]) -> str:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise InvalidToken(TokenFault.ALGORITHM)
    return algorithm


def _kid(header: Mapping[str, Any]) -> str:
    """The key's name: only ever looked up, never a path or a part of a question to anyone."""
    kid = header.get("kid")
    if not isinstance(kid, str):
        raise InvalidToken(TokenFault.KEY)
    return kid


def _claims(token: str, key: Key, algorithm: str) -> Claims:
    """The claims, once the signature is right by this key and algorithm, whatever the token suggests."""
    try:
        payload = jws.verify(token, key, [algorithm])
    except JWSError as exc:
        raise InvalidToken(TokenFault.SIGNATURE) from exc
    claims = _object(payload)
    if not _OTHER_KINDS.isdisjoint(claims) or str(claims.get("typ", "Bearer")).lower() != "bearer":
        raise InvalidToken(TokenFault.TYPE)
    return claims


def _decoded(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError as exc:
        raise InvalidToken(TokenFault.MALFORMED) from exc


def _object(text: bytes) -> Mapping[str, Any]:
    """A JSON object, each of whose members stands in it once: of two, another reader might take the other."""
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as exc:
        raise InvalidToken(TokenFault.MALFORMED) from exc
    if not isinstance(found, dict):
        raise InvalidToken(TokenFault.MALFORMED)
    return found


def _once(members: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        raise ValueError("a member stands twice")
    return found

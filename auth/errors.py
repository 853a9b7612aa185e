"""What can go wrong with a caller's token and headers. No message holds a token, a key or a SNILS.

AuthError
    InvalidToken: the token, or the header around it, is not one that we accept
    TokenWanted: what is asked for belongs to somebody, and the caller has no token
    KeysUnavailable: the issuer's keys cannot be had just now
    SessionsUnavailable: Redis is away, so nobody can tell whether a token is revoked or its session ended
    NotConfirmed: a revocation is written down, but not every replica has confirmed it
    StandingUnknown: a registry is away that should say whether a grant holds
    GrantsEnded: a grant that a live connection rests on holds no more
    UnknownWord: a header states a word that is not on its list
    UnsafeIssuer: the settings give no issuer, half of one, or in production the demo one
    Refused (auth/refusals.py): an argument asks by a fact that the caller may not know
    AccessDenied (auth/refusals.py): the operation is refused as a whole, as the caller chose
"""

from collections.abc import Sequence
from enum import StrEnum


class AuthError(Exception):
    """Something about the caller or his rights stops the request."""


class TokenFault(StrEnum):
    """What is wrong with a token."""

    HEADER = "the Authorization header should be `Bearer` and one token"
    SIZE = "the token is too long"
    MALFORMED = "the token is not a signed JSON web token"
    ALGORITHM = "the token is signed with an algorithm that is not accepted"
    TYPE = "the token is of another type"
    KEY = "the token is signed with an unknown key"
    SIGNATURE = "the token's signature is wrong"
    ISSUER = "the token is from another issuer"
    AUDIENCE = "the token is for another audience"
    EXPIRED = "the token has expired"
    FUTURE = "the token is not valid yet"
    LIFETIME = "the token lives longer than 24 hours"
    CLAIM = "the token has a claim of a wrong shape"
    REVOKED = "the token or its session has been revoked"
    IDLE = "the token's session has ended, for it was not used"


class InvalidToken(AuthError):
    """The token is not one that we accept; `claim` names the claim at fault, where there is one."""

    def __init__(self, fault: TokenFault, claim: str | None = None) -> None:
        super().__init__(f"{fault}: {claim}" if claim else str(fault))
        self.fault = fault
        self.claim = claim


class TokenWanted(AuthError):
    """What is asked for belongs to somebody, and the caller has not said who he is."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} belong to callers with a token: send one in the Authorization header")


class KeysUnavailable(AuthError):
    """The issuer's keys cannot be had just now, so no token can be checked."""

    def __init__(self) -> None:
        super().__init__("the issuer's keys are unavailable")


class SessionsUnavailable(AuthError):
    """Redis is away, so nobody can tell whether a token is revoked or its session has ended."""

    def __init__(self) -> None:
        super().__init__("sessions and revocations cannot be checked just now")


class NotConfirmed(AuthError):
    """A revocation is written down, but a replica that is alive has not confirmed it in time."""

    def __init__(self) -> None:
        super().__init__("the revocation is written down, but not every replica has confirmed it yet")


class StandingUnknown(AuthError):
    """A registry is away that should say whether a grant holds."""


class GrantsEnded(AuthError):
    """A grant that a live connection rests on holds no more."""

    def __init__(self) -> None:
        super().__init__("a grant of the token holds no more")


class UnknownWord(AuthError):
    """A header states a word that is not on its list; the message says the list, not the word."""

    def __init__(self, header: str, words: Sequence[str]) -> None:
        super().__init__(f"{header} should be one of: {', '.join(words)}")
        self.header = header
        self.words = tuple(words)


class UnsafeIssuer(AuthError):
    """The settings of the issuer cannot be trusted; names the setting and what it should be."""

    def __init__(self, setting: str, fault: str) -> None:
        super().__init__(f"{setting} {fault}")
        self.setting = setting
        self.fault = fault

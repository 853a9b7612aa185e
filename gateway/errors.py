"""Every error code, and which exception of a lower room gets which. All others are masked (faults.py)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from audit.errors import JournalUnavailable
from auth.errors import (
    AuthError,
    GrantsEnded,
    InvalidToken,
    KeysUnavailable,
    SessionsUnavailable,
    TokenFault,
    TokenWanted,
    UnknownWord,
)
from cabinet.errors import BadName, CabinetUnavailable, TooMany
from projections.search.errors import (
    BadPosition,
    BadSearch,
    SearchTimedOut,
    SearchTooCostly,
    SearchUnavailable,
)
from resolvers.errors import BadArgument, BadCursor, BadId
from sources.errors import SourceError, TimedOut


class ErrorCode(StrEnum):
    """Every code that `errors[].extensions.code` can hold, on every transport."""

    BAD_REQUEST = "BAD_REQUEST"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    RATE_EXCEEDED = "RATE_EXCEEDED"
    EXPORTS_EXCEEDED = "EXPORTS_EXCEEDED"
    LOOKUPS_EXCEEDED = "LOOKUPS_EXCEEDED"
    LOOKUPS_UNAVAILABLE = "LOOKUPS_UNAVAILABLE"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_MISMATCH = "PERSISTED_QUERY_MISMATCH"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    BAD_CURSOR = "BAD_CURSOR"
    BAD_ID = "BAD_ID"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105 - a code, not a secret
    TOKEN_REVOKED = "TOKEN_REVOKED"  # noqa: S105 - a code, not a secret
    SESSION_ENDED = "SESSION_ENDED"
    GRANTS_ENDED = "GRANTS_ENDED"
    ISSUER_UNAVAILABLE = "ISSUER_UNAVAILABLE"
    SESSIONS_UNAVAILABLE = "SESSIONS_UNAVAILABLE"
    FORBIDDEN = "FORBIDDEN"
    INTROSPECTION_CLOSED = "INTROSPECTION_CLOSED"
    REGISTRY_UNAVAILABLE = "REGISTRY_UNAVAILABLE"
    REGISTRY_TIMEOUT = "REGISTRY_TIMEOUT"
    SEARCH_TOO_COSTLY = "SEARCH_TOO_COSTLY"
    SEARCH_TIMEOUT = "SEARCH_TIMEOUT"
    SEARCH_UNAVAILABLE = "SEARCH_UNAVAILABLE"
    JOURNAL_UNAVAILABLE = "JOURNAL_UNAVAILABLE"
    CABINET_UNAVAILABLE = "CABINET_UNAVAILABLE"
    INTERNAL = "INTERNAL"


# The nearest class in an exception's line of ancestors decides. Exceptions that are not here are INTERNAL.
CODES: Final[Mapping[type[BaseException], ErrorCode]] = MappingProxyType(
    {
        SourceError: ErrorCode.REGISTRY_UNAVAILABLE,
        TimedOut: ErrorCode.REGISTRY_TIMEOUT,
        JournalUnavailable: ErrorCode.JOURNAL_UNAVAILABLE,
        CabinetUnavailable: ErrorCode.CABINET_UNAVAILABLE,
        BadName: ErrorCode.BAD_USER_INPUT,
        TooMany: ErrorCode.BAD_USER_INPUT,
        AuthError: ErrorCode.FORBIDDEN,
        InvalidToken: ErrorCode.UNAUTHENTICATED,
        TokenWanted: ErrorCode.UNAUTHENTICATED,
        KeysUnavailable: ErrorCode.ISSUER_UNAVAILABLE,
        SessionsUnavailable: ErrorCode.SESSIONS_UNAVAILABLE,
        GrantsEnded: ErrorCode.GRANTS_ENDED,
        UnknownWord: ErrorCode.BAD_REQUEST,
        BadArgument: ErrorCode.BAD_USER_INPUT,
        BadCursor: ErrorCode.BAD_CURSOR,
        BadId: ErrorCode.BAD_ID,
        BadSearch: ErrorCode.BAD_USER_INPUT,
        BadPosition: ErrorCode.BAD_CURSOR,
        SearchTooCostly: ErrorCode.SEARCH_TOO_COSTLY,
        SearchTimedOut: ErrorCode.SEARCH_TIMEOUT,
        SearchUnavailable: ErrorCode.SEARCH_UNAVAILABLE,
    }
)

# What is wrong with a token has a code of its own where the caller can do something about it.
FAULTS: Final[Mapping[TokenFault, ErrorCode]] = MappingProxyType(
    {
        TokenFault.EXPIRED: ErrorCode.TOKEN_EXPIRED,
        TokenFault.REVOKED: ErrorCode.TOKEN_REVOKED,
        TokenFault.IDLE: ErrorCode.SESSION_ENDED,
    }
)

# The HTTP status of an answer that holds nothing but errors; 400 for codes that are not here.
STATUSES: Final[Mapping[ErrorCode, int]] = MappingProxyType(
    {
        ErrorCode.NOT_FOUND: 404,
        ErrorCode.METHOD_NOT_ALLOWED: 405,
        ErrorCode.NOT_ACCEPTABLE: 406,
        ErrorCode.UNSUPPORTED_MEDIA_TYPE: 415,
        ErrorCode.RATE_EXCEEDED: 429,
        ErrorCode.EXPORTS_EXCEEDED: 429,
        ErrorCode.LOOKUPS_EXCEEDED: 429,
        ErrorCode.LOOKUPS_UNAVAILABLE: 503,
        ErrorCode.UNAUTHENTICATED: 401,
        ErrorCode.TOKEN_EXPIRED: 401,
        ErrorCode.TOKEN_REVOKED: 401,
        ErrorCode.SESSION_ENDED: 401,
        ErrorCode.GRANTS_ENDED: 403,
        ErrorCode.ISSUER_UNAVAILABLE: 503,
        ErrorCode.SESSIONS_UNAVAILABLE: 503,
        ErrorCode.FORBIDDEN: 403,
        ErrorCode.INTROSPECTION_CLOSED: 403,
        ErrorCode.DOCUMENT_NOT_TRUSTED: 403,
        ErrorCode.REGISTRY_UNAVAILABLE: 503,
        ErrorCode.REGISTRY_TIMEOUT: 504,
        ErrorCode.SEARCH_TIMEOUT: 504,
        ErrorCode.SEARCH_UNAVAILABLE: 503,
        ErrorCode.JOURNAL_UNAVAILABLE: 503,
        ErrorCode.CABINET_UNAVAILABLE: 503,
        ErrorCode.INTERNAL: 500,
    }
)


def code_of(error: BaseException) -> ErrorCode | None:
    """The code that the table gives to an exception, by its nearest ancestor."""
    if isinstance(error, InvalidToken) and error.fault in FAULTS:
        return FAULTS[error.fault]
    return next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), None)

"""What happens to every request before and after its answer, a step each: its id, its size, its origin."""

import re
from collections.abc import Collection
from random import getrandbits
from typing import Final, Protocol

from starlette.datastructures import Headers as RequestHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from gateway.limits import Limits, within
from gateway.operation.scrub import scrubbed
from gateway.transport.head import Head, Headers
from gateway.transport.reply import NO_STORE, VARY, Reply

REQUEST_ID: Final = "X-Request-Id"
ASKED_HEADERS: Final = (
    "Authorization",
    "Content-Type",
    "GraphQL-Cost",
    "X-Access-Mode",
    "X-Access-Purpose",
    REQUEST_ID,
)
TOLD_HEADERS: Final = (
    REQUEST_ID,
    "Content-Disposition",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Svod-Masked",
    "Svod-Withheld",
)
_SAFE_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_NOSNIFF: Final = (b"x-content-type-options", b"nosniff")
_NO_REFERRER: Final = (b"referrer-policy", b"no-referrer")
_NO_CONTENT: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_TLS_ONLY: Final = (b"strict-transport-security", b"max-age=31536000")
PREFLIGHT_SECONDS: Final = 7200
"""How long browsers keep what they were told of another page: as long as any of them does."""
_VARY_ORIGIN: Final = (b"vary", VARY[1] + b", Origin")


class Step(Protocol):
    """One thing that happens to every request. Steps are entered in their order and left in reverse."""

    def before(self, head: Head) -> Reply | None:
        """An answer in place of the application's, or nothing. Raises RequestError to turn it away."""

    def after(self, head: Head, status: int, headers: Headers) -> None:
        """Add to the headers of the answer."""


class RequestId:
    """Gives every request an id, the caller's own when it is a safe one, and tells it back."""

    def before(self, head: Head) -> None:
        """The id, for the log and for whoever answers."""
        head.request_id = identity = request_id(head.value(b"x-request-id"))
        head.scope.setdefault("state", {})["request_id"] = identity
        # Left bound: the context is that of the request's own task, and ends with it.
        bind_contextvars(request_id=identity)

    def after(self, head: Head, status: int, headers: Headers) -> None:  # noqa: ARG002
        """The same id for the caller."""
        headers.append((b"x-request-id", head.request_id.encode("latin-1")))


class SafeHeaders:
    """Tells browsers not to guess at, frame or run an answer, and not to keep one that holds an error."""

    def __init__(self, *, behind_tls: bool = False) -> None:
        """`behind_tls`: browsers should come by HTTPS only from now on."""
        self._lines = (_NOSNIFF, _NO_REFERRER, _NO_CONTENT, *([_TLS_ONLY] if behind_tls else ()))

    def before(self, head: Head) -> None:
        """Nothing: a step of answers."""

    def after(self, head: Head, status: int, headers: Headers) -> None:  # noqa: ARG002
        """The headers that say so."""
        if headers and headers[0] in (VARY, _VARY_ORIGIN):
            headers += self._lines
        else:
            own = {name for name, _ in headers}
            headers += [line for line in self._lines if line[0] not in own]
        if status >= 400 and NO_STORE not in headers:
            headers[:] = [each for each in headers if each[0] != b"cache-control"]
            headers.append(NO_STORE)


class HeadLimit:
    """Refuses a request whose line and headers are larger than the limit `head`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def before(self, head: Head) -> None:
        """Raises LimitExceeded."""
        within(self._limits, "head", head.size)

    def after(self, head: Head, status: int, headers: Headers) -> None:
        """Nothing: a step of requests."""


class Origins:
    """Tells browsers which other pages may ask here (CORS), by Starlette's rules."""

    def __init__(self, origins: Collection[str]) -> None:
        self._rules = CORSMiddleware(
            _nobody,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=ASKED_HEADERS,
            expose_headers=TOLD_HEADERS,
            max_age=PREFLIGHT_SECONDS,
        )
        simple = self._rules.simple_headers
        self._simple = [(name.lower().encode(), value.encode()) for name, value in simple.items()]

    def before(self, head: Head) -> Reply | None:
        """The answer to a browser that asks whether it may ask."""
        if head.method != "OPTIONS" or head.value(b"origin") is None:
            return None
        if head.value(b"access-control-request-method") is None:
            return None
        told = self._rules.preflight_response(RequestHeaders(scope=head.scope))
        return Reply(told.status_code, told.raw_headers, bytes(told.body))

    def after(self, head: Head, status: int, headers: Headers) -> None:  # noqa: ARG002
        """Whether this page may read the answer; what another page gets may differ."""
        origin = head.value(b"origin")
        if origin is not None:
            headers += self._simple
            if not self._rules.allow_all_origins and self._rules.is_allowed_origin(origin):
                headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
        if headers and headers[0] is VARY:
            headers[0] = _VARY_ORIGIN
        else:
            _vary_by_origin(headers)


def request_id(given: str | None) -> str:
    """The caller's id when it is short, plain and no personal number; a new one otherwise."""
    if given is not None and _SAFE_ID.fullmatch(given) and scrubbed(given) == given:
        return given
    return f"{getrandbits(128):032x}"


def _vary_by_origin(headers: Headers) -> None:
    """One `Vary` in place of all, which stays where the first one was."""
    told = [value for name, value in headers if name == b"vary"]
    whole = (b"vary", b", ".join([*told, b"Origin"]))
    at = next((at for at, (name, _) in enumerate(headers) if name == b"vary"), len(headers))
    rest = [each for each in headers[at:] if each[0] != b"vary"]
    headers[at:] = [whole, *rest]


async def _nobody(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind the rules of origins: they are only asked."""

"""What happens to every HTTP request before and after the endpoint: its id, its size, its safety headers."""

import re
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.faults import RequestError, refusal
from gateway.limits import Limits, within
from gateway.operation.execution import Answer
from gateway.operation.scrub import scrubbed
from gateway.transport.accept import Media
from gateway.transport.http import json_response

REQUEST_ID = "X-Request-Id"
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestId:
    """Gives every request an id, the caller's own when it is a safe one, and tells it back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        identity = request_id(_header(scope, b"x-request-id"))
        scope.setdefault("state", {})["request_id"] = identity

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = identity
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=identity):
            await self._app(scope, receive, send_with_id)


class SafeHeaders:
    """Tells browsers not to guess media types, and not to keep an answer that holds an error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if message["status"] >= 400:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_safely)


class HeadLimit:
    """Refuses a request whose line and headers are larger than the limit `head`."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            try:
                within(self._limits, "head", head_size(scope))
            except RequestError as error:
                await json_response(Answer.refusing(error), Media.JSON)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Masked:
    """The last edge: an exception that nobody foresaw becomes an INTERNAL error with an id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            await json_response(Answer.refusing(refusal(error)), Media.JSON)(scope, receive, send)


def request_id(given: str | None) -> str:
    """The caller's id when it is short, plain and no personal number; a new one otherwise."""
    if given is not None and _SAFE_ID.fullmatch(given) and scrubbed(given) == given:
        return given
    return uuid4().hex


def head_size(scope: Scope) -> int:
    """The bytes of the request's line and headers, as they stood on the wire."""
    line = len(scope.get("method", "GET")) + len(scope.get("raw_path", b"")) + len(scope["query_string"]) + 12
    return line + sum(len(name) + len(value) + 4 for name, value in scope["headers"])


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)

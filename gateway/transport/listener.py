"""The listening side: uvicorn, made strict about the heads of requests and silent about itself."""

import asyncio
from functools import partial
from http import HTTPStatus
from typing import Any

import orjson
import uvicorn
from starlette.types import ASGIApp
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refused
from gateway.limits import LimitExceeded, Limits, over
from gateway.operation.execution import Answer
from gateway.settings import Settings
from gateway.transport.connection import ARRIVED, CONNECTION, Connection

LINGER_SECONDS = 1.0
# Longer than load balancers keep a silent connection (60), so that none sends on one that we just closed.
KEEP_ALIVE_SECONDS = 75


class StrictProtocol(HttpToolsProtocol):
    """One connection. Ends it when a head is too large or too slow, before any of our code would see it."""

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limits = limits
        self._head = 0
        self._in_head = True
        self._deadline: asyncio.TimerHandle | None = None
        self._turned_away = False
        self._connection = Connection()
        self._extensions: dict[Any, Any] = {}
        self._answered: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unwatch()
        super().connection_lost(exc)
        if self._answered is not None:
            # Of requests that came one behind the other, uvicorn tells the last one only.
            self._answered.disconnected = True
            self._answered.message_event.set()
        self._connection.hang_up()

    def data_received(self, data: bytes) -> None:
        if self._turned_away:
            return
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head:
            self._watch()
            if self._head > self._limits.head:
                self._turn_away(over(self._limits, "head", self._head))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        extensions: dict[Any, Any] = {CONNECTION: self._connection}
        self.scope["extensions"] = self._extensions = extensions

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._unwatch()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._extensions[ARRIVED] = True
        self._in_head, self._head = True, 0

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        self._turn_away(refused(ErrorCode.BAD_REQUEST, "The request is not valid HTTP/1.1."))

    def _watch(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._limits.head_seconds, self._too_slow)

    def _unwatch(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        seconds = self._limits.head_seconds
        message = f"The head did not arrive in {seconds:g} seconds, the limit `head_seconds`."
        self._turn_away(LimitExceeded("head_seconds", seconds, None, message))

    def _turn_away(self, error: RequestError) -> None:
        """Writes the answer itself, for there is no request yet that an application could answer."""
        self._unwatch()
        if self._turned_away or self.transport.is_closing():
            return
        self._turned_away = True
        content = orjson.dumps(Answer.refusing(error).body())
        head = (
            f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n"
            f"content-type: application/json; charset=utf-8\r\ncontent-length: {len(content)}\r\n"
            "cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + content)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        # To close at once would reset the connection under a client that still sends, and lose the answer.
        self.loop.call_later(LINGER_SECONDS, self.transport.close)


def listener(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the application under these settings."""
    limits = Limits.of(settings)
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=partial(StrictProtocol, limits=limits),  # type: ignore[arg-type]
        ws="websockets-sansio",
        ws_max_size=limits.body,
        ws_per_message_deflate=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=5,
    )

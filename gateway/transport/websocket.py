"""GraphQL over WebSockets, by the graphql-transport-ws protocol.

A socket ends with its caller's token, by 4403: clients take that code for "come back with a new token".
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import uuid4

import orjson
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from gateway.endpoint import Endpoint, Stated, stated
from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal, refused
from gateway.limits import Limits
from gateway.operation.execution import Caller
from gateway.transport.messages import (
    SUBPROTOCOL,
    CloseCode,
    Closing,
    Message,
    MessageType,
    headers_of,
    message_of,
)
from gateway.transport.operations import Operations
from gateway.transport.pages import known
from gateway.transport.reply import refusing_reply
from gateway.transport.waiting import cancelled, seconds_until

CLOSING_SECONDS = 5.0


class WebSocketTransport:
    """The ASGI application at `/graphql` for WebSockets."""

    def __init__(self, endpoint: Endpoint, limits: Limits, origins: Collection[str]) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        if not self._from_known_page(socket):
            error = refused(ErrorCode.FORBIDDEN, "Pages of this origin may not open a socket here.")
            await socket.send_denial_response(refusing_reply(error).response())
            return
        if SUBPROTOCOL in scope["subprotocols"]:
            await socket.accept(SUBPROTOCOL)
            await Session(socket, self._endpoint, self._limits).run()
        else:
            await socket.accept()
            await socket.close(CloseCode.OTHER_SUBPROTOCOL, f"The subprotocol should be {SUBPROTOCOL}")

    def _from_known_page(self, socket: WebSocket) -> bool:
        """Browsers open sockets from any page, whatever CORS says: so the origin is looked at here."""
        origin = socket.headers.get("origin")
        return origin is None or known(origin, self._origins, socket.headers.get("host"))


class Session:
    """One socket, from `connection_init` to its close."""

    def __init__(self, socket: WebSocket, endpoint: Endpoint, limits: Limits) -> None:
        self._socket = socket
        self._endpoint = endpoint
        self._limits = limits
        self._sending = asyncio.Lock()
        self._closed = False
        self._stated = Stated()
        self._operations = Operations(endpoint, limits, self._send)

    async def run(self) -> None:
        """Serve the socket until either side ends it; whatever still runs on it is cancelled."""
        try:
            caller = await self._initialised()
            await self._serve(caller)
        except Closing as closing:
            await self._close(closing.code, closing.reason)
        except WebSocketDisconnect:
            self._closed = True
        except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are logged here
            await self._close(CloseCode.OUR_FAULT, str(refusal(error)))
        finally:
            await self._operations.end()

    async def _initialised(self) -> Caller:
        """The caller that `connection_init` told of."""
        try:
            async with asyncio.timeout(self._limits.init_seconds):
                message = await self._first_message()
                handshake = {name.lower(): value for name, value in self._socket.headers.items()}
                self._stated = stated(headers_of(message.payload, handshake))
                caller = await self._caller(self._socket.state.request_id)
                await self._send({"type": "connection_ack"})
                return caller
        except TimeoutError:
            raise Closing(CloseCode.INIT_TIMEOUT, "Connection initialisation timeout") from None

    async def _first_message(self) -> Message:
        while (message := await self._received()).kind is not MessageType.INIT:
            if message.kind is MessageType.SUBSCRIBE:
                raise Closing(CloseCode.UNAUTHORIZED, "Unauthorized")
            await self._answer_ping(message)
        return message

    async def _caller(self, request_id: str) -> Caller:
        """Who asks; looked at for every operation anew, since a socket outlives sessions and grants."""
        try:
            client = self._socket.client
            address = client.host if client else None
            return await self._endpoint.caller(self._stated, request_id, "websocket", address)
        except RequestError as error:
            raise _turned_away(error) from error

    async def _serve(self, caller: Caller) -> None:
        """Act on what the client says until his token ends, by its time or before it."""
        left = seconds_until(caller.expires_at)
        acting = asyncio.ensure_future(self._act_on_all())
        ending = asyncio.ensure_future(self._endpoint.ended(caller))
        try:
            timeout = None if left == float("inf") else left
            await asyncio.wait({acting, ending}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if acting.done():
                acting.result()
            if ending.done():
                raise _turned_away(ending.result())
            raise Closing(CloseCode.FORBIDDEN, f"{ErrorCode.TOKEN_EXPIRED}: the token has expired")
        finally:
            await cancelled(acting, ending)

    async def _act_on_all(self) -> None:
        while True:
            await self._act(await self._received())

    async def _act(self, message: Message) -> None:
        match message:
            case Message(kind=MessageType.INIT):
                raise Closing(CloseCode.INIT_TWICE, "Too many initialisation requests")
            case Message(kind=MessageType.COMPLETE):
                self._operations.stop(message.identity)
            case Message(kind=MessageType.SUBSCRIBE, request=request) if request is not None:
                await self._operations.start(message.identity, request, await self._caller(uuid4().hex))
            case _:
                await self._answer_ping(message)

    async def _answer_ping(self, message: Message) -> None:
        if message.kind is MessageType.PING:
            payload = {} if message.payload is None else {"payload": message.payload}
            await self._send({"type": "pong"} | payload)

    async def _received(self) -> Message:
        frame = await self._socket.receive()
        if frame["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(frame.get("code", 1005))
        return message_of(frame.get("text"), self._limits)

    async def _send(self, message: dict[str, Any]) -> None:
        """Send a message, one at a time. Waits while the client does not read, which slows its operations."""
        text = orjson.dumps(message).decode()
        async with self._sending:
            if self._closed:
                return
            try:
                await self._socket.send_text(text)
            except WebSocketDisconnect:
                self._closed = True

    async def _close(self, code: CloseCode, reason: str) -> None:
        """Close the socket. A client that does not read does not hold up the end of its operations."""
        self._closed = True
        with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._socket.close(code, reason)


def _turned_away(error: RequestError) -> Closing:
    """The end of a socket whose caller is refused: a client may come back with a new token, or later."""
    code = CloseCode.FORBIDDEN if error.status < 500 else CloseCode.TRY_LATER
    return Closing(code, f"{error.code}: {error}")

"""An answer in parts over HTTP: `multipart/mixed`, each part as soon as it is there."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from gateway.faults import refusal
from gateway.operation.execution import Answer
from gateway.operation.parts import Part
from gateway.transport.accept import ranges_of
from gateway.transport.head import Head
from gateway.transport.lasting import Ended, lasting
from gateway.transport.reply import NO_STORE, VARY, Reply
from gateway.transport.waiting import unless_gone

BOUNDARY: Final = "-"
_BETWEEN: Final = f"\r\n--{BOUNDARY}".encode()
_HEAD: Final = b"\r\ncontent-type: application/json; charset=utf-8\r\n\r\n"
_END: Final = b"--\r\n"


class Shape(Enum):
    """How parts are told."""

    CURRENT = auto()
    """With `pending`, `incremental`, `completed`, as graphql-core does."""
    EARLIER = auto()
    """As `deferSpec=20220824` had it: each item with its own path."""


def parts_shape(accept: str | None) -> Shape | None:
    """The shape in which a client takes parts; None where it takes none, or a shape that we do not know."""
    for each in ranges_of(accept):
        if (each.kind, each.subtype) == ("multipart", "mixed") and each.quality > 0:
            stated = each.parameters.get("deferspec")
            if stated is None:
                return Shape.CURRENT
            if stated == "20220824":
                return Shape.EARLIER
    return None


class PartStream(Reply):
    """The parts of one answer, until the last one, or until nobody may have or wants more of them."""

    def __init__(
        self,
        parts: AsyncGenerator[Answer, None],
        shape: Shape,
        *,
        expires_at: datetime | None,
        ended: Ended,
    ) -> None:
        kind = f'multipart/mixed; boundary="{BOUNDARY}"'.encode()
        super().__init__(200, [NO_STORE, (b"x-accel-buffering", b"no"), VARY, (b"content-type", kind)], b"")
        self._parts, self._shape = lasting(parts, expires_at, ended), shape

    async def send(self, head: Head, receive: Receive, send: Send) -> None:
        """Send part after part."""
        with suppress(ClientDisconnect):
            await unless_gone(head, receive, self._send_all(send))

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        before = _BETWEEN
        async with aclosing(self._parts) as parts:
            async for part in parts:
                if part is None:
                    continue
                chunk = before + _HEAD + _content(self._body(part)) + _BETWEEN
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                before = b""
        await send({"type": "http.response.body", "body": _END, "more_body": False})

    def _body(self, part: Answer) -> dict[str, Any]:
        if not isinstance(part, Part):
            return part.body() | {"hasNext": False}
        return part.body() if self._shape is Shape.CURRENT else part.earlier_body()


def _content(body: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError as error:
        return orjson.dumps(Answer.refusing(refusal(error)).body() | {"hasNext": False})

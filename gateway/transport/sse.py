"""GraphQL over server-sent events, one connection an operation: `next` events with answers, then `complete`.

A refusal is an event too, because browsers do not show the body of a stream's error status.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from datetime import datetime

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from gateway.faults import RequestError, refusal
from gateway.operation.execution import Answer
from gateway.transport.accept import Media
from gateway.transport.head import Head
from gateway.transport.lasting import Ended, lasting
from gateway.transport.reply import CONTENT_TYPES, NO_STORE, VARY, Reply
from gateway.transport.waiting import unless_gone

COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"


class EventStream(Reply):
    """The answers of one operation as events, until it ends, the client hangs up, or the token expires."""

    def __init__(
        self,
        answers: AsyncGenerator[Answer, None],
        *,
        heartbeat: float,
        expires_at: datetime | None,
        ended: Ended,
    ) -> None:
        headers = [NO_STORE, (b"x-accel-buffering", b"no"), VARY, CONTENT_TYPES[Media.EVENTS]]
        super().__init__(200, headers, b"")
        self._events = events(answers, heartbeat, expires_at, ended)

    async def send(self, head: Head, receive: Receive, send: Send) -> None:
        """Send event after event."""
        with suppress(ClientDisconnect):
            await unless_gone(head, receive, self._send_all(send))

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        async with aclosing(self._events):
            async for event in self._events:
                await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def events(
    answers: AsyncGenerator[Answer, None], heartbeat: float, expires_at: datetime | None, ended: Ended
) -> AsyncGenerator[bytes, None]:
    """The bytes of each event; a comment after every silence, the first at once."""
    yield COMMENT
    async with aclosing(lasting(answers, expires_at, ended, heartbeat)) as told:
        async for answer in told:
            yield COMMENT if answer is None else next_event(answer)
    yield COMPLETE


def next_event(answer: Answer) -> bytes:
    """One answer as an event; JSON holds no line breaks."""
    try:
        content = orjson.dumps(answer.body())
    except orjson.JSONEncodeError as error:
        content = orjson.dumps(Answer.refusing(refusal(error)).body())
    return b"event: next\ndata: " + content + b"\n\n"


async def refusing(error: RequestError) -> AsyncGenerator[Answer, None]:
    """The stream of a request that is refused."""
    yield Answer.refusing(error)

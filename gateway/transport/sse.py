"""GraphQL over server-sent events, one connection an operation: `next` events with answers, then `complete`.

A refusal is an event too, because browsers do not show the body of a stream's error status.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal, refused
from gateway.operation.execution import Answer
from gateway.transport.accept import Media
from gateway.transport.waiting import cancelled, seconds_until, unless_gone

COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Vary": "Accept, Authorization"}


class EventStream(Response):
    """The answers of one operation as events, until it ends, the client hangs up, or the token expires."""

    def __init__(
        self, answers: AsyncGenerator[Answer, None], *, heartbeat: float, expires_at: datetime | None
    ) -> None:
        super().__init__(headers=HEADERS, media_type=f"{Media.EVENTS}; charset=utf-8")
        del self.headers["content-length"]
        self._events = events(answers, heartbeat, expires_at)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await unless_gone(receive, self._send_all(send))

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with aclosing(self._events):
            async for event in self._events:
                await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def events(
    answers: AsyncGenerator[Answer, None], heartbeat: float, expires_at: datetime | None
) -> AsyncGenerator[bytes, None]:
    """The bytes of each event; a comment after every silence, the first at once."""
    waiting: asyncio.Future[Answer | None] | None = None
    yield COMMENT
    try:
        while (left := seconds_until(expires_at)) > 0:
            waiting = waiting or asyncio.ensure_future(_following(answers))
            await asyncio.wait({waiting}, timeout=min(heartbeat, left))
            if not waiting.done():
                yield COMMENT
                continue
            answer, waiting = waiting.result(), None
            if answer is None:
                break
            yield next_event(answer)
        else:
            yield next_event(Answer.refusing(refused(ErrorCode.TOKEN_EXPIRED, "The token has expired.")))
        yield COMPLETE
    finally:
        if waiting is not None:
            await cancelled(waiting)
        await answers.aclose()


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


async def _following(answers: AsyncGenerator[Answer, None]) -> Answer | None:
    """The next answer, None after the last one; a failure of the stream is its last answer."""
    try:
        return await anext(answers, None)
    except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are masked here
        return Answer.refusing(refusal(error))

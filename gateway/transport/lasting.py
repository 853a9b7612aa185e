"""Answers that come over time, for as long as their caller may have them: until his token or session ends."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import datetime
from typing import Any

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal, refused
from gateway.operation.execution import Answer
from gateway.transport.waiting import cancelled, seconds_until

Ended = Callable[[], Awaitable[RequestError]]
"""Comes back when the caller has to be turned away before his token's own end, and says why."""


async def lasting(
    answers: AsyncGenerator[Answer, None],
    expires_at: datetime | None,
    ended: Ended,
    silence: float = float("inf"),
) -> AsyncGenerator[Answer | None, None]:
    """The answers, and None after every so many seconds of silence; a refusal is the last one."""
    waiting: asyncio.Future[Answer | None] | None = None
    ending = asyncio.ensure_future(ended())
    try:
        while (left := min(silence, seconds_until(expires_at))) > 0:
            waiting = waiting or asyncio.ensure_future(_following(answers))
            either: set[asyncio.Future[Any]] = {waiting, ending}
            timeout = None if left == float("inf") else left
            await asyncio.wait(either, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if ending.done():
                yield Answer.refusing(ending.result())
                return
            if not waiting.done():
                yield None
                continue
            answer, waiting = waiting.result(), None
            if answer is None:
                return
            yield answer
        yield Answer.refusing(refused(ErrorCode.TOKEN_EXPIRED, "The token has expired."))
    finally:
        await cancelled(ending, *([waiting] if waiting is not None else []))
        await answers.aclose()


async def _following(answers: AsyncGenerator[Answer, None]) -> Answer | None:
    """The next answer, None after the last one; a failure of the stream is its last answer."""
    try:
        return await anext(answers, None)
    except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are masked here
        return Answer.refusing(refusal(error))

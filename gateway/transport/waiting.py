"""Waiting for work only as long as somebody wants its result."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from gateway.transport.connection import CONNECTION, Connection
from gateway.transport.head import Head

T = TypeVar("T")


async def unless_gone(head: Head, receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """The work's result; when the client hangs up first, the work is cancelled, ClientDisconnect raised."""
    connection: Connection | None = head.extension(CONNECTION)
    if connection is not None:
        return await connection.unless_gone(work)
    return await _watched(receive, work)


async def _watched(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """The same under a listener that tells of the end only to those who listen all the time."""
    doing = asyncio.ensure_future(work)
    watching = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({doing, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ClientDisconnect
        return doing.result()
    finally:
        await cancelled(doing, watching)


async def cancelled(*tasks: "asyncio.Future[Any]") -> None:
    """Cancels tasks and waits until they have cleaned up after themselves."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def seconds_until(moment: datetime | None) -> float:
    """Seconds from now until the moment, not below 0; endless for None."""
    return float("inf") if moment is None else max((moment - datetime.now(UTC)).total_seconds(), 0.0)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

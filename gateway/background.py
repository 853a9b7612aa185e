"""Work that goes on beside the requests for as long as the gateway serves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog

from auth.ending import is_cancelled

Work = Callable[[], Awaitable[object]]

PAUSE_SECONDS: Final = 1.0

log = structlog.get_logger("gateway.background")


@asynccontextmanager
async def running(works: Sequence[Work]) -> AsyncIterator[None]:
    """Do these works at once until the end; each is meant never to return."""
    tasks = [asyncio.create_task(_for_ever(work)) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _for_ever(work: Work) -> None:
    """Begin a work again where a fault of ours ended it; the log says which."""
    while not is_cancelled():
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the outermost edge of a task that nobody awaits
            log.error("background", work=work.__qualname__, exception=type(error).__qualname__)
            await asyncio.sleep(PAUSE_SECONDS)

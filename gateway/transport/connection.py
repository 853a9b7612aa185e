"""One connection as the work for its client sees it: whether the client is still there."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect

T = TypeVar("T")

CONNECTION: Final = "svod.connection"
"""Under this name a listener that knows its connections tells of a request's own."""

ARRIVED: Final = "svod.arrived"
"""Under this name it says that the request has arrived to its last byte."""


class Connection:
    """A client's connection, whose end cancels the work that its request has started.

    Requests on one connection are worked on one after the other, so there is one work at a time.
    """

    __slots__ = ("_left", "_working")

    def __init__(self) -> None:
        self._left = False
        self._working: asyncio.Task[Any] | None = None

    async def unless_gone(self, work: Coroutine[Any, Any, T]) -> T:
        """The work's result. When the client hangs up first: the work cancelled, ClientDisconnect raised."""
        if self._gone():
            work.close()
            raise ClientDisconnect
        self._working = task = asyncio.current_task()
        try:
            result = await work
        except asyncio.CancelledError:
            if self._gone() and task is not None and task.uncancel() == 0:
                raise ClientDisconnect from None
            raise
        finally:
            self._working = None
        if self._gone():
            raise ClientDisconnect
        return result

    def _gone(self) -> bool:
        return self._left

    def hang_up(self) -> None:
        """The client is gone: nobody wants what is being worked on."""
        self._left = True
        if self._working is not None:
            self._working.cancel()

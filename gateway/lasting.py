"""What a gateway opens while it is put together, and what works on beside its requests."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeVar

from gateway.background import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lasting:
    """For as long as the gateway serves. What was opened last is closed first."""

    endings: AsyncExitStack = field(default_factory=AsyncExitStack)
    works: list[Work] = field(default_factory=list)

    def opened(self, made: T, close: Callable[[T], Awaitable[object]]) -> T:
        """The same; it is closed in the end."""
        self.endings.push_async_callback(close, made)
        return made

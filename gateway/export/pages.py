"""The pages of an export one after the other, the next asked while one is written."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from gateway.export.page import Asker, Page
from gateway.transport.waiting import cancelled

FIRST_SIZE: Final = 250
"""Rows of the first page, which somebody waits for."""


class Pages:
    """Pages from a cursor on, up to a limit of rows."""

    def __init__(self, asker: Asker, after: str | None, limit: int | None, size: int) -> None:
        self._asker, self._after, self._left, self._size = asker, after, limit, size

    async def first(self) -> Page:
        """The first page. What is wrong is told at once: nothing has been sent yet."""
        return await self._asker.page(self._after, self._taken(min(FIRST_SIZE, self._size)), patient=False)

    async def all(self, first: Page) -> AsyncGenerator[Page, None]:
        """The first page and those behind it. Raises RequestError midway."""
        following = self._following(first)
        try:
            yield first
            while following is not None:
                page = await following
                following = self._following(page)
                yield page
        finally:
            if following is not None:
                await cancelled(following)

    def _following(self, page: Page) -> "asyncio.Task[Page] | None":
        """The page behind this one, already asked for; None where there is none, or no more is wanted."""
        size = self._taken(self._size)
        if not page.more or size == 0:
            return None
        return asyncio.create_task(self._asker.page(page.after, size))

    def _taken(self, size: int) -> int:
        """How many rows to ask for, of those that are still wanted."""
        if self._left is None:
            return size
        taken = min(size, self._left)
        self._left -= taken
        return taken

"""One export on its way: pages become rows of a file, sent as they are made."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from gateway.export.cells import Table
from gateway.export.formats.format import Writer
from gateway.export.page import Page
from gateway.export.pages import Pages
from gateway.export.told import Told
from gateway.faults import RequestError, refusal


class BrokenOff(Exception):
    """The export ends before its last row; what was sent says from where to go on."""

    def __init__(self, cause: RequestError) -> None:
        super().__init__(str(cause))
        self.code = cause.code


class Stream:
    """The bytes of one file."""

    def __init__(self, pages: Pages, table: Table, writer: Writer) -> None:
        self._pages, self._table, self._writer = pages, table, writer
        self.told = Told()
        """What was written so far."""

    async def pieces(self, first: Page) -> AsyncGenerator[bytes, None]:
        """The file, piece by piece. Raises BrokenOff behind the piece that says so."""
        try:
            async with aclosing(self._sent(first)) as sent:
                async for piece in sent:
                    yield piece
        finally:  # the client may have gone, too
            self._writer.leave()

    async def _sent(self, first: Page) -> AsyncGenerator[bytes, None]:
        yield self._writer.head()
        try:
            async with aclosing(self._pages.all(first)) as pages:
                async for page in pages:
                    # In a thread: the loop goes on with others' requests while rows are written and packed.
                    content = await asyncio.to_thread(self._written, page)
                    self._note(page)
                    yield content
        except Exception as error:
            told = refusal(error)  # unknown errors are masked here
            yield self._writer.broken(self.told, told.faults[0].formatted())
            raise BrokenOff(told) from error
        yield await asyncio.to_thread(self._writer.tail, self.told)

    def _written(self, page: Page) -> bytes:
        return self._writer.rows(self._table.cells(page.edges)) if page.edges else b""

    def _note(self, page: Page) -> None:
        told = self.told
        told.rows += len(page.edges)
        told.gone += page.gone
        told.suppressed = told.suppressed or page.suppressed
        told.after, told.whole = page.after or told.after, not page.more
        told.take(page.extensions, page.errors)

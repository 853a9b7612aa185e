"""`/export/workers.csv` and its like: a request becomes a file, sent while it is found and written."""

import asyncio
import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Final

import structlog
from graphql import GraphQLSchema
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from auth.rights import Decision
from gateway.endpoint import Endpoint, Stated
from gateway.errors import ErrorCode
from gateway.export.ahead import ReadAhead
from gateway.export.asked import Asked, asked
from gateway.export.cells import Table
from gateway.export.document import document
from gateway.export.page import Asker, Charges, Contexts, Page, PageContexts
from gateway.export.pages import Pages
from gateway.export.parameters import parameters
from gateway.export.places import Places
from gateway.export.stream import BrokenOff, Stream
from gateway.export.withheld import less
from gateway.export.writers import media, writer
from gateway.faults import RequestError, refused
from gateway.limits import Limits
from gateway.metrics.exports import GONE, Written
from gateway.metrics.requests import OK
from gateway.operation.execution import Answer, Caller, Check, Compiled, Execution, Release
from gateway.operation.prepare import Preparation
from gateway.rates.address import network
from gateway.settings import Settings
from gateway.transport.accept import Media
from gateway.transport.head import Head, Headers
from gateway.transport.http import WHO
from gateway.transport.reply import NO_STORE, json_reply
from gateway.transport.waiting import unless_gone
from projections.search.reader import SearchReader

EXPORTS: Final = "/export/"
METHODS: Final = ("GET", "HEAD", "POST")
AHEAD: Final = 20_000
"""Hits that an export looks for at once."""

GRACE_SECONDS: Final = 30.0
"""How long after its time an export may still say that it is over."""

log = structlog.get_logger("gateway.export")


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the exports: that which answers every operation, and their own reader."""

    endpoint: Endpoint
    preparation: Preparation
    schema: GraphQLSchema
    contexts: Contexts
    compiled: Compiled | None
    releases: Sequence[Release]
    checks: Sequence[Check]
    charges: Charges | None
    search: SearchReader | None
    today: Callable[[], dt.date]


class Exports:
    """What answers below `/export/`."""

    def __init__(self, behind: Behind, settings: Settings) -> None:
        self._behind, self._settings = behind, settings
        self._limits = Limits.of(settings)
        self._places = Places(settings.export_at_once)
        self.written = Written()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The file, or the refusal in JSON; nothing to somebody who has gone."""
        head = Head(scope)
        head.request_id = scope["state"]["request_id"]
        with suppress(ClientDisconnect):
            try:
                await unless_gone(head, receive, self._answer(head, receive, send))
            except RequestError as error:
                reply = json_reply(Answer.refusing(error).body(), error.status, Media.JSON, error.headers)
                await reply.send(head, receive, send)

    async def _answer(self, head: Head, receive: Receive, send: Send) -> None:
        if head.method not in METHODS:
            error = refused(ErrorCode.METHOD_NOT_ALLOWED, "An export is asked by GET or POST.")
            error.headers["Allow"] = ", ".join(METHODS)
            raise error
        who = self._who(head)
        caller = await who()
        given = await parameters(head, receive, self._limits)
        wanted = asked(head.scope["path"].removeprefix(EXPORTS), given, self._limits)
        with self._places.one(_payer(caller)):
            await _Opened(self._behind, self._settings, wanted, who, self.written).send(head, send)

    def _who(self, head: Head) -> Callable[[], Any]:
        """Tells who asks, each time anew."""
        told = Stated(*map(head.last_value, WHO))
        return partial(self._behind.endpoint.caller, told, head.request_id, "export", head.address)


class _Opened:
    """One export."""

    def __init__(
        self,
        behind: Behind,
        settings: Settings,
        wanted: Asked,
        who: Callable[[], Any],
        written: Written,
    ) -> None:
        self._behind, self._asked, self._written, self._who = behind, wanted, written, who
        self._size = settings.export_page
        text = document(wanted.noun, wanted.columns)
        search = behind.search and ReadAhead(behind.search, AHEAD)
        self._contexts = PageContexts(behind.contexts, search, settings.export_page)
        self._asker = Asker(
            wanted.noun,
            behind.preparation.prepared(text, None),
            text,
            wanted.given,
            who,
            Execution(behind.schema, self._contexts, behind.compiled, releases=behind.releases),
            behind.charges,
            settings.export_patience,
            wanted.limit,
            monotonic() + settings.export_seconds,
        )

    async def send(self, head: Head, send: Send) -> None:
        """The answer, from the first page on. Raises RequestError while nothing was sent."""
        key = (self._asked.noun.name, self._asked.format.value)
        started, end = monotonic(), GONE
        self._written.running += 1
        pages = Pages(self._asker, self._asked.after, self._asked.limit, self._size)
        table = Table(self._asked.noun, self._asked.columns, self._behind.today())
        stream = Stream(pages, table, writer(self._asked, dt.datetime.now(dt.UTC)))
        try:
            first = await self._first(head, pages)
            await send({"type": "http.response.start", "status": 200, "headers": self._headers()})
            await self._send(stream, first, send)
            end = OK
        except RequestError as error:
            end = error.code
            raise
        except BrokenOff as error:
            end = error.code  # the transfer has no end, so that nobody takes it for whole
        except TimeoutError:
            end = ErrorCode.LIMIT_EXCEEDED  # the client reads too slowly to be told
        finally:
            self._written.running -= 1
            self._written.rows[key] += stream.told.rows
            self._written.ended[*key, end] += 1
            log.info(
                "export", file=".".join(key), rows=stream.told.rows, end=end, seconds=monotonic() - started
            )

    async def _first(self, head: Head, pages: Pages) -> Page | None:
        """The first page; None for a HEAD, of which only the rights are looked at."""
        asker = self._asker
        caller: Caller = await self._who()
        request = asker.request(self._asked.after, 1)
        for each in self._behind.checks:
            await each.check(asker.prepared, request, caller)
        if head.method != "HEAD":
            return await pages.first()
        await asker.execution.allowed(asker.prepared, request, caller)
        return None

    async def _send(self, stream: Stream, first: Page | None, send: Send) -> None:
        if first is not None:
            left = self._asker.until - monotonic() + GRACE_SECONDS
            async with asyncio.timeout(left), aclosing(stream.pieces(first)) as pieces:
                async for piece in pieces:
                    if piece:
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _headers(self) -> Headers:
        """The file's name and type, and which columns are not given whatever the rows are."""
        name = f"{self._asked.noun.name}-{self._behind.today()}.{self._asked.format}"
        found: Headers = [
            (b"vary", b"Authorization"),
            NO_STORE,
            (b"x-accel-buffering", b"no"),
            (b"content-type", media(self._asked).encode()),
            (b"content-disposition", f'attachment; filename="{name}"'.encode()),
        ]
        decisions = self._contexts.decisions
        for header, decision in ((b"svod-withheld", Decision.WITHHELD), (b"svod-masked", Decision.MASK)):
            if decisions is not None:
                names = less(self._behind.schema, self._asked.noun, self._asked.columns, decisions, decision)
                found += [(header, ", ".join(names).encode())] if names else []
        return found


def _payer(caller: Caller) -> Hashable:
    """Whose export it is."""
    return caller.principal.subject if caller.authenticated else network(caller.address)

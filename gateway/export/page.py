"""Asks one page of an export, as any operation is asked: by rights, on record, and at its price."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, Protocol

from auth.decisions import Decisions
from gateway.errors import ErrorCode
from gateway.export.column import Edge, Noun
from gateway.faults import RequestError, refusal, refused
from gateway.operation.execution import Answer, Caller, Execution, OperationRequest
from gateway.operation.prepare import Prepared
from gateway.rates.rates import RateExceeded
from projections.search.reader import SearchReader
from resolvers.context import Context

AWAY: Final = frozenset(
    {
        ErrorCode.REGISTRY_UNAVAILABLE,
        ErrorCode.REGISTRY_TIMEOUT,
        ErrorCode.SEARCH_UNAVAILABLE,
        ErrorCode.SEARCH_TIMEOUT,
        ErrorCode.JOURNAL_UNAVAILABLE,
        ErrorCode.ISSUER_UNAVAILABLE,
        ErrorCode.SESSIONS_UNAVAILABLE,
    }
)
"""What passes by itself: asked again for a while, and never written as an empty cell."""

FIRST_WAIT: Final = 0.1
LONGEST_WAIT: Final = 4.0


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page, as edges of a connection, and what its answer says of itself."""

    edges: Sequence[Edge]
    gone: int
    """Edges without a record."""
    after: str | None
    """The cursor of the last edge."""
    more: bool
    extensions: Mapping[str, Any]
    errors: Sequence[Mapping[str, Any]]
    suppressed: bool = False
    """Whether figures about few people are left out."""


class Charges(Protocol):
    """Takes the price of a page."""

    async def take(self, payer: Caller, cost: float) -> Any:
        """Raises RateExceeded where the caller has too little left."""
        ...


class Contexts(Protocol):
    """Makes the context of an operation."""

    def context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Context: ...
    def extensions(self, context: Context) -> dict[str, Any]: ...
    def left(self, context: Context) -> None: ...


class PageContexts:
    """Contexts for pages as large as an export's, which search by a reader of their own."""

    def __init__(self, contexts: Contexts, search: SearchReader | None, most: int) -> None:
        self._contexts, self._search, self._most = contexts, search, most
        self.decisions: Decisions | None = None
        """What the gate gave the caller of the last page."""
        self.extensions, self.left = contexts.extensions, contexts.left

    def context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Context:
        """The context of one page."""
        found = self._contexts.context(prepared, request, caller)
        found.most_first, found.loaders.search, found.dangling.most = self._most, self._search, 0
        self.decisions = found.decisions
        return found


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks for the pages of one export."""

    noun: Noun
    prepared: Prepared
    text: str
    given: Mapping[str, Any]
    caller: Callable[[], Awaitable[Caller]]
    """Who asks, told anew for each page: a token ends, and is revoked."""
    execution: Execution
    charges: Charges | None
    patience: float
    """Seconds for which what is away is asked again."""
    limit: int | None
    """Rows that are wanted of a root without pages."""
    until: float
    """The moment, by `monotonic`, at which the export has to have ended."""

    async def page(self, after: str | None, first: int, *, patient: bool = True) -> Page:
        """The page behind a cursor. Raises RequestError once there is no use in asking again."""
        give_up, wait = monotonic() + (self.patience if patient else 0.0), FIRST_WAIT
        while True:
            try:
                return await self._page(after, first)
            except RateExceeded as error:
                if not patient:
                    raise
                await self._pause(error.faults[0].extensions["retryAfter"], error)
            except RequestError as error:
                if error.code not in AWAY or monotonic() + wait > give_up:
                    raise
                await self._pause(wait, error)
                wait = min(2 * wait, LONGEST_WAIT)

    def request(self, after: str | None, first: int) -> OperationRequest:
        """What is asked for that page."""
        page = {} if self.noun.whole else {"first": first, "after": after}
        return OperationRequest(self.text, None, {**self.given, **page})

    async def _page(self, after: str | None, first: int) -> Page:
        if monotonic() > self.until:
            raise refused(ErrorCode.LIMIT_EXCEEDED, "The export took too long.", limit="export_seconds")
        caller, request, whole = await self.caller(), self.request(after, first), self.noun.whole
        if self.charges is not None:
            await self.charges.take(caller, self.prepared.cost.value(request.variables) if whole else first)
        answer = await self._answer(request, caller)
        found = answer.data[self.noun.name]
        if whole is not None:
            rows, suppressed = whole.rows(found)[: self.limit], found["suppressed"]
            return Page(rows, 0, None, False, answer.extensions, answer.errors, suppressed)
        edges = [edge for edge in found["edges"] if edge["node"] is not None]
        info = found["pageInfo"]
        gone = len(found["edges"]) - len(edges)
        return Page(edges, gone, info["endCursor"], info["hasNextPage"], answer.extensions, answer.errors)

    async def _answer(self, request: OperationRequest, caller: Caller) -> Answer:
        try:
            answer = await self.execution.answer(self.prepared, request, caller)
        except Exception as error:
            raise refusal(error) from error
        if answer.refusal is not None:
            raise answer.refusal
        fatal = next((error for error in answer.errors if error["extensions"]["code"] in AWAY), None)
        if fatal is None and (answer.data is None or answer.data[self.noun.name] is None):
            if not answer.errors:
                raise refused(ErrorCode.FORBIDDEN, f"Your roles are not given `{self.noun.name}`.")
            fatal = answer.errors[0]
        if fatal is not None:
            raise told(fatal)
        return answer

    async def _pause(self, seconds: float, error: RequestError) -> None:
        """Wait, unless the export would have to end meanwhile."""
        if monotonic() + seconds > self.until:
            raise error
        await asyncio.sleep(seconds)


def told(error: Mapping[str, Any]) -> RequestError:
    """An answer's error as a refusal."""
    more = {name: value for name, value in error["extensions"].items() if name != "code"}
    return refused(ErrorCode(error["extensions"]["code"]), error["message"], **more)

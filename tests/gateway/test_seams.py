"""What may stand before an execution and after it, on every transport."""

# ruff: noqa: ARG002 - doubles take what the protocols give

from dataclasses import dataclass, field
from typing import Any

import pytest

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.operation.execution import Answer, Caller, OperationRequest
from gateway.operation.prepare import Prepared
from tests.gateway.door import Door, opened
from tests.gateway.sockets import connected
from tests.gateway.toy import Context


@dataclass
class Turnstile:
    """A check that lets so many through."""

    left: int
    seen: list[str | None] = field(default_factory=list)

    async def check(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> None:
        self.seen.append(f"{caller.transport} {prepared.name} {request.variables}")
        self.left -= 1
        if self.left < 0:
            raise refused(ErrorCode.FORBIDDEN, "Too many.")


@dataclass
class Book:
    """A release that writes down who got what."""

    full: bool = False
    lines: list[str] = field(default_factory=list)

    async def released(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, context: Context, answer: Answer
    ) -> Answer:
        if self.full:
            raise refused(ErrorCode.FORBIDDEN, "The book is full.")
        self.lines.append(f"{context.caller.transport} {prepared.name} {answer.data}")
        return Answer(answer.data, answer.errors, dict(answer.extensions) | {"line": len(self.lines)})

    async def refused(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, error: Exception
    ) -> None:
        self.lines.append(f"{caller.transport} {prepared.name} {type(error).__name__}")


async def asked_everywhere(door: Door) -> list[Any]:
    """The answers to one query by POST, batch, GET, event stream and WebSocket."""
    query = "query Q { hello }"
    post = await door.ask(query)
    batch = await door.client.post(door.url, json=[{"query": query}])
    get = await door.client.get(door.url, params={"query": query})
    events = await door.ask(query, headers={"Accept": "text/event-stream"})
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", query)
        message = await client.receive()
    return [post.json(), batch.json()[0], get.json(), events.text, message["payload"]]


async def test_every_transport_goes_through_both() -> None:
    turnstile, book = Turnstile(5), Book()
    async with opened(checks=[turnstile], releases=[book]) as door:
        answers = await asked_everywhere(door)
    transports = ["http", "http", "http", "sse", "websocket"]
    assert turnstile.seen == [f"{each} Q {{}}" for each in transports]
    assert book.lines == [f"{each} Q {{'hello': 'hello world'}}" for each in transports]
    lines = [each["extensions"] for each in (*answers[:3], answers[4])]
    assert lines == [{"line": 1}, {"line": 2}, {"line": 3}, {"line": 5}]
    assert '"extensions":{"line":4}' in answers[3]


async def test_each_event_of_a_subscription_is_released() -> None:
    book = Book()
    async with opened(releases=[book]) as door:
        await door.ask("subscription S { count(to: 2) }", headers={"Accept": "text/event-stream"})
    assert book.lines == ["sse S {'count': 1}", "sse S {'count': 2}"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"checks": [Turnstile(0)]}, "Too many."), ({"releases": [Book(full=True)]}, "The book is full.")],
)
async def test_a_refusal_of_either_has_no_data(settings: dict[str, Any], message: str) -> None:
    error = {"message": message, "extensions": {"code": ErrorCode.FORBIDDEN.value}}
    async with opened(**settings) as door:
        post, batch, get, events, frame = await asked_everywhere(door)
    assert post == batch == get == {"errors": [error]}
    assert frame == [error]
    assert '"data"' not in events
    assert message in events


async def test_who_may_not_ask_is_told_of_before_he_hears_it() -> None:
    book = Book()
    async with opened(releases=[book]) as door:
        door.contexts.refusal = PermissionError("no")
        for query in ("query Q { hello }", "subscription S { count(to: 2) }"):
            answer = await door.ask(query, headers={"Accept": "text/event-stream"})
            assert '"data"' not in answer.text
    assert book.lines == ["sse Q PermissionError", "sse S PermissionError"]


async def test_what_is_refused_before_is_neither_checked_nor_released() -> None:
    turnstile, book = Turnstile(5), Book()
    async with opened(checks=[turnstile], releases=[book]) as door:
        for query in ("{", "{ nothing }"):
            assert (await door.ask(query)).status_code == 400
    assert turnstile.seen == book.lines == []

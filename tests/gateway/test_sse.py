"""GraphQL over server-sent events: when it is chosen, what it sends, and how it ends."""

import asyncio

import pytest

from tests.gateway.door import Door, opened
from tests.gateway.raw import Wire, post, wired

EVENTS = {"Accept": "text/event-stream"}
FOREVER = post(b'{"query": "subscription { forever }"}', "Accept: text/event-stream")


async def line_that_starts(wire: Wire, start: bytes) -> bytes:
    """The next line of a stream that starts so."""
    while not (line := await wire.line()).startswith(start):
        assert line, "the stream ended"
    return line


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_subscription_is_a_stream_of_next_and_complete(door: Door, method: str) -> None:
    asked = {"query": "subscription { count(to: 2) }"}
    given = {"params": asked} if method == "GET" else {"json": asked}
    response = await door.client.request(method, door.url, headers=EVENTS, **given)  # type: ignore[arg-type]
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content == (
        b":\n\n"
        b'event: next\ndata: {"data":{"count":1}}\n\n'
        b'event: next\ndata: {"data":{"count":2}}\n\n'
        b"event: complete\ndata:\n\n"
    )


async def test_query_is_one_next_and_complete(door: Door) -> None:
    response = await door.ask("{ hello }", headers=EVENTS)
    expected = ':\n\nevent: next\ndata: {"data":{"hello":"hello world"}}\n\nevent: complete\ndata:\n\n'
    assert response.text == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ a: b: }", "GRAPHQL_PARSE"),
    ],
)
async def test_refused_operation_is_told_as_an_event(door: Door, query: str, code: str) -> None:
    response = await door.ask(query, headers=EVENTS)
    assert response.status_code == 200
    assert f'"code":"{code}' in response.text
    assert '"data":' not in response.text
    assert response.text.endswith("event: complete\ndata:\n\n")


async def test_refused_variables_of_a_subscription_are_told_as_an_event(door: Door) -> None:
    response = await door.ask("subscription ($to: Int!) { count(to: $to) }", headers=EVENTS)
    assert '"code":"BAD_USER_INPUT"' in response.text
    assert response.text.endswith("event: complete\ndata:\n\n")


async def test_wrong_token_is_401_before_any_stream(door: Door) -> None:
    response = await door.ask("{ hello }", headers=EVENTS | {"Authorization": "Bearer wrong"})
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/json; charset=utf-8"


async def test_failure_of_a_stream_is_its_last_answer_masked(door: Door) -> None:
    response = await door.ask("subscription { failing }", headers=EVENTS)
    assert '"failing":1' in response.text
    assert '"code":"INTERNAL"' in response.text
    assert "hunter2" not in response.text
    assert response.text.endswith("event: complete\ndata:\n\n")


@pytest.mark.parametrize(
    "accept",
    [
        "text/event-stream, application/json",
        "application/json, text/event-stream",
        "text/event-stream, */*",
        "*/*",
        "text/*",
        "text/event-stream;q=0.9, application/json",
        "application/graphql-response+json, application/json;q=0.1, text/event-stream",
    ],
)
async def test_stream_is_not_chosen_because_it_is_merely_listed(door: Door, accept: str) -> None:
    response = await door.ask("{ hello }", headers={"Accept": accept})
    assert not response.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    "accept", ["text/event-stream", "text/event-stream, application/json;q=0.5, */*;q=0.1"]
)
async def test_stream_is_chosen_alone_or_when_preferred(door: Door, accept: str) -> None:
    response = await door.ask("{ hello }", headers={"Accept": accept})
    assert response.headers["content-type"].startswith("text/event-stream")


async def test_silence_is_filled_with_comments() -> None:
    async with opened(sse_heartbeat=0.02) as door, wired(door) as wire:
        await wire.send(FOREVER)
        await line_that_starts(wire, b"data: ")
        for _ in range(3):
            await line_that_starts(wire, b":")


async def test_hanging_up_ends_the_subscription(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(FOREVER)
        await line_that_starts(wire, b"data: ")
        await door.until(door.traces.going)
    await door.until(door.traces.ended)
    assert door.traces.closed == 1


async def test_hanging_up_cancels_a_query(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "{ slow }"}', "Accept: text/event-stream"))
        await door.until(door.traces.going)
    await door.until(door.traces.ended)
    assert door.traces.cancelled == 1


async def test_answer_that_json_cannot_hold_is_masked(door: Door) -> None:
    response = await door.ask("{ huge }", headers=EVENTS)
    assert '"code":"INTERNAL"' in response.text
    assert response.text.endswith("event: complete\ndata:\n\n")


async def test_stream_ends_with_its_token(door: Door) -> None:
    headers = EVENTS | {"Authorization": "Bearer short"}
    response = await door.ask("subscription { forever }", headers=headers)
    assert '"forever":0' in response.text
    assert '"code":"TOKEN_EXPIRED"' in response.text
    assert response.text.endswith("event: complete\ndata:\n\n")
    await door.until(door.traces.ended)


async def test_client_that_does_not_read_holds_up_its_subscription(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "subscription { flood }"}', "Accept: text/event-stream"))
        await line_that_starts(wire, b"event: next")
        before = -1
        while before != door.traces.started:
            before = door.traces.started
            await asyncio.sleep(0.2)
        assert before < 5_000

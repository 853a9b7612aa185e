"""Answers in parts: who gets them, in which shape, when, and what ends them."""

# ruff: noqa: ARG002 - a release sees more than these tests look at

import asyncio
from typing import Any

import httpx
import orjson
import pytest

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.operation.execution import Answer
from gateway.operation.parts import Part
from tests.gateway.door import PATIENCE, Door, opened
from tests.gateway.sockets import connected

CURRENT = {"Accept": "multipart/mixed, application/json"}
EARLIER = {"Accept": "multipart/mixed;deferSpec=20220824, application/json"}
DEFERRED = '{ hello ... @defer(label: "later") { worker { fullName } } }'
STREAMED = "{ worker { languages @stream(initialCount: 0) { name } } }"
WAITING = "{ hello ... @defer { slow } }"


def parts(response: httpx.Response) -> list[Any]:
    """The parts of a whole response, whose framing has to be right."""
    assert response.headers["content-type"] == 'multipart/mixed; boundary="-"'
    before, *framed, after = response.text.split("\r\n---")
    assert (before, after) == ("", "--\r\n")
    head = "\r\ncontent-type: application/json; charset=utf-8\r\n\r\n"
    assert all(each.startswith(head) for each in framed)
    return [orjson.loads(each.removeprefix(head)) for each in framed]


async def test_parts_in_the_current_shape(door: Door) -> None:
    assert parts(await door.ask(DEFERRED, headers=CURRENT)) == [
        {
            "data": {"hello": "hello world"},
            "pending": [{"id": "0", "path": [], "label": "later"}],
            "hasNext": True,
        },
        {
            "incremental": [{"data": {"worker": {"fullName": "Иванова Анна Петровна"}}, "id": "0"}],
            "completed": [{"id": "0"}],
            "hasNext": False,
        },
    ]


async def test_parts_in_the_earlier_shape(door: Door) -> None:
    first, last = parts(await door.ask(DEFERRED, headers=EARLIER))
    assert first == {"data": {"hello": "hello world"}, "hasNext": True}
    [item] = last.pop("incremental")
    assert item == {"data": {"worker": {"fullName": "Иванова Анна Петровна"}}, "path": [], "label": "later"}
    assert last == {"hasNext": False}


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "*/*",
        "multipart/mixed;deferSpec=19990101, application/json",
        "multipart/mixed;q=0, application/json",
    ],
)
async def test_others_get_the_answer_in_one_piece(door: Door, accept: str) -> None:
    response = await door.ask(DEFERRED, headers={"Accept": accept})
    whole = {"hello": "hello world", "worker": {"fullName": "Иванова Анна Петровна"}}
    assert response.json() == {"data": whole}


async def test_who_wants_refusals_gets_one_piece(door: Door) -> None:
    response = await door.ask(DEFERRED, headers=CURRENT | {"X-Access-Mode": "Reject"})
    assert response.headers["content-type"] == "application/json; charset=utf-8"


async def test_what_is_not_deferred_by_its_variable_is_one_part(door: Door) -> None:
    query = "query ($later: Boolean!) { hello ... @defer(if: $later) { worker { fullName } } }"
    [part] = parts(await door.ask(query, variables={"later": False}, headers=CURRENT))
    assert part["data"]["worker"] == {"fullName": "Иванова Анна Петровна"}
    assert part["hasNext"] is False


async def test_an_operation_without_parts_stays_json(door: Door) -> None:
    response = await door.ask("{ hello }", headers=CURRENT)
    assert response.json() == {"data": {"hello": "hello world"}}


async def test_a_stream_ends_though_it_has_no_items(door: Door) -> None:
    first, *_, last = parts(await door.ask(STREAMED, headers=CURRENT))
    assert first["data"] == {"worker": {"languages": []}}
    assert last["hasNext"] is False


async def test_the_first_part_does_not_wait_for_the_others(door: Door) -> None:
    async with door.client.stream("POST", door.url, json={"query": WAITING}, headers=CURRENT) as response:
        chunks = response.aiter_bytes()
        async with asyncio.timeout(PATIENCE):
            assert b'"hello":"hello world"' in await anext(chunks)
            await door.until(door.traces.going)
            door.traces.release.set()
            assert b'"slow":"done"' in b"".join([chunk async for chunk in chunks])


async def test_who_hangs_up_ends_the_work(door: Door) -> None:
    async with door.client.stream("POST", door.url, json={"query": WAITING}, headers=CURRENT) as response:
        await anext(response.aiter_bytes())
        await door.until(door.traces.going)
    await door.until(door.traces.ended)
    assert door.traces.cancelled == 1


async def test_a_failure_in_a_part_is_masked_there(door: Door) -> None:
    _, last = parts(await door.ask("{ hello ... @defer { broken } }", headers=CURRENT))
    [item] = last["incremental"]
    assert item["data"] == {"broken": None}
    assert item["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert item["errors"][0]["path"] == ["broken"]
    assert "hunter2" not in str(last)


@pytest.mark.parametrize("headers", [CURRENT, EARLIER])
async def test_a_part_that_cannot_be_is_told(door: Door, headers: dict[str, str]) -> None:
    _, last = parts(await door.ask("{ hello ... @defer { brokenNonNull } }", headers=headers))
    [told] = last["completed"] if headers is CURRENT else last["incremental"]
    assert told["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in str(last)


async def test_wrong_variables_and_texts_are_refused_before_any_part(door: Door) -> None:
    query = "query ($snils: Snils) { hello ... @defer { worker(snils: $snils) { fullName } } }"
    response = await door.ask(query, variables={"snils": "1"}, headers=CURRENT)
    assert "BAD_USER_INPUT" in response.text
    assert '"data"' not in response.text
    response = await door.ask("{ ... @defer { nothing } }", headers=CURRENT)
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


class HoldsBack:
    """Lets the first part leave and no other."""

    async def released(
        self, prepared: Any, request: Any, caller: Any, context: Any, answer: Answer
    ) -> Answer:
        if isinstance(answer, Part) and answer.first:
            return answer
        assert answer.data == [{"slow": "done"}]
        raise refused(ErrorCode.REGISTRY_UNAVAILABLE, "not on record")

    async def refused(self, prepared: Any, request: Any, caller: Any, error: Exception) -> None:
        raise AssertionError


@pytest.mark.parametrize("headers", [CURRENT, EARLIER])
async def test_a_part_that_is_held_back_ends_the_answer(headers: dict[str, str]) -> None:
    async with opened(releases=[HoldsBack()]) as door:
        door.traces.release.set()
        _, last = parts(await door.ask(WAITING, headers=headers))
        assert last["hasNext"] is False
        assert "done" not in str(last)
        [told] = last["completed"] if headers is CURRENT else last["incremental"]
        assert told["errors"][0]["message"] == "not on record"


async def test_parts_end_with_the_token(door: Door) -> None:
    headers = CURRENT | {"Authorization": "Bearer short"}
    first, last = parts(await door.ask(WAITING, headers=headers))
    assert first["hasNext"] is True
    assert last["hasNext"] is False
    assert [each["extensions"]["code"] for each in last["errors"]] == ["TOKEN_EXPIRED"]
    await door.until(door.traces.ended)


async def test_parts_as_events(door: Door) -> None:
    response = await door.ask(DEFERRED, headers={"Accept": "text/event-stream"})
    events = [line for line in response.text.splitlines() if line.startswith("data: {")]
    assert [orjson.loads(each[6:])["hasNext"] for each in events] == [True, False]
    assert response.text.endswith("event: complete\ndata:\n\n")


async def test_parts_over_a_socket(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", DEFERRED)
        told = [await client.receive() for _ in range(3)]
    assert [each["type"] for each in told] == ["next", "next", "complete"]
    assert [each["payload"]["hasNext"] for each in told[:2]] == [True, False]

"""graphql-transport-ws: each message is checked, close codes are right, nothing outlives its socket."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from auth.errors import UnknownWord
from gateway.errors import ErrorCode
from tests.gateway.door import Door, opened
from tests.gateway.sockets import connected


async def test_query_is_answered_and_completed(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "{ hello }")
        assert await client.receive() == {
            "id": "1",
            "type": "next",
            "payload": {"data": {"hello": "hello world"}},
        }
        assert await client.receive() == {"id": "1", "type": "complete"}


async def test_subscription_is_answered_event_by_event(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("a", "subscription ($to: Int!) { count(to: $to) }", variables={"to": 3})
        answers = [await client.receive() for _ in range(4)]
        assert [answer.get("payload") for answer in answers] == [
            {"data": {"count": 1}},
            {"data": {"count": 2}},
            {"data": {"count": 3}},
            None,
        ]
        assert answers[-1] == {"id": "a", "type": "complete"}


async def test_every_event_has_a_context_of_its_own(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("a", "subscription { count(to: 3) }")
        for _ in range(4):
            await client.receive()
        assert door.traces.contexts == 1 + 3


async def test_mutation_is_answered(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "mutation { note }")
        assert (await client.receive())["payload"] == {"data": {"note": 1}}


async def test_operations_run_side_by_side(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("slow", "{ slow }")
        await client.subscribe("fast", "{ hello }")
        assert (await client.receive())["id"] == "fast"
        assert (await client.receive()) == {"id": "fast", "type": "complete"}
        door.traces.release.set()
        assert (await client.receive())["payload"] == {"data": {"slow": "done"}}


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", {}, ErrorCode.GRAPHQL_PARSE_FAILED),
        ("{ nothing }", {}, ErrorCode.GRAPHQL_VALIDATION_FAILED),
        ("query ($of: Int!) { number(of: $of) }", {"of": "x"}, ErrorCode.BAD_USER_INPUT),
        ("query A { hello } query B { hello }", {}, ErrorCode.OPERATION_NOT_FOUND),
        ("{ " + "a: hello " * 21 + "}", {}, ErrorCode.LIMIT_EXCEEDED),
    ],
)
async def test_refused_operation_is_an_error_message_and_the_socket_stays(
    door: Door, query: str, variables: dict[str, Any], code: ErrorCode
) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", query, variables=variables)
        message = await client.receive()
        assert (message["id"], message["type"]) == ("1", "error")
        assert message["payload"][0]["extensions"]["code"] == code
        await client.subscribe("1", "{ hello }")
        assert (await client.receive())["type"] == "next"


async def test_refusal_of_rights_is_an_error_message(door: Door) -> None:
    door.contexts.refusal = UnknownWord("X-Access-Mode", ["filter", "reject"])
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "{ hello }")
        message = await client.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["message"] == "X-Access-Mode should be one of: filter, reject"


async def test_answer_that_json_cannot_hold_is_masked(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "{ huge }")
        assert (await client.receive())["payload"][0]["extensions"]["code"] == "INTERNAL"


async def test_failure_of_a_stream_ends_it_masked(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "subscription { failing }")
        assert (await client.receive())["payload"] == {"data": {"failing": 1}}
        last = await client.receive()
        assert last["type"] == "error"
        assert last["payload"][0]["extensions"]["code"] == "INTERNAL"
        assert "hunter2" not in str(last)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "[]",
        "null",
        "1",
        '"subscribe"',
        "{",
        "{}",
        '{"type": 1}',
        '{"type": []}',
        '{"type": "next"}',
        '{"type": "connection_ack"}',
        '{"type": "start", "id": "1", "payload": {"query": "{ hello }"}}',
        '{"type": "ping", "payload": []}',
        '{"type": "pong", "payload": "x"}',
        '{"type": "complete"}',
        '{"type": "complete", "id": 1}',
        '{"type": "complete", "id": ""}',
        '{"type": "subscribe", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": {}, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": []}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "extensions": "x"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "operationName": {}}}',
        '{"type": "ping", "payload": {"a": ' + "1" * 5000 + "}}",
        '{"type": "ping", "payload": ' + '{"a":' * 40 + "1" + "}" * 41,
        '{"type": "ping", "payload": ' + '{"a":' * 5000,
        b'{"type": "ping"}',
    ],
)
async def test_wrong_message_closes_with_4400(door: Door, message: str | bytes) -> None:
    async with connected(door) as before, connected(door) as after:
        await before.send(message)
        assert (await before.closed())[0] == 4400
        await after.init()
        await after.send(message)
        assert (await after.closed())[0] == 4400


async def test_reason_of_4400_says_what_would_be_right(door: Door) -> None:
    async with connected(door) as client:
        await client.send("[]")
        assert await client.closed() == (4400, "A message should be a JSON object")


async def test_subscribe_before_init_closes_with_4401(door: Door) -> None:
    async with connected(door) as client:
        await client.subscribe("1", "{ hello }")
        assert await client.closed() == (4401, "Unauthorized")


@pytest.mark.parametrize("token", ["Bearer wrong", "Bearer expired"])
async def test_wrong_token_closes_with_4403(door: Door, token: str) -> None:
    async with connected(door) as client:
        await client.send({"type": "connection_init", "payload": {"Authorization": token}})
        code, reason = await client.closed()
        assert code == 4403
        assert reason.startswith(("UNAUTHENTICATED: ", "TOKEN_EXPIRED: "))


@pytest.mark.parametrize("token", ["Bearer keyless", "Bearer broken"])
async def test_fault_of_ours_in_authentication_asks_to_come_again(door: Door, token: str) -> None:
    async with connected(door) as client:
        await client.send({"type": "connection_init", "payload": {"Authorization": token}})
        code, reason = await client.closed()
        assert code == 1013
        assert "hunter2" not in reason


async def test_token_of_another_type_closes_with_4400(door: Door) -> None:
    async with connected(door) as client:
        await client.send({"type": "connection_init", "payload": {"Authorization": 1}})
        assert (await client.closed())[0] == 4400


async def test_connection_params_tell_who_asks(door: Door) -> None:
    async with connected(door) as client:
        await client.init(
            Authorization="Bearer good", **{"X-Access-Mode": "reject", "x-access-purpose": "complaint"}
        )
        await client.subscribe("1", "{ caller }")
        answer = (await client.receive())["payload"]
        assert answer["data"] == {"caller": "anna websocket reject complaint"}
        assert answer["extensions"] == {"registries": {"WORKERS": {"state": "OK"}}}


async def test_handshake_tells_who_asks(door: Door) -> None:
    async with connected(door, additional_headers={"Authorization": "Bearer good"}) as client:
        await client.init()
        await client.subscribe("1", "{ caller }")
        assert (await client.receive())["payload"]["data"] == {"caller": "anna websocket None None"}


@pytest.mark.parametrize("subprotocols", [None, ["graphql-ws"], ["soap"]])
async def test_other_subprotocol_closes_with_4406(door: Door, subprotocols: Any) -> None:
    async with connected(door, subprotocols=subprotocols) as client:
        assert await client.closed() == (4406, "The subprotocol should be graphql-transport-ws")


async def test_silence_closes_with_4408() -> None:
    async with opened(limit_init_seconds=0.05) as door, connected(door) as client:
        assert await client.closed() == (4408, "Connection initialisation timeout")


async def test_pings_do_not_put_off_the_init_timeout() -> None:
    async with opened(limit_init_seconds=0.2) as door, connected(door) as client:

        async def ping() -> None:
            while True:
                await client.send({"type": "ping"})
                await asyncio.sleep(0.02)

        pinging = asyncio.create_task(ping())
        assert (await client.closed())[0] == 4408
        pinging.cancel()
        await asyncio.gather(pinging, return_exceptions=True)


async def test_id_in_use_closes_with_4409(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "subscription { forever }")
        await client.receive()
        await client.subscribe("1", "{ hello }")
        assert await client.closed() == (4409, "Subscriber for 1 already exists")


async def test_second_init_closes_with_4429(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.send({"type": "connection_init"})
        assert await client.closed() == (4429, "Too many initialisation requests")


async def test_ping_is_answered_with_its_payload_before_and_after_init(door: Door) -> None:
    async with connected(door) as client:
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}
        await client.send({"type": "pong"})
        await client.init()
        await client.send({"type": "ping", "payload": {"a": 1}})
        assert await client.receive() == {"type": "pong", "payload": {"a": 1}}


async def test_complete_ends_the_operation_and_frees_its_id(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "subscription { forever }")
        await client.receive()
        await client.send({"id": "1", "type": "complete"})
        await door.until(door.traces.ended)
        await client.subscribe("1", "{ hello }")
        assert (await client.receive())["payload"] == {"data": {"hello": "hello world"}}


async def test_complete_of_an_unknown_id_is_no_fault(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.send({"id": "7", "type": "complete"})
        await client.subscribe("7", "{ hello }")
        assert (await client.receive())["type"] == "next"


async def test_hanging_up_ends_all_operations(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "subscription { forever }")
        await client.receive()
        await door.until(door.traces.going)
    await door.until(door.traces.ended)
    assert door.traces.closed == 1


async def test_hanging_up_without_a_goodbye_cancels_a_query(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "{ slow }")
        await door.until(door.traces.going)
        client.connection.transport.abort()
    await door.until(door.traces.ended)
    assert door.traces.cancelled == 1


async def test_mutation_is_carried_to_its_end_though_its_client_is_gone(door: Door) -> None:
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", "mutation { write }")
        await door.until(door.traces.going)
    door.traces.release.set()
    await door.until(door.traces.written)
    assert door.traces.cancelled == 0


async def test_socket_ends_with_its_token(door: Door) -> None:
    async with connected(door) as client:
        await client.init(Authorization="Bearer short")
        await client.subscribe("1", "subscription { forever }")
        assert (await client.receive())["type"] == "next"
        assert await client.closed() == (4403, "TOKEN_EXPIRED: the token has expired")
    await door.until(door.traces.ended)


async def test_operations_on_one_socket_are_limited() -> None:
    async with opened(limit_subscriptions=2) as door, connected(door) as client:
        await client.init()
        for identity in ("1", "2"):
            await client.subscribe(identity, "subscription { forever }")
            await client.receive()
        await client.subscribe("3", "{ hello }")
        message = await client.receive()
        assert (message["id"], message["type"]) == ("3", "error")
        assert message["payload"][0] == {
            "message": "The request has 3 operations running on its socket, the limit `subscriptions` is 2.",
            "extensions": {"code": "LIMIT_EXCEEDED", "limit": "subscriptions", "maximum": 2, "found": 3},
        }


async def test_large_message_closes_with_1009() -> None:
    async with opened(limit_body=2048) as door, connected(door) as client:
        await client.init()
        await client.subscribe("1", "{ hello } #" + "x" * 2048)
        assert (await client.closed())[0] == 1009


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_page_of_another_origin_is_refused(door: Door, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connected(door, origin=origin):
            pass
    assert refused.value.response.status_code == 403
    assert b"FORBIDDEN" in (refused.value.response.body or b"")


async def test_own_page_and_listed_origins_are_let_in() -> None:
    async with opened(cors_origins=("https://front.example",)) as door:
        for origin in (f"http://127.0.0.1:{door.port}", "https://front.example"):
            async with connected(door, origin=origin) as client:
                await client.init()


async def test_client_that_does_not_read_holds_up_its_own_subscription_only(door: Door) -> None:
    async with connected(door, max_queue=1) as slow, connected(door) as quick:
        await slow.init()
        await slow.subscribe("1", "subscription { flood }")
        await quick.init()
        await quick.subscribe("1", "{ hello }")
        assert (await quick.receive())["type"] == "next"
        await still(door)
        slow.connection.transport.abort()


async def still(door: Door) -> None:
    """Returns when the gateway has stopped asking for events, long before the last one."""
    before = -1
    while before != door.traces.started:
        before = door.traces.started
        await asyncio.sleep(0.2)
    assert 1 < before < 5_000

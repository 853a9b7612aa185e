"""Rates at the real door: what every transport tells of what is left, and of refusals."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway.rates.ledger import RedisLedger
from gateway.rates.policy import Policy, Rate
from gateway.rates.rates import Rates
from gateway.servers import OwnServers
from tests.gateway.door import Door, opened
from tests.gateway.sockets import connected

FIVE = Policy("public", Rate(1 / 60, 5), Rate(1 / 60, 1000))
TWO = Policy("worker", Rate(1 / 60, 2), Rate(1 / 60, 1000))
EVENTS = {"Accept": "text/event-stream"}
ANNA = {"Authorization": "Bearer good"}


@asynccontextmanager
async def limited(own_servers: OwnServers, public: Policy = FIVE, **settings: Any) -> AsyncIterator[Door]:
    """A gateway whose callers have a few requests each."""
    async with Redis.from_url(own_servers.redis_url) as redis:
        await redis.flushdb()
        rates = Rates({"public": public, "worker": TWO}, RedisLedger(redis))
        async with opened(rates=rates, **settings) as door:
            yield door
        await rates.close()
        await redis.flushdb()


@pytest.fixture
async def few(own_servers: OwnServers) -> AsyncIterator[Door]:
    async with limited(own_servers) as door:
        yield door


async def test_answers_say_what_is_left_and_then_429(few: Door) -> None:
    for left in (4, 3, 2, 1, 0):
        answer = await few.ask("{ hello worker { fullName } }")
        assert answer.status_code == 200
        assert answer.headers["ratelimit"].startswith(f'"requests";r={left};t=')
        assert answer.headers["ratelimit-policy"] == '"requests";q=5;w=300, "cost";q=1000;w=60000'
    refused = await few.ask("{ hello }")
    assert refused.status_code == 429
    assert refused.headers["ratelimit"].startswith('"requests";r=0;t=')
    [error] = refused.json()["errors"]
    assert error["extensions"] == {
        "code": "RATE_EXCEEDED",
        "limit": "requests",
        "policy": "public",
        "retryAfter": int(refused.headers["retry-after"]),
    }
    assert 50 <= error["extensions"]["retryAfter"] <= 60
    assert "data" not in refused.json()
    assert few.traces.contexts == 5


async def test_a_refusal_is_429_in_json_too(few: Door) -> None:
    for _ in range(5):
        await few.ask("{ hello }")
    refused = await few.ask("{ hello }", headers={"Accept": "application/json"})
    assert refused.status_code == 429


async def test_who_has_a_token_has_a_bucket_of_his_own(few: Door) -> None:
    for _ in range(6):
        await few.ask("{ hello }")
    assert (await few.ask("{ hello }", headers=ANNA)).headers["ratelimit"].startswith('"requests";r=1;')
    assert (await few.ask("{ hello }", headers=ANNA)).status_code == 200
    assert (await few.ask("{ hello }", headers=ANNA)).status_code == 429


async def test_what_is_refused_before_counts_as_a_request(few: Door) -> None:
    for query in ("{", "{ absent }", "{ workers(first: 1000000) { nodes { fullName } } }", "{ a }", "{ b }"):
        assert (await few.ask(query)).status_code == 400
    assert (await few.ask("{ hello }")).status_code == 429


async def test_wrong_tokens_are_charged_to_their_address(few: Door) -> None:
    for number in range(5):
        wrong = await few.ask("{ hello }", headers={"Authorization": f"Bearer forged{number}"})
        assert (wrong.status_code, "www-authenticate" in wrong.headers) == (401, True)
    assert (await few.ask("{ hello }", headers={"Authorization": "Bearer forged"})).status_code == 429
    assert (await few.ask("{ hello }")).status_code == 429
    assert (await few.ask("{ hello }", headers=ANNA)).status_code == 200


async def test_every_operation_of_a_batch_counts(few: Door) -> None:
    answer = await few.client.post(few.url, json=[{"query": "{ hello }"}] * 6)
    *good, last = answer.json()
    assert [each["data"] for each in good] == [{"hello": "hello world"}] * 5
    assert last["errors"][0]["extensions"]["code"] == "RATE_EXCEEDED"
    assert answer.headers["ratelimit"].startswith('"requests";r=0;t=')


async def test_operations_of_a_socket_count(few: Door) -> None:
    async with connected(few) as client:
        await client.init()
        for number in range(5):
            await client.subscribe(str(number), "{ hello }")
            assert (await client.receive())["type"] == "next"
            assert (await client.receive())["type"] == "complete"
        await client.subscribe("last", "subscription { count(to: 3) }")
        refused = await client.receive()
    assert (refused["type"], refused["id"]) == ("error", "last")
    assert refused["payload"][0]["extensions"]["code"] == "RATE_EXCEEDED"
    assert refused["payload"][0]["extensions"]["retryAfter"] > 0


async def test_a_stream_says_what_is_left_and_then_refuses_in_an_event(few: Door) -> None:
    for left in (4, 3, 2, 1, 0):
        answer = await few.ask("subscription { count(to: 1) }", headers=EVENTS)
        assert answer.headers["ratelimit"].startswith(f'"requests";r={left};t=')
    refused = await few.ask("subscription { count(to: 1) }", headers=EVENTS)
    assert '"code":"RATE_EXCEEDED"' in refused.text
    assert few.traces.contexts == 10


async def test_events_are_paid_for_and_not_refused(own_servers: OwnServers) -> None:
    dear = Policy("public", Rate(1 / 60, 100), Rate(1 / 60, 12))
    async with limited(own_servers, public=dear) as door:
        stream = await door.ask("subscription { costly(to: 5) { eligibility } }", headers=EVENTS)
        assert stream.text.count("event: next") == 5
        refused = await door.ask("{ worker { fullName } }")
        assert refused.json()["errors"][0]["extensions"]["limit"] == "cost"


async def test_readyz_and_the_log_say_when_each_process_counts_alone() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        async with Redis(port=nobody.getsockname()[1]) as away:
            rates = Rates({"public": FIVE}, RedisLedger(away))
            async with opened(rates=rates) as door:
                url = door.url.replace("graphql", "readyz")
                assert "rates" not in (await door.client.get(url)).json()
                assert [(await door.ask("{ hello }")).status_code for _ in range(6)] == [200] * 5 + [429]
                told = await door.client.get(url)
                assert (told.status_code, told.json()["rates"]) == (200, "counted by each process alone")
            await rates.close()


FORWARDED = {"X-Forwarded-For": "203.0.113.7"}


async def test_a_forwarded_address_is_believed_of_our_own_proxies_alone(own_servers: OwnServers) -> None:
    async with limited(own_servers) as door:
        for number in range(5):
            await door.ask("{ hello }", headers={"X-Forwarded-For": f"203.0.113.{number}"})
        assert (await door.ask("{ hello }", headers=FORWARDED)).status_code == 429
    async with limited(own_servers, trusted_proxies=("127.0.0.0/8",)) as door:
        for number in range(6):
            forged = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}
            last = await door.ask("{ hello }", headers=forged)
        assert last.status_code == 429
        assert (await door.ask("{ hello }", headers={"X-Forwarded-For": "203.0.113.8"})).status_code == 200


async def test_the_cost_is_told_to_who_asks_for_it(door: Door) -> None:
    query = "{ worker { fullName friend { fullName } } }"
    told = await door.ask(query, headers={"GraphQL-Cost": "report"})
    assert told.json()["extensions"]["cost"] == {"requested": 2, "maximum": 100_000}
    assert "extensions" not in (await door.ask(query)).json()
    wrong = await door.ask(query, headers={"GraphQL-Cost": "guess"})
    assert (wrong.status_code, wrong.json()["errors"][0]["message"]) == (
        400,
        "`GraphQL-Cost` should be `report`.",
    )

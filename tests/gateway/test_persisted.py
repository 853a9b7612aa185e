"""Automatic persisted queries: Apollo's protocol, over a real Redis that forgets and is bounded."""

import socket
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

import pytest
from redis.asyncio import Redis

from gateway.operation.persisted import RedisStore
from gateway.servers import OwnServers
from tests.gateway.door import Door, opened
from tests.gateway.sockets import connected

HELLO = "{ hello }"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_digest(text: str, version: object = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": digest(text)}}


@pytest.fixture
async def redis(own_servers: OwnServers) -> AsyncIterator[Redis]:
    async with Redis.from_url(own_servers.redis_url) as client:
        await client.flushdb()
        yield client
        await client.flushdb()


async def asked(door: Door, **parameters: Any) -> Any:
    headers = {"Accept": "application/graphql-response+json"}
    return await door.client.post(door.url, json=parameters, headers=headers)


async def test_query_is_learnt_once_and_then_known_by_its_digest(door: Door) -> None:
    text = "{ learnt: hello }"
    unknown = await asked(door, extensions=by_digest(text))
    assert unknown.status_code == 400
    assert unknown.json()["errors"] == [
        {"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}
    ]
    assert (await asked(door, query=text, extensions=by_digest(text))).status_code == 200
    known = await asked(door, extensions=by_digest(text))
    assert known.json() == {"data": {"learnt": "hello world"}}


async def test_unknown_digest_is_200_where_the_media_type_is_json(door: Door) -> None:
    response = await door.client.post(door.url, json={"extensions": by_digest("{ nobody: hello }")})
    assert response.status_code == 200
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_digest_works_by_get_and_over_a_socket(door: Door) -> None:
    text = "{ everywhere: hello }"
    await asked(door, query=text, extensions=by_digest(text))
    extensions = '{"persistedQuery": {"version": 1, "sha256Hash": "%s"}}' % digest(text)
    by_get = await door.client.get(door.url, params={"extensions": extensions})
    assert by_get.json() == {"data": {"everywhere": "hello world"}}
    async with connected(door) as client:
        await client.init()
        await client.send({"id": "1", "type": "subscribe", "payload": {"extensions": by_digest(text)}})
        assert (await client.receive())["payload"] == {"data": {"everywhere": "hello world"}}


async def test_digest_of_another_text_is_an_error(door: Door) -> None:
    response = await asked(door, query=HELLO, extensions=by_digest("{ other: hello }"))
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_MISMATCH"
    assert (await asked(door, extensions=by_digest("{ other: hello }"))).status_code == 400


@pytest.mark.parametrize(
    "persisted",
    [
        1,
        [],
        {},
        {"version": 2, "sha256Hash": "0" * 64},
        {"version": 1},
        {"version": 1, "sha256Hash": 1},
        {"version": 1, "sha256Hash": "0" * 63},
        {"version": 1, "sha256Hash": "X" * 64},
    ],
)
async def test_malformed_extension_is_400(door: Door, persisted: object) -> None:
    response = await asked(door, query=HELLO, extensions={"persistedQuery": persisted})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_wrong_queries_are_not_kept(door: Door) -> None:
    text = "{ nothing }"
    await asked(door, query=text, extensions=by_digest(text))
    response = await asked(door, extensions=by_digest(text))
    assert response.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


async def test_query_that_quotes_a_snils_is_answered_but_not_kept(door: Door) -> None:
    text = '{ hello(name: "112-233-445 95") }'
    assert (await asked(door, query=text, extensions=by_digest(text))).status_code == 200
    response = await asked(door, extensions=by_digest(text))
    assert response.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


async def test_one_gateway_learns_and_another_knows(redis: Redis) -> None:
    store = RedisStore(redis, seconds=60, most=100)
    async with opened(store) as first, opened(store) as second:
        await asked(first, query=HELLO, extensions=by_digest(HELLO))
        assert (await asked(second, extensions=by_digest(HELLO))).json() == {"data": {"hello": "hello world"}}


async def test_store_forgets_after_a_while_and_a_use_puts_that_off(redis: Redis) -> None:
    store = RedisStore(redis, seconds=1000, most=100)
    await store.keep(digest(HELLO), HELLO)
    key = f"svod:persisted:{digest(HELLO)}"
    assert 0 < await redis.ttl(key) <= 1000
    await redis.expire(key, 5)
    assert await store.text(digest(HELLO)) == HELLO
    assert await redis.ttl(key) > 5


async def test_store_drops_the_least_recently_used(redis: Redis) -> None:
    store = RedisStore(redis, seconds=60, most=3)
    texts = [f"{{ a{number}: hello }}" for number in range(4)]
    for text in texts[:3]:
        await store.keep(digest(text), text)
    await store.text(digest(texts[0]))
    await store.keep(digest(texts[3]), texts[3])
    kept = [await store.text(digest(text)) for text in texts]
    assert kept == [texts[0], None, texts[2], texts[3]]
    assert len(await redis.keys("svod:persisted:*")) == 3


async def test_keys_hold_digests_alone(redis: Redis) -> None:
    await RedisStore(redis, seconds=60, most=3).keep(digest(HELLO), HELLO)
    assert sorted(await redis.keys("*")) == [b"svod:persisted", f"svod:persisted:{digest(HELLO)}".encode()]


async def test_store_that_hangs_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        async with Redis.from_url(f"redis://127.0.0.1:{port}/0") as redis:
            assert await RedisStore(redis, seconds=60, most=3).text(digest(HELLO)) is None


async def test_store_that_is_away_is_no_failure() -> None:
    gone: Redis = Redis.from_url("redis://127.0.0.1:1/0")
    async with gone, opened(RedisStore(gone, seconds=60, most=3)) as door:
        assert (await asked(door, query=HELLO, extensions=by_digest(HELLO))).status_code == 200
        assert (await asked(door, extensions=by_digest(HELLO))).status_code == 200
        unknown = await asked(door, extensions=by_digest("{ x: hello }"))
        assert unknown.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"

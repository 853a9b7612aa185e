"""The listening side, on raw sockets: heads and bodies that are too large, too slow, or no HTTP at all."""

import asyncio

import pytest

from tests.gateway.door import Door, opened
from tests.gateway.raw import post, wired


@pytest.mark.parametrize("name", ["Authorization", "X-Padding"])
async def test_large_header_is_431(door: Door, name: str) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "{ hello }"}', f"{name}: {'x' * 17_000}"))
        reply = await wire.reply()
    assert reply.status == 431
    assert reply.errors[0]["extensions"]["limit"] == "head"  # type: ignore[index]


async def test_many_headers_are_431(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "{ hello }"}', *(f"X-{n}: {n}" for n in range(2000))))
        assert (await wire.reply()).status == 431


async def test_long_query_string_is_431(door: Door) -> None:
    response = await door.client.get(door.url, params={"query": "{ hello } #" + "x" * 17_000})
    assert response.status_code == 431
    assert response.json()["errors"][0]["message"].endswith("bytes in its head, the limit `head` is 16384.")


async def test_head_without_end_is_cut_off_before_it_fills_the_memory(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(b"POST /graphql HTTP/1.1\r\nHost: localhost\r\n")
        for _ in range(40):
            await wire.send(b"X-Padding: " + b"x" * 1_000 + b"\r\n")
        reply = await wire.reply()
        assert reply.status == 431
        assert reply.headers["connection"] == "close"
        assert await wire.rest() == b""


@pytest.mark.parametrize("start", [b"", b"GET /graphql HTT", b"GET /graphql HTTP/1.1\r\nHost: x\r\n"])
async def test_slow_head_is_408(start: bytes) -> None:
    async with opened(limit_head_seconds=0.05) as door, wired(door) as wire:
        await wire.send(start)
        reply = await wire.reply()
        assert reply.status == 408
        assert (
            reply.errors[0]["message"] == "The head did not arrive in 0.05 seconds, the limit `head_seconds`."
        )
        assert await wire.rest() == b""


async def test_trickling_head_is_408() -> None:
    async with opened(limit_head_seconds=0.2) as door, wired(door) as wire:

        async def trickle() -> None:
            await wire.send(b"GET /graphql HTTP/1.1\r\n")
            while True:
                await wire.send(b"X: y\r\n")
                await asyncio.sleep(0.02)

        trickling = asyncio.create_task(trickle())
        assert (await wire.reply()).status == 408
        trickling.cancel()
        await asyncio.gather(trickling, return_exceptions=True)


async def test_slow_body_is_408() -> None:
    async with opened(limit_body_seconds=0.05) as door, wired(door) as wire:
        await wire.send(post(b'{"query":', length=100))
        reply = await wire.reply()
        assert reply.status == 408
        assert (
            reply.errors[0]["message"] == "The body did not arrive in 0.05 seconds, the limit `body_seconds`."
        )
        assert reply.headers["connection"] == "close"


async def test_trickling_body_is_408() -> None:
    async with opened(limit_body_seconds=0.2) as door, wired(door) as wire:

        async def trickle() -> None:
            await wire.send(post(b"{", length=10_000))
            while True:
                await wire.send(b" ")
                await asyncio.sleep(0.02)

        trickling = asyncio.create_task(trickle())
        assert (await wire.reply()).status == 408
        trickling.cancel()
        await asyncio.gather(trickling, return_exceptions=True)


async def test_large_body_is_413_before_it_is_read(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b"", length=10**12))
        assert (await wire.reply()).status == 413


async def test_large_chunked_body_is_413(door: Door) -> None:
    head = b"POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with wired(door) as wire:
        await wire.send(head)
        for _ in range(20):
            await wire.send(b"10000\r\n" + b" " * 65536 + b"\r\n")
        assert (await wire.reply()).status == 413


async def test_idle_connection_after_an_answer_is_not_a_slow_head() -> None:
    async with opened(limit_head_seconds=1) as door, wired(door) as wire:
        await wire.send(post(b'{"query": "{ hello }"}'))
        assert (await wire.reply()).status == 200
        await asyncio.sleep(1.2)
        await wire.send(post(b'{"query": "{ hello }"}'))
        assert (await wire.reply()).status == 200


async def test_pipelined_requests_are_answered_in_their_order(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "{ hello }"}') + post(b"[") + post(b'{"query": "{ hello }"}'))
        assert [(await wire.reply()).status for _ in range(3)] == [200, 400, 200]


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\x02\x00", b"HELLO\r\n\r\n", b"GET /graphql HTTP/9.9\r\n\r\n"]
)
async def test_what_is_no_http_is_400_with_a_code(door: Door, garbage: bytes) -> None:
    async with wired(door) as wire:
        await wire.send(garbage)
        reply = await wire.reply()
        assert reply.status == 400
        assert reply.errors == [
            {"message": "The request is not valid HTTP/1.1.", "extensions": {"code": "BAD_REQUEST"}}
        ]
        assert "server" not in reply.headers


async def test_heads_of_one_connection_are_counted_each_for_itself(door: Door) -> None:
    async with wired(door) as wire:
        for _ in range(20):
            await wire.send(post(b'{"query": "{ hello }"}', f"X-Padding: {'x' * 1_000}"))
            assert (await wire.reply()).status == 200

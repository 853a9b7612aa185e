"""Revocation and sessions on two replicas behind real HTTP, with sockets and streams; and without Redis."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from auth.revocation import Kind
from auth.revocation_log import RevocationLog, sessions_redis
from auth.revoker import Revoker
from demo import stories
from sources.registry import Registry
from tests.faulty import Mode, faulty_redis
from tests.gateway.door import PATIENCE
from tests.issuer.world import OwnIssuer, Replica, replica

WORKER = "query($n: RegistryNumber!) { worker(registryNumber: $n) { lastName snils } }"
ASKED = {"n": stories.CARDIOLOGIST.registry_number}
MASKED = "***-***-*** " + stories.CARDIOLOGIST.snils[-2:]
LIVE = "subscription { registryChanged(registry: WORKERS) { registry } }"


@pytest.fixture(scope="module")
async def other(
    issuer: OwnIssuer, redis_url: str, registries: Mapping[Registry, str], today: date
) -> AsyncIterator[Replica]:
    """A second replica of the same gateway."""
    async with replica(issuer.url, redis_url, registries, today) as made:
        yield made


async def revoke(redis_url: str, kind: Kind, name: str) -> None:
    redis = sessions_redis(redis_url)
    assert await Revoker(RevocationLog(redis)).revoke(kind, name, name) >= 2
    await redis.aclose()


def code(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


@asynccontextmanager
async def socket_of(gateway: Replica, token: str) -> AsyncIterator[ClientConnection]:
    """A socket on which a subscription runs."""
    url = gateway.url.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as line:
        await line.send(
            orjson.dumps(
                {"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}}
            ).decode()
        )
        assert orjson.loads(await line.recv())["type"] == "connection_ack"
        await line.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": {"query": LIVE}}).decode())
        yield line


async def closed(line: ClientConnection) -> tuple[int | None, str | None]:
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                await line.recv()
    except ConnectionClosed:
        return line.close_code, line.close_reason


async def streamed(gateway: Replica, token: str, going: asyncio.Event) -> str:
    """All that an event stream says until it ends."""
    headers = {"Accept": "text/event-stream", "Authorization": f"Bearer {token}"}
    asked = {"query": LIVE}
    told = ""
    async with gateway.client.stream("POST", f"{gateway.url}/graphql", json=asked, headers=headers) as answer:
        async for line in answer.aiter_lines():
            going.set()
            told += line
    return told


@pytest.mark.parametrize("kind", Kind)
async def test_at_once_on_every_replica(
    gateway: Replica, other: Replica, issuer: OwnIssuer, redis_url: str, kind: Kind
) -> None:
    name = uuid4().hex
    claim = {Kind.TOKEN: "jti", Kind.SESSION: "sid", Kind.SUBJECT: "sub"}[kind]
    named: dict[str, Any] = {claim: name}
    token = issuer.token(**named)
    for each in (gateway, other):
        answer = await each.ask(WORKER, token, ASKED)
        assert answer.json()["data"]["worker"]["snils"] == MASKED
    await revoke(redis_url, kind, name)
    for each in (gateway, other):
        answer = await each.ask(WORKER, token, ASKED)
        assert (answer.status_code, code(answer)) == (401, "TOKEN_REVOKED")
    assert (await gateway.ask(WORKER, issuer.token(jti="another", sub="petrova"), ASKED)).status_code == 200


async def test_what_lives_ends_too(
    gateway: Replica, other: Replica, issuer: OwnIssuer, redis_url: str
) -> None:
    session, going = uuid4().hex, asyncio.Event()
    token = issuer.token(sid=session)
    async with socket_of(other, token) as line:
        stream = asyncio.create_task(streamed(gateway, token, going))
        await going.wait()
        await revoke(redis_url, Kind.SESSION, session)
        close_code, reason = await closed(line)
        assert close_code == 4403
        assert reason is not None
        assert reason.startswith("TOKEN_REVOKED")
        async with asyncio.timeout(PATIENCE):
            assert '"code":"TOKEN_REVOKED"' in await stream


async def test_an_idle_session_ends_and_its_socket_with_it(
    issuer: OwnIssuer, redis_url: str, registries: Mapping[Registry, str], today: date
) -> None:
    async with replica(issuer.url, redis_url, registries, today, session_minutes=0.01) as short:
        token, kept = issuer.token(sid=uuid4().hex), issuer.token()
        async with socket_of(short, token) as line:
            assert (await short.ask(WORKER, token, ASKED)).status_code == 200
            close_code, reason = await closed(line)
            assert (close_code, str(reason)[:13]) == (4403, "SESSION_ENDED")
        answer = await short.ask(WORKER, token, ASKED)
        assert (answer.status_code, code(answer)) == (401, "SESSION_ENDED")
        assert (await short.ask(WORKER, kept, ASKED)).status_code == 200


async def ready(gateway: Replica) -> list[str]:
    away: list[str] = (await gateway.client.get(f"{gateway.url}/readyz")).json()["away"]
    return away


@pytest.mark.parametrize("mode", [Mode.REFUSE, Mode.HANG])
async def test_without_redis_the_public_is_answered_and_nobody_more(
    issuer: OwnIssuer, redis_url: str, registries: Mapping[Registry, str], today: date, mode: Mode
) -> None:
    token = issuer.token(sid=uuid4().hex)
    async with (
        faulty_redis(redis_url) as proxy,
        replica(issuer.url, proxy.url, registries, today, open_introspection=False) as cut,
        socket_of(cut, token) as line,
    ):
        whole = (await cut.ask(WORKER, token, ASKED)).json()
        assert whole["data"]["worker"]["snils"] == MASKED
        assert "grants" not in whole["extensions"]
        proxy.mode = mode
        close_code, reason = await closed(line)
        assert (close_code, str(reason)[:20]) == (1013, "SESSIONS_UNAVAILABLE")
        answer = await cut.ask(WORKER, token, ASKED)
        told = answer.json()
        assert answer.status_code == 200
        assert told["data"]["worker"] == {"lastName": stories.CARDIOLOGIST.last_name, "snils": None}
        assert told["extensions"]["grants"] == [{"role": "auditor", "reason": "SESSIONS_UNAVAILABLE"}]
        assert answer.headers["cache-control"] == "no-store"
        refused = await cut.ask(WORKER, token, ASKED, **{"X-Access-Mode": "reject"})
        assert (refused.status_code, code(refused)) == (503, "SESSIONS_UNAVAILABLE")
        assert (await cut.ask("{ __typename }", None)).status_code == 200
        closed_schema = await cut.ask("{ __schema { queryType { name } } }", token)
        assert code(closed_schema) == "INTROSPECTION_CLOSED"
        assert await ready(cut) == ["SESSIONS"]
        proxy.mode = Mode.PASS
        async with asyncio.timeout(PATIENCE):
            while "SESSIONS" in await ready(cut):  # noqa: ASYNC110 - it is asked over HTTP
                await asyncio.sleep(0.02)
        again = (await cut.ask(WORKER, token, ASKED)).json()
        assert again["data"]["worker"]["snils"] == MASKED

"""A real issuer, oidc-provider: discovery, tokens by client credentials, rotation, revocation."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import pytest

from auth import keyset
from auth.revocation import Kind
from demo import stories
from sources.registry import Registry
from tests.auth.forge import ec_key, rsa_key
from tests.clients.node import HERE, environment, installed
from tests.issuer.test_revoked import code, revoke
from tests.issuer.world import AUDIENCE, Replica, replica

WORKER = "query($n: RegistryNumber!) { worker(registryNumber: $n) { snils } }"
ASKED = {"n": stories.CARDIOLOGIST.registry_number}
MASKED = "***-***-*** " + stories.CARDIOLOGIST.snils[-2:]
SESSION = "a-session-at-the-issuer"
BLIND = '"SESSIONS_UNAVAILABLE"'
CLAIMS = {"roles": ["auditor"], "sid": SESSION}


@dataclass
class Provider:
    """The issuer's process."""

    process: asyncio.subprocess.Process
    url: str = ""

    async def serve(self, keys: Sequence[Mapping[str, str]], claims: Mapping[str, Any]) -> None:
        """Serve with these keys, the first of which signs, and put these claims into tokens."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        port = int(self.url.rpartition(":")[2] or 0)
        told = {"port": port, "keys": list(keys), "claims": dict(claims)}
        self.process.stdin.write(json.dumps(told).encode() + b"\n")
        self.url = (await self.process.stdout.readline()).decode().strip()

    async def tokens(self, count: int) -> list[str]:
        """So many tokens by client credentials, as a dashboard would get them."""
        asked = {
            "grant_type": "client_credentials",
            "scope": "read",
            "resource": f"https://svod.test/{AUDIENCE}",
        }
        async with httpx.AsyncClient(timeout=60, verify=False) as client:
            told = (await client.get(f"{self.url}/.well-known/openid-configuration")).json()
            answers = [
                await client.post(
                    told["token_endpoint"], data=asked, auth=("dashboard", "a-secret-of-the-tests")
                )
                for _ in range(count)
            ]
        return [str(each.json()["access_token"]) for each in answers]


@asynccontextmanager
async def provider() -> AsyncIterator[Provider]:
    """oidc-provider in a process of its own for as long as the block lasts."""
    folder = await asyncio.to_thread(installed)
    process = await asyncio.create_subprocess_exec(
        folder / "node",
        HERE / "issuer.mjs",
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Provider(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@pytest.mark.node
async def test_tokens_of_a_real_issuer_are_good_until_their_key_or_they_are_gone(
    redis_url: str, registries: Mapping[Registry, str], today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Quick(keyset.KeySet):
        """The same key set, which asks and refreshes as fast as a test can wait."""

        def __init__(self, source: Any, *, demo_allowed: bool) -> None:
            super().__init__(source, demo_allowed=demo_allowed, age=2, pause=0, ignore=0)

    monkeypatch.setattr("gateway.authentication.KeySet", Quick)
    first, second = rsa_key("first"), ec_key("second")
    async with provider() as issuer:
        await issuer.serve([first], CLAIMS)
        async with (
            replica(issuer.url, redis_url, registries, today) as gateway,
            replica(issuer.url, redis_url, registries, today) as other,
        ):
            old, *olds = await issuer.tokens(60)
            assert (await seeing(gateway, old)).json()["data"]["worker"]["snils"] == MASKED

            await issuer.serve([second, first], CLAIMS)
            [new] = await issuer.tokens(1)
            for token in (old, new):
                assert (await seeing(gateway, token)).json()["data"]["worker"]["snils"] == MASKED

            await issuer.serve([second], CLAIMS)
            await refused(other, olds)
            assert (await gateway.ask(WORKER, new, ASKED)).status_code == 200

            await revoke(redis_url, Kind.SESSION, SESSION)
            for each in (gateway, other):
                answer = await seeing(each, new)
                assert (answer.status_code, code(answer)) == (401, "TOKEN_REVOKED")


async def seeing(gateway: Replica, token: str) -> httpx.Response:
    """The answer of a gateway that sees revocations: on a crowded machine it is blind at times."""
    async with asyncio.timeout(60):
        while BLIND in (answer := await gateway.ask(WORKER, token, ASKED)).text:  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.05)
    return answer


async def refused(gateway: Replica, tokens: list[str]) -> None:
    """The gateway refuses tokens that it has not seen, once it has read the keys anew."""
    async with asyncio.timeout(60):
        while (answer := await gateway.ask(WORKER, tokens.pop(), ASKED)).status_code == 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert code(answer) == "UNAUTHENTICATED"
    assert "unknown key" in answer.text

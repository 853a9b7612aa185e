"""An issuer on this machine, and whole gateways behind real HTTP that trust it."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx

from auth.discovery import WELL_KNOWN
from gateway.bootstrap import bootstrap
from gateway.settings import Settings
from gateway.transport.listener import listener
from sources.registry import Registry
from sources.sources import Sources
from tests.auth.forge import ec_key, key_set, signed
from tests.gateway.door import PATIENCE, _Server
from tests.memory_journal import MemoryJournal

AUDIENCE = "svod"


@dataclass
class OwnIssuer:
    """An issuer of the tests' own: discovery and a key set that the test changes; counts what it is asked."""

    url: str = ""
    keys: list[Mapping[str, Any]] = field(default_factory=lambda: [ec_key()])
    asked: list[str] = field(default_factory=list)

    def token(self, key: Mapping[str, str] | None = None, **changes: Any) -> str:
        """A good token with these changes to its claims; a change to `...` leaves the claim out."""
        now = int(time.time())
        good = {"iss": self.url, "aud": AUDIENCE, "sub": "ivanova", "iat": now, "exp": now + 600}
        whole = good | {"jti": f"t-{now}", "roles": ["auditor"]} | changes
        return signed({name: value for name, value in whole.items() if value is not ...}, key)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        path = (await reader.readline()).decode().split(" ")[1]
        self.asked.append(path)
        told = {"issuer": self.url, "jwks_uri": f"{self.url}/jwks"}
        body = json.dumps(told).encode() if path == WELL_KNOWN else key_set(*self.keys)
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def own_issuer() -> AsyncIterator[OwnIssuer]:
    """An issuer with one key."""
    issuer = OwnIssuer()
    server = await asyncio.start_server(issuer.serve, "127.0.0.1", 0)
    issuer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield issuer


@dataclass(frozen=True)
class Replica:
    """One gateway behind HTTP."""

    port: int
    client: httpx.AsyncClient

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ask(
        self, query: str, token: str | None, variables: Mapping[str, Any] | None = None, **headers: str
    ) -> httpx.Response:
        """The answer to a query with this token."""
        sent = {"Accept": "application/graphql-response+json"} | headers
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        body = {"query": query, "variables": dict(variables or {})}
        return await self.client.post(f"{self.url}/graphql", json=body, headers=sent)


@asynccontextmanager
async def replica(
    issuer: str,
    redis_url: str,
    registries: Mapping[Registry, str],
    today: date,
    *,
    sources: Sources | None = None,
    **more: Any,
) -> AsyncIterator[Replica]:
    """A whole gateway that trusts this issuer, found by discovery."""
    urls = {f"{registry.lower()}_url": url for registry, url in registries.items()}
    given: dict[str, Any] = {"redis_url": redis_url, "issuer": issuer, "audience": AUDIENCE} | urls | more
    settings = Settings(**given)
    gateway = bootstrap(settings, sources=sources, today=lambda: today, journal=MemoryJournal())
    server = _Server(listener(gateway.app, settings))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        running = asyncio.create_task(server.serve(sockets=[bound]))
        try:
            while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn offers no event
                await asyncio.sleep(0.005)
            # There is nothing to verify, and reading what one would trust takes 50 ms of each test.
            async with httpx.AsyncClient(timeout=PATIENCE, verify=False) as client:
                yield Replica(bound.getsockname()[1], client)
        finally:
            server.should_exit = True
            await running

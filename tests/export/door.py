"""A gateway over demo data behind a real server, of which tests ask exports as a client would."""

import asyncio
import datetime as dt
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from audit.event import Event
from auth.errors import InvalidToken, TokenFault
from auth.principal import PUBLIC, Principal
from gateway.settings import Settings
from gateway.transport.listener import listener
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.gateway.door import _Server
from tests.memory_journal import MemoryJournal


class Tokens:
    """Knows callers by the name in their token; a name that is taken out is a token that was revoked."""

    def __init__(self) -> None:
        self.principals: dict[str, Principal] = {}

    def known(self, authorization: str | None) -> Principal | None:
        """The public; whoever has a token is looked up."""
        return PUBLIC if authorization is None else None

    async def authenticate(self, authorization: str | None) -> Principal:
        """The caller of that name."""
        found = self.principals.get((authorization or "").removeprefix("Bearer "))
        if found is None:
            raise InvalidToken(TokenFault.REVOKED)
        return found

    async def ended(self, principal: Principal) -> Exception:  # noqa: ARG002
        """Never by itself."""
        await asyncio.Event().wait()
        raise AssertionError


@dataclass(frozen=True, slots=True)
class Door:
    """A running gateway: its address, a client, what stands behind it, and its callers."""

    port: int
    client: httpx.AsyncClient
    asking: Asking
    tokens: Tokens

    @property
    def events(self) -> list[Event]:
        """What was put on record."""
        assert isinstance(self.asking.journal, MemoryJournal)
        return self.asking.journal.events

    def url(self, file: str) -> str:
        """The address of an export."""
        return f"http://127.0.0.1:{self.port}/export/{file}"

    async def get(self, file: str, caller: str | None = None, **given: Any) -> httpx.Response:
        """The whole export by GET; `where` and `orderBy` as objects."""
        return await self.client.get(self.url(file), params=texts(given), headers=bearer(caller))

    async def rows(self, file: str, caller: str | None = None, **given: Any) -> list[dict[str, Any]]:
        """The lines of an NDJSON export."""
        return lines((await self.get(f"{file}.ndjson", caller, **given)).content)


def texts(given: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as a query string holds them."""
    return {
        name: value if isinstance(value, str) else orjson.dumps(value).decode()
        for name, value in given.items()
    }


def bearer(caller: str | None) -> dict[str, str]:
    """The header that tells who asks."""
    return {} if caller is None else {"Authorization": f"Bearer {caller}"}


def lines(content: bytes) -> list[dict[str, Any]]:
    """The objects of lines of JSON."""
    return [orjson.loads(line) for line in content.splitlines()]


@asynccontextmanager
async def opened(
    registries: Mapping[Registry, str],
    redis_url: str,
    today: dt.date,
    readers: Mapping[str, Any],
    **settings: Any,
) -> AsyncIterator[Door]:
    """A running gateway with these settings, and small pages, so that an export has many."""
    tokens, chosen = Tokens(), {"export_page": 300, "export_patience": 0.6} | settings
    asked = asking_over(registries, redis_url, today, authenticator=tokens, **readers, **chosen)
    async with asked as asking, served(asking) as port, httpx.AsyncClient(timeout=60, verify=False) as client:
        yield Door(port, client, asking, tokens)


@asynccontextmanager
async def served(asking: Asking) -> AsyncIterator[int]:
    """The gateway, which runs already, behind a server on a free port."""
    server = _Server(listener(asking.gateway.app, Settings(_env_file=None)))
    server.config.lifespan = "off"
    with socket.create_server(("127.0.0.1", 0)) as bound:
        running = asyncio.create_task(server.serve(sockets=[bound]))
        try:
            while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn offers no event
                await asyncio.sleep(0.005)
            yield bound.getsockname()[1]
        finally:
            server.should_exit = True
            await running

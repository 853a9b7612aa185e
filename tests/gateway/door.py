"""The gateway over the toy schema, behind a real server on a free port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from gateway.app import application
from gateway.endpoint import Endpoint
from gateway.limits import Limits
from gateway.operation.execution import Check, Execution, Release
from gateway.operation.persisted import NoStore, PersistedQueries, QueryStore
from gateway.operation.prepare import Preparation
from gateway.rates.rates import Rates
from gateway.settings import Settings
from gateway.transport.entrance import Entrance
from gateway.transport.listener import listener
from gateway.trusted.documents import TrustedDocuments
from tests.gateway.toy import ToyAuthenticator, ToyContexts, ToyReadiness, Traces, schema

SCHEMA = schema()
# Seconds after which a test stops waiting for what should come at once.
PATIENCE = 30.0


class _Server(uvicorn.Server):
    """A server that leaves the signals to pytest."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Door:
    """A running gateway: its address, a client, and what stands behind it."""

    port: int
    client: httpx.AsyncClient
    contexts: ToyContexts
    readiness: ToyReadiness

    @property
    def traces(self) -> Traces:
        """What the resolvers did."""
        return self.contexts.traces

    @property
    def url(self) -> str:
        """The address of GraphQL over HTTP."""
        return f"http://127.0.0.1:{self.port}/graphql"

    @property
    def socket_url(self) -> str:
        """The address of GraphQL over WebSockets."""
        return f"ws://127.0.0.1:{self.port}/graphql"

    async def until(self, event: asyncio.Event) -> None:
        """Waits for something in the resolvers, but not for ever when it is broken."""
        async with asyncio.timeout(PATIENCE):
            await event.wait()

    async def ask(self, query: object, **more: Any) -> httpx.Response:
        """The answer to a query by POST; `more` are the other parameters of the request."""
        headers = {"Accept": "application/graphql-response+json"} | more.pop("headers", {})
        return await self.client.post(self.url, json={"query": query} | more, headers=headers)


def toy_application(
    settings: Settings,
    contexts: ToyContexts,
    readiness: ToyReadiness,
    store: QueryStore | None = None,
    *,
    checks: Sequence[Check] = (),
    releases: Sequence[Release] = (),
    rates: Rates | None = None,
) -> Entrance:
    """The application over the toy schema."""
    limits, schema_is_open = Limits.of(settings), settings.open_introspection is not False
    trusted = TrustedDocuments(
        settings.trusted_documents, settings.trusted_only, schema_is_open=schema_is_open
    )
    endpoint = Endpoint(
        ToyAuthenticator(),
        Preparation(SCHEMA, limits),
        PersistedQueries(store or NoStore(), limits, trusted),
        Execution(SCHEMA, contexts, releases=releases),
        open_introspection=schema_is_open,
        trusted=trusted,
        rates=rates,
        checks=checks,
    )
    return application(endpoint, readiness, settings)


@contextlib.asynccontextmanager
async def opened(
    store: QueryStore | None = None,
    *,
    checks: Sequence[Check] = (),
    releases: Sequence[Release] = (),
    rates: Rates | None = None,
    **settings: Any,
) -> AsyncIterator[Door]:
    """A running gateway with these settings."""
    chosen = Settings(_env_file=None, **settings)
    contexts, readiness = ToyContexts(), ToyReadiness()
    app = toy_application(chosen, contexts, readiness, store, checks=checks, releases=releases, rates=rates)
    server = _Server(listener(app, chosen))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        running = asyncio.create_task(server.serve(sockets=[bound]))
        try:
            while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn offers no event
                await asyncio.sleep(0.005)
            # There is nothing to verify, and reading what one would trust takes 50 ms of each test.
            async with httpx.AsyncClient(timeout=60, verify=False) as client:
                yield Door(bound.getsockname()[1], client, contexts, readiness)
        finally:
            server.should_exit = True
            await running

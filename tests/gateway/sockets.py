"""A client of graphql-transport-ws, as small as a test needs it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.gateway.door import PATIENCE, Door

GRAPHQL = (Subprotocol("graphql-transport-ws"),)


class Client:
    """One socket: sends and receives messages as JSON."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        await self.connection.send(
            message if isinstance(message, str | bytes) else orjson.dumps(message).decode()
        )

    async def receive(self) -> Any:
        async with asyncio.timeout(PATIENCE):
            return orjson.loads(await self.connection.recv())

    async def init(self, **payload: Any) -> None:
        """Open the session, and see it acknowledged."""
        await self.send({"type": "connection_init", "payload": payload})
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, identity: str, query: str, **more: Any) -> None:
        await self.send({"id": identity, "type": "subscribe", "payload": {"query": query} | more})

    async def closed(self) -> tuple[int, str]:
        """The code and reason with which the gateway closes the socket."""
        with contextlib.suppress(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.connection.recv()
        assert self.connection.close_code is not None
        return self.connection.close_code, self.connection.close_reason or ""


@contextlib.asynccontextmanager
async def connected(door: Door, **options: Any) -> AsyncIterator[Client]:
    """A socket to the gateway."""
    async with connect(door.socket_url, **({"subprotocols": GRAPHQL} | options)) as connection:
        yield Client(connection)

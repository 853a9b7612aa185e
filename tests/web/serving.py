"""An application behind the real server, in the event loop of the tests."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from starlette.types import ASGIApp

from gateway.settings import Settings
from gateway.transport.listener import listener
from gateway.transport.listening import Server


@contextlib.asynccontextmanager
async def served(app: ASGIApp, settings: Settings | None = None) -> AsyncIterator[str]:
    """The application's address on a free port of this machine, for as long as the block lasts."""
    ready = asyncio.Event()
    server = Server(listener(app, settings or Settings()), ready.set)
    with socket.create_server(("127.0.0.1", 0)) as door:
        running = asyncio.create_task(server.serve(sockets=[door]))
        started = asyncio.create_task(ready.wait())
        try:
            # A server that fails at its start ends, and its reason is told below.
            await asyncio.wait([running, started], return_when=asyncio.FIRST_COMPLETED)
            yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        finally:
            started.cancel()
            server.should_exit = True
            await running

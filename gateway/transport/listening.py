"""The running web server: its socket, taken before anything else is started, and what ends it."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

import uvicorn

from gateway.transport.garbage import settle


class ListenError(Exception):
    """The address cannot be listened on; the message says why and what to do."""


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket, so that a port in use is told before servers are started and data is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        # Bound alone, a second start on the port would succeed too: both would only fail to listen.
        bound.listen(2048)
    except OSError as exc:
        bound.close()
        raise ListenError(_reason(exc, host, port)) from exc
    bound.setblocking(False)
    return bound


def _reason(exc: OSError, host: str, port: int) -> str:
    match exc.errno:
        case errno.EADDRINUSE:
            return f"port {port} is in use. Stop what listens there, or set SVOD_PORT to another one."
        case errno.EACCES:
            return f"port {port} is not open to this account. Set SVOD_PORT to one above 1023."
        case number if number is not None and number > 0:
            why = os.strerror(number)
            return f"address {host} cannot be listened on ({why}). Set SVOD_HOST to one of this machine."
        case _:
            return f"address {host} is unknown. Set SVOD_HOST to one of this machine."


class Server(uvicorn.Server):
    """A server that says when it is ready, and leaves signals to the command that runs it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            settle()
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: uvicorn would end the process by the signal, before its own servers are stopped."""
        yield


class Ending(Protocol):
    """What serves, and can be told to end by a signal."""

    def handle_exit(self, sig: int, frame: FrameType | None, /) -> None: ...


class Stop:
    """What Ctrl-C and SIGTERM do: cancel what is being started, or ask the running server to end."""

    def __init__(self) -> None:
        self._server: Ending | None = None
        loop, starting = asyncio.get_running_loop(), asyncio.current_task()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop, number, starting)

    def ends(self, running: Ending) -> None:
        """From now on a signal ends this server."""
        self._server = running

    def _stop(self, number: signal.Signals, starting: "asyncio.Task[object] | None") -> None:
        if self._server is not None:
            self._server.handle_exit(number, None)
        elif starting is not None:
            starting.cancel()

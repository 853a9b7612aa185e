"""A proxy in front of a server, with which tests make a registry refuse, hang, break off and work again."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class Mode(StrEnum):
    """How the proxy behaves."""

    PASS = "pass"
    """Every byte goes through."""
    REFUSE = "refuse"
    """New connections are closed at once, and so are those that stand."""
    HANG = "hang"
    """Connections are taken and stay open; nothing that a client says gets through any more."""
    CUT = "cut"
    """Connections are closed as soon as the server answers: in the middle of a read."""


class Faulty:
    """A TCP proxy in front of one database. `url` is the database's address through it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host, port = _target(url)
        self._socket = Path(host) / f".s.PGSQL.{port}" if host.startswith("/") else None
        self._address = (host, port)
        self._login = parts.netloc.rpartition("@")[0]
        self._database = parts.path.lstrip("/")
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._mode = Mode.PASS
        self._flowing.set()
        self.delay = 0.0
        """Seconds that every answer of the server waits."""
        self.lingering = False
        """Whether a client's connection stays open after the server has ended its own."""
        self.connections = 0
        """Connections that clients have made so far."""

    @property
    def url(self) -> str:
        """The database's address through this proxy."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return f"postgresql://{self._login}@127.0.0.1:{port}/{self._database}"

    @property
    def mode(self) -> Mode:
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._mode = mode
        self._flowing.clear() if mode is Mode.HANG else self._flowing.set()
        if mode is Mode.REFUSE:
            self._drop()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def stop(self) -> None:
        """Close every connection and the door."""
        assert self._server is not None
        self._server.close()
        self._drop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            if self._mode is not Mode.REFUSE:
                await self._connect(reader, writer)
        except asyncio.CancelledError:
            # Only `stop` cancels, and asyncio's server reports a cancelled handler as a failure.
            writer.transport.abort()
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._socket is not None:
            behind = await asyncio.open_unix_connection(str(self._socket))
        else:
            behind = await asyncio.open_connection(*self._address)
        self._writers |= {writer, behind[1]}
        try:
            with contextlib.suppress(OSError):
                await asyncio.gather(self._to_server(reader, behind[1]), self._to_client(behind[0], writer))
        finally:
            self._writers -= {writer, behind[1]}
            behind[1].close()

    async def _to_server(self, reader: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            await self._flowing.wait()
            server.write(data)
            await server.drain()
        server.close()

    async def _to_client(self, server: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await server.read(65536):
            if self.delay:
                await asyncio.sleep(self.delay)
            await self._flowing.wait()
            if self._mode is Mode.CUT:
                break
            writer.write(data)
            await writer.drain()
        if not self.lingering:
            writer.close()

    def _drop(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()


class FaultyRedis(Faulty):
    """The same in front of a Redis that listens on a socket."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        parts = urlsplit(url)
        self._socket = Path(unquote(parts.path))
        self._database = parse_qs(parts.query).get("db", ["0"])[0]

    @property
    def url(self) -> str:
        """Redis's address through this proxy."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return f"redis://{self._login}@127.0.0.1:{port}/{self._database}"


def _target(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return asked.get("host") or unquote(parts.hostname or "127.0.0.1"), int(
        asked.get("port") or parts.port or 5432
    )


@asynccontextmanager
async def faulty(url: str) -> AsyncIterator[Faulty]:
    """A proxy in front of this database for as long as the test needs it."""
    async with _started(Faulty(url)) as proxy:
        yield proxy


@asynccontextmanager
async def faulty_redis(url: str) -> AsyncIterator[Faulty]:
    """A proxy in front of this Redis for as long as the test needs it."""
    async with _started(FaultyRedis(url)) as proxy:
        yield proxy


@asynccontextmanager
async def _started(proxy: Faulty) -> AsyncIterator[Faulty]:
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()

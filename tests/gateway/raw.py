"""Requests byte by byte, for what no polite HTTP client would send."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import orjson

from tests.gateway.door import PATIENCE, Door


@dataclass
class Reply:
    """What came back on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def errors(self) -> list[dict[str, object]]:
        """The `errors` of a JSON body."""
        errors: list[dict[str, object]] = orjson.loads(self.body)["errors"]
        return errors


class Wire:
    """One TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        with contextlib.suppress(ConnectionError):
            await self.writer.drain()

    async def reply(self) -> Reply:
        """The next response, which states its length."""
        async with asyncio.timeout(PATIENCE):
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return Reply(int(head[0].split()[1]), headers, body)

    async def rest(self) -> bytes:
        """Everything until the gateway closes the connection."""
        async with asyncio.timeout(PATIENCE):
            return await self._reader.read()

    async def line(self) -> bytes:
        """The next line of a stream."""
        async with asyncio.timeout(PATIENCE):
            return await self._reader.readline()


@contextlib.asynccontextmanager
async def wired(door: Door) -> AsyncIterator[Wire]:
    """A connection to the gateway."""
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.transport.abort()


def post(body: bytes, *headers: str, length: int | None = None) -> bytes:
    """A POST of JSON as it stands on the wire."""
    lines = [
        "POST /graphql HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

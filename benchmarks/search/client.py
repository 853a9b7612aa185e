"""The client: so many connections, on each one search after the other, each search timed by itself."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import orjson

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """One search with its values, as bytes to send."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Timed:
    """How long one search took, in milliseconds, and the code of its first error."""

    name: str
    took: float
    error: str | None


def request(name: str, body: Any, headers: Sequence[str] = ()) -> Request:
    """The whole HTTP request of one search."""
    content = orjson.dumps(body)
    lines = (
        "POST /graphql HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/json",
        f"content-length: {len(content)}",
        *headers,
    )
    return Request(name, "\r\n".join(lines).encode() + b"\r\n\r\n" + content)


class Line:
    """A kept-alive connection to the gateway."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def answer(self, asked: Request) -> Any:
        """The answer, read whole."""
        self._writer.write(asked.content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return orjson.loads(await self._reader.readexactly(int(length.split(b":")[1])))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def opened(port: int) -> Line:
    """A connection to the gateway on this port."""
    return Line(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 24))


async def timed(port: int, asked: Sequence[Request], concurrency: int) -> list[Timed]:
    """Every request once, so many at a time, each connection waiting for its answer."""
    waiting = iter(asked)
    found: list[Timed] = []
    await asyncio.gather(*(_one_after_another(port, waiting, found) for _ in range(concurrency)))
    return found


async def _one_after_another(port: int, waiting: Iterator[Request], found: list[Timed]) -> None:
    line = await opened(port)
    for asked in waiting:
        begun = perf_counter()
        async with asyncio.timeout(PATIENCE):
            answer = await line.answer(asked)
        found.append(Timed(asked.name, (perf_counter() - begun) * 1e3, _error(answer)))
    line.close()


def _error(answer: Any) -> str | None:
    errors = answer.get("errors")
    return str(errors[0].get("extensions", {}).get("code", "UNKNOWN")) if errors else None

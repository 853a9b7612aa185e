"""The client, in a process of its own: so many connections, on each one request after the other.

Reads orders from standard input, a line of JSON each, and answers each with a line of JSON.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Any

import orjson
import uvloop

_LENGTH = b"content-length: "
_OK = b"HTTP/1.1 200"
_ERRORS = b'\r\n\r\n{"errors"'


class Failed(Exception):
    """A server answered with something else than 200, or hung up."""


class Round:
    """One measurement: requests in turn until the time is over, and how long each took."""

    def __init__(self, requests: Sequence[bytes], ends: int) -> None:
        self._requests = requests
        self._next = 0
        self._ends = ends
        self.nanoseconds: list[int] = []

    def next(self) -> bytes | None:
        """The next request; None when the time is over."""
        if perf_counter_ns() >= self._ends:
            return None
        self._next += 1
        return self._requests[self._next % len(self._requests)]


class Connection(asyncio.Protocol):
    """A kept-alive connection: sends a request, waits for the whole answer, sends the next one."""

    def __init__(self, current: Round, done: "asyncio.Future[None]") -> None:
        self._round = current
        self._done = done
        self._answer = b""
        self._needed = 0
        self._sent = 0

    def connection_made(self, transport: Any) -> None:
        """Send the first one."""
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Collect an answer."""
        self._answer = self._answer + data if self._answer else data
        if not self._needed:
            self._read_head()
        if self._needed and len(self._answer) >= self._needed:
            self._round.nanoseconds.append(perf_counter_ns() - self._sent)
            self._answer, self._needed = b"", 0
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """A server that hangs up ends the measurement."""
        if not self._done.done():
            self._done.set_exception(Failed(f"the server hung up: {exc}"))

    def _read_head(self) -> None:
        end = self._answer.find(b"\r\n\r\n")
        if end < 0:
            return
        if not self._answer.startswith(_OK) or self._answer.startswith(_ERRORS, end):
            self._done.set_exception(Failed(self._answer.decode(errors="replace")[:2000]))
            self._transport.abort()
            return
        at = self._answer.index(_LENGTH) + len(_LENGTH)
        self._needed = end + 4 + int(self._answer[at : self._answer.index(b"\r", at)])

    def _ask(self) -> None:
        request = self._round.next()
        if request is None:
            if not self._done.done():
                self._done.set_result(None)
            self._transport.close()
            return
        self._sent = perf_counter_ns()
        self._transport.write(request)


async def measured(port: int, requests: Sequence[bytes], concurrency: int, seconds: float) -> dict[str, Any]:
    """Requests, seconds and percentiles of one measurement."""
    loop = asyncio.get_running_loop()
    begun = perf_counter_ns()
    current = Round(requests, begun + int(seconds * 1e9))
    waiting = [loop.create_future() for _ in range(concurrency)]
    for done in waiting:
        await loop.create_connection(lambda done=done: Connection(current, done), "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*waiting)
    took = (perf_counter_ns() - begun) / 1e9
    times = sorted(current.nanoseconds)
    return {
        "requests": len(times),
        "seconds": took,
        "p50": times[len(times) // 2] / 1e6,
        "p99": times[min(len(times) - 1, len(times) * 99 // 100)] / 1e6,
    }


def main() -> None:
    """Carry out one order after the other."""
    files: dict[str, list[bytes]] = {}
    for line in sys.stdin.buffer:
        order = orjson.loads(line)
        path = order["requests"]
        if path not in files:
            files[path] = [each.encode() for each in orjson.loads(Path(path).read_bytes())]
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            try:
                told = runner.run(
                    measured(order["port"], files[path], order["concurrency"], order["seconds"])
                )
            except Failed as error:
                told = {"failed": str(error)}
        sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

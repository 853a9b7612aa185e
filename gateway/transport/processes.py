"""Several processes that serve on one socket: started together, replaced when one dies, ended together."""

import asyncio
import multiprocessing
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Final, Protocol

import structlog

LEAST_LIFE: Final = 5.0
"""Seconds that a process has to live for a new one to be started in its place."""

PATIENCE: Final = 10.0
"""Seconds in which a process has to finish what it answers, once it is told to end."""


class ProcessDied(Exception):
    """A serving process ended as soon as it was started; its own log says why."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"a serving process ended right after its start, with exit code {code}")


class Serve(Protocol):
    """Runs in a process of its own: serves on a socket, says on the line when, until the line closes."""

    def __call__(self, bound: socket.socket, line: Connection) -> None: ...


@dataclass(slots=True)
class _Child:
    process: SpawnProcess
    line: Connection
    """The child says on it that it serves; the child ends when it closes, however we end."""
    started: float


class Processes:
    """So many processes on one socket; the kernel hands each connection to one of them."""

    def __init__(
        self, count: int, serve: Serve, bound: socket.socket, ready: Callable[[], None] = lambda: None
    ) -> None:
        """`serve` has to be something that can be pickled; `ready` is called when all of them serve."""
        self._count, self._serve, self._bound, self._ready = count, serve, bound, ready
        self._context = multiprocessing.get_context("spawn")
        self._ending = asyncio.Event()

    def handle_exit(self, _number: int, _frame: FrameType | None) -> None:
        """End them all."""
        self._ending.set()

    async def run(self) -> None:
        """Serve until told to end. Raises ProcessDied when one dies before it has served for a while."""
        children = [self._started() for _ in range(self._count)]
        try:
            for child in children:
                await self._is_ready(child)
            if not self._ending.is_set():
                self._ready()
            while not self._ending.is_set():
                await self._watched(children)
        finally:
            await asyncio.gather(*map(_ended, children))

    def _started(self) -> _Child:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=self._serve, args=(self._bound, theirs), daemon=False)
        process.start()
        theirs.close()
        return _Child(process, ours, asyncio.get_running_loop().time())

    async def _is_ready(self, child: _Child) -> None:
        """Wait until it serves, or everything is to end."""
        await self._until(child.line.fileno())
        if not self._ending.is_set() and not _said_ready(child):
            await asyncio.to_thread(child.process.join, PATIENCE)
            raise ProcessDied(child.process.exitcode)

    async def _watched(self, children: list[_Child]) -> None:
        """Wait until one dies, and put a new one in its place."""
        await self._until(*(child.process.sentinel for child in children))
        for index, child in enumerate(children):
            if self._ending.is_set() or child.process.is_alive():
                continue
            code = child.process.exitcode
            if asyncio.get_running_loop().time() - child.started < LEAST_LIFE:
                raise ProcessDied(code)
            structlog.stdlib.get_logger("svod").error("a serving process died", exit_code=code)
            child.line.close()
            children[index] = self._started()
            await self._is_ready(children[index])

    async def _until(self, *files: int) -> None:
        """Wait until one of the files can be read, or everything is to end."""
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        for each in files:
            loop.add_reader(each, woken.set)
        waiting = [asyncio.ensure_future(each.wait()) for each in (woken, self._ending)]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for future in waiting:
                future.cancel()
            for each in files:
                loop.remove_reader(each)


def line_closed(line: Connection, then: Callable[[], object]) -> None:
    """In a serving process: say that it serves, and do something once the line is closed."""
    line.send_bytes(b"ready")
    loop = asyncio.get_running_loop()

    def closed() -> None:
        loop.remove_reader(line.fileno())
        then()

    loop.add_reader(line.fileno(), closed)


def leave_interrupts() -> None:
    """In a serving process: a terminal's Ctrl-C reaches all processes; the first one says when to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _said_ready(child: _Child) -> bool:
    try:
        return child.line.recv_bytes() == b"ready"
    except (EOFError, OSError):
        return False


async def _ended(child: _Child) -> None:
    child.line.close()
    await asyncio.to_thread(child.process.join, PATIENCE)
    if child.process.is_alive():
        child.process.kill()
        await asyncio.to_thread(child.process.join)

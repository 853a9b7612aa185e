"""The operations that run on one WebSocket: each a task that sends its answers, all ended with the socket."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from graphql import OperationType

from gateway.endpoint import Admitted, Endpoint
from gateway.faults import RequestError, refusal
from gateway.limits import Limits, within
from gateway.operation.execution import Answer, Caller, OperationRequest
from gateway.transport.messages import CloseCode, Closing

Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Running:
    """One operation. A mutation is carried to its end, though nobody listens any more."""

    task: asyncio.Task[None] | None = None
    writes: bool = False
    heard: bool = True


class Operations:
    """Starts operations, tells their answers through `send`, and ends them."""

    def __init__(self, endpoint: Endpoint, limits: Limits, send: Send) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._send = send
        self._running: dict[str, Running] = {}
        self._left: set[asyncio.Task[None]] = set()

    async def start(self, identity: str, request: OperationRequest, caller: Caller) -> None:
        """Start an operation under an id that no running one has. Raises Closing with 4409 otherwise."""
        if identity in self._running:
            raise Closing(CloseCode.SAME_ID, f"Subscriber for {identity} already exists")
        try:
            within(self._limits, "subscriptions", len(self._running) + len(self._left) + 1)
        except RequestError as error:
            await self._send({"id": identity, "type": "error", "payload": error.formatted()})
            return
        running = self._running[identity] = Running()
        running.task = asyncio.create_task(self._run(identity, running, request, caller))

    def stop(self, identity: str) -> None:
        """End an operation because its client has had enough. One that has ended already is no fault."""
        running = self._running.pop(identity, None)
        if running is not None and running.task is not None:
            self._end(running, running.task)

    async def end(self) -> None:
        """End all operations, and wait until they have cleaned up."""
        for identity in list(self._running):
            self.stop(identity)
        await asyncio.gather(*self._left, return_exceptions=True)

    def _end(self, running: Running, task: asyncio.Task[None]) -> None:
        running.heard = False
        self._left.add(task)
        task.add_done_callback(self._left.discard)
        if not running.writes:
            task.cancel()

    async def _run(self, identity: str, running: Running, request: OperationRequest, caller: Caller) -> None:
        try:
            operation = await self._endpoint.admitted(request, caller)
            running.writes = operation.prepared.kind is OperationType.MUTATION
            await self._tell(identity, running, operation)
            last: dict[str, Any] = {"type": "complete"}
        except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are masked here
            last = {"type": "error", "payload": refusal(error).formatted()}
        if running.heard:
            # The id is free before the client can know that it is.
            del self._running[identity]
            await self._send({"id": identity} | last)

    async def _tell(self, identity: str, running: Running, operation: Admitted) -> None:
        if not operation.has_answers:
            answer = await self._endpoint.answer(operation)
            if answer.refusal is not None:
                raise answer.refusal
            await self._next(identity, running, answer)
            return
        async with aclosing(self._endpoint.answers(operation)) as answers:
            async for answer in answers:
                await self._next(identity, running, answer)

    async def _next(self, identity: str, running: Running, answer: Answer) -> None:
        if running.heard:
            await self._send({"id": identity, "type": "next", "payload": answer.body()})

"""What a request of one row costs in the gateway, part by part, in a process of its own and without HTTP.

Prints JSON: microseconds of processor time by part. The entrance and its steps are timed around an
application that only answers, those of the endpoint within whole requests; all take turns, so that a slow
moment of the machine hits all.
"""

import asyncio
import statistics
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import thread_time_ns
from typing import Any, cast

import orjson
import uvloop
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.app import application
from gateway.bootstrap import bootstrap
from gateway.endpoint import Endpoint
from gateway.settings import environment_settings
from gateway.transport.connection import ARRIVED, CONNECTION, Connection
from gateway.transport.entrance import Entrance
from gateway.transport.head import Head
from gateway.transport.http import HttpTransport
from gateway.transport.reply import NO_STORE, VARY, Reply
from gateway.transport.steps import Step

ROUNDS = 60
REPEATS = 25
STEPS = {"caller": "who asks (token)", "admitted": "admission", "answer": "the answer"}


@dataclass(slots=True)
class TimedEndpoint:
    """The endpoint, timing its steps."""

    endpoint: Endpoint
    nanoseconds: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in STEPS})

    def __getattr__(self, name: str) -> Any:
        step = getattr(self.endpoint, name)
        if name not in STEPS:
            return step

        async def timed(*arguments: Any) -> Any:
            begun = thread_time_ns()
            try:
                return await step(*arguments)
            finally:
                self.nanoseconds[name].append(thread_time_ns() - begun)

        return timed


class Ready:
    """Readiness that nobody asks for here."""

    async def registries(self) -> Mapping[str, bool]:
        """No registry."""
        return {}

    async def store(self) -> bool:
        """Yes."""
        return True

    def sessions(self) -> bool:
        """Nobody has one."""
        return True


async def answering(_: Scope, receive: Receive, send: Send) -> None:
    """An application that only reads its body and answers."""
    await receive()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


async def asked(app: ASGIApp, token: str, body: bytes) -> list[Message]:
    """What an application sends to a request, whose client stays to the end."""
    headers = [
        (b"host", b"127.0.0.1"),
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"authorization", f"Bearer {token}".encode()),
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "state": {},
        "extensions": {CONNECTION: Connection(), ARRIVED: True},
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Message] = []
    arriving = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return arriving.pop() if arriving else await asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


class Answering:
    """A transport of GraphQL that only reads the body and answers."""

    async def reply(self, _: Head, receive: Receive) -> Reply:
        """Two bytes."""
        await receive()
        content_type = (b"content-type", b"application/json; charset=utf-8")
        return Reply(200, [VARY, NO_STORE, (b"content-length", b"2"), content_type], b"{}")


def entrance(*steps: Step) -> ASGIApp:
    """The entrance with these steps, and nothing behind it."""
    return Entrance(steps, cast("HttpTransport", Answering()), Starlette())


async def parts(token: str, bodies: list[bytes]) -> Mapping[str, float]:
    """Microseconds by part: medians."""
    settings = environment_settings()
    gateway = bootstrap(settings)
    timed = TimedEndpoint(gateway.endpoint)
    whole = application(cast("Endpoint", timed), Ready(), settings)
    layers: dict[str, ASGIApp] = {"nothing": answering, "the entrance": entrance()}
    layers |= {f"step {type(each).__name__}": entrance(each) for each in whole.steps}
    layers["whole"] = whole
    async with gateway.app.running():
        told = (await asked(whole, token, bodies[0]))[-1]["body"]
        if b'"errors"' in told:
            raise SystemExit(told.decode())
        took = await _turns(layers, lambda app, at: asked(app, token, bodies[at % len(bodies)]))
    nothing, bare, every = took.pop("nothing"), took.pop("the entrance"), took.pop("whole")
    found = {"the entrance": bare - nothing} | {name: max(each - bare, 0.0) for name, each in took.items()}
    found |= {told: statistics.median(timed.nanoseconds[name]) / 1e3 for name, told in STEPS.items()}
    rest = every - nothing - sum(found.values())
    return found | {"the rest of the transport": rest, "together": every - nothing}


async def _turns(
    layers: Mapping[str, ASGIApp], ask: Callable[[ASGIApp, int], Awaitable[object]]
) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in layers}
    for each in range(ROUNDS):
        for name, app in layers.items():
            begun = thread_time_ns()
            for at in range(REPEATS):
                await ask(app, each * REPEATS + at)
            took[name].append((thread_time_ns() - begun) / REPEATS / 1e3)
    return {name: statistics.median(times) for name, times in took.items()}


def main() -> None:
    """Read the token and the bodies from standard input, print what was measured."""
    order = orjson.loads(sys.stdin.buffer.read())
    bodies = [each.encode() for each in order["bodies"]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(orjson.dumps(runner.run(parts(order["token"], bodies))).decode())


if __name__ == "__main__":
    main()

"""The way in, where no server stands before it: its steps, its last edge, and clients that hang up."""

# ruff: noqa: ARG002 - doubles take what the protocols give

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest
from starlette.applications import Starlette
from starlette.types import Message

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.settings import Settings
from gateway.transport.connection import CONNECTION, Connection
from gateway.transport.entrance import Entrance
from gateway.transport.head import Head, Headers
from gateway.transport.reply import Reply
from tests.gateway.door import PATIENCE, toy_application
from tests.gateway.toy import ToyContexts, ToyReadiness

BODY = b'{"query": "{ slow }"}'
JSON = (b"content-type", b"application/json")


def scope(*headers: tuple[bytes, bytes], path: str = "/graphql", **more: Any) -> dict[str, Any]:
    """A POST as a server tells of it."""
    line = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b""}
    return line | {"http_version": "1.1", "root_path": "", "headers": [JSON, *headers]} | more


class Client:
    """What a server gives to an application: a body to receive, and where the answer is sent."""

    def __init__(self, body: bytes = BODY) -> None:
        self.sent: list[Message] = []
        self.gone = asyncio.Event()
        self._arriving = [{"type": "http.request", "body": body}]

    async def receive(self) -> Message:
        if self._arriving:
            return self._arriving.pop()
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def answer(self) -> Any:
        return orjson.loads(self.sent[1]["body"])


class Steps:
    """A step that notes that it was entered and left, and may do something in between."""

    def __init__(self, name: str, noted: list[str], does: Callable[[], Reply | None] = lambda: None) -> None:
        self.name, self.noted, self.does = name, noted, does

    def before(self, head: Head) -> Reply | None:
        self.noted.append(f"+{self.name}")
        return self.does()

    def after(self, head: Head, status: int, headers: Headers) -> None:
        self.noted.append(f"-{self.name} {status}")


class Transport:
    """What answers behind the steps."""

    def __init__(self, does: Callable[[], Awaitable[Reply]]) -> None:
        self.does = does

    async def reply(self, head: Head, receive: object) -> Reply:
        return await self.does()


@pytest.fixture
def contexts() -> ToyContexts:
    return ToyContexts()


@pytest.fixture
def toy(contexts: ToyContexts) -> Entrance:
    return toy_application(Settings(_env_file=None), contexts, ToyReadiness())


async def _fine() -> Reply:
    return Reply(200, [], b"{}")


async def _broken() -> Reply:
    raise RuntimeError("password=hunter2")


def _refusing() -> Reply:
    raise refused(ErrorCode.FORBIDDEN, "not here")


async def entered(
    does: Callable[[], Reply | None], answer: Callable[[], Awaitable[Reply]]
) -> tuple[list[str], Client]:
    """What three steps noted, of which the second does something."""
    noted: list[str] = []
    steps = [Steps("a", noted), Steps("b", noted, does), Steps("c", noted)]
    client = Client()
    await Entrance(steps, Transport(answer), Starlette())(scope(), client.receive, client.send)  # type: ignore[arg-type]
    return noted, client


async def test_steps_are_entered_in_their_order_and_left_in_reverse() -> None:
    noted, _ = await entered(lambda: None, _fine)
    assert noted == ["+a", "+b", "+c", "-c 200", "-b 200", "-a 200"]


async def test_a_step_that_refuses_or_answers_lets_nothing_further() -> None:
    noted, client = await entered(_refusing, _broken)
    assert noted == ["+a", "+b", "-a 403"]
    assert client.answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    noted, client = await entered(lambda: Reply(202, [], b"[]"), _broken)
    assert (noted, client.answer) == (["+a", "+b", "-a 202"], [])


async def test_what_nobody_foresaw_is_masked_and_takes_the_steps_too() -> None:
    noted, client = await entered(lambda: None, _broken)
    assert noted[-1] == "-a 500"
    assert client.answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert b"hunter2" not in client.sent[1]["body"]


async def test_below_another_path_the_same_is_answered(toy: Entrance) -> None:
    mounted = Client(b'{"query": "{ hello }"}')
    await toy(scope(path="/api/graphql", root_path="/api"), mounted.receive, mounted.send)
    plain = Client(b'{"query": "{ hello }"}')
    await toy(scope(), plain.receive, plain.send)
    given = (b"x-request-id", mounted.sent[0]["headers"][-1][1])
    assert mounted.sent[1]["body"] == plain.sent[1]["body"] == b'{"data":{"hello":"hello world"}}'
    assert mounted.sent[0]["headers"] == [*plain.sent[0]["headers"][:-1], given]


async def test_a_repeated_header_counts_once(toy: Entrance) -> None:
    """Of those that tell who asks the last one, of the others the first one."""
    who = [(b"authorization", b"Bearer wrong"), (b"authorization", b"Bearer good")]
    what = [(b"accept", b"application/graphql-response+json"), (b"accept", b"text/html")]
    client = Client(b'{"query": "{ caller }"}')
    await toy(scope(*who, *what), client.receive, client.send)
    assert client.answer["data"] == {"caller": "anna http None None"}


async def started(toy: Entrance, contexts: ToyContexts, client: Client, **more: Any) -> asyncio.Task[None]:
    """A request that is being worked on."""
    request = asyncio.create_task(toy(scope(**more), client.receive, client.send))
    async with asyncio.timeout(PATIENCE):
        await contexts.traces.going.wait()
    return request


async def test_under_any_server_a_client_that_hangs_up_cancels(toy: Entrance, contexts: ToyContexts) -> None:
    client = Client()
    request = await started(toy, contexts, client)
    client.gone.set()
    await request
    assert (contexts.traces.cancelled, client.sent) == (1, [])


async def test_a_connection_that_ends_cancels(toy: Entrance, contexts: ToyContexts) -> None:
    client, connection = Client(), Connection()
    request = await started(toy, contexts, client, extensions={CONNECTION: connection})
    connection.hang_up()
    await request
    assert (contexts.traces.cancelled, client.sent) == (1, [])
    assert request.cancelling() == 0


async def test_a_connection_that_has_ended_starts_nothing(toy: Entrance, contexts: ToyContexts) -> None:
    client, connection = Client(), Connection()
    connection.hang_up()
    await toy(scope(extensions={CONNECTION: connection}), client.receive, client.send)
    assert (contexts.traces.started, client.sent) == (0, [])


async def test_a_server_that_ends_is_not_taken_for_a_client(toy: Entrance, contexts: ToyContexts) -> None:
    client = Client()
    request = await started(toy, contexts, client, extensions={CONNECTION: Connection()})
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    assert contexts.traces.cancelled == 1


async def test_server_and_client_at_once_end_as_the_server_wants(
    toy: Entrance, contexts: ToyContexts
) -> None:
    client, connection = Client(), Connection()
    request = await started(toy, contexts, client, extensions={CONNECTION: connection})
    connection.hang_up()
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request


async def test_a_mutation_is_carried_to_its_end(toy: Entrance, contexts: ToyContexts) -> None:
    client, connection = Client(b'{"query": "mutation { write }"}'), Connection()
    request = await started(toy, contexts, client, extensions={CONNECTION: connection})
    connection.hang_up()
    contexts.traces.release.set()
    await request
    assert (contexts.traces.mutations, contexts.traces.cancelled) == (1, 0)

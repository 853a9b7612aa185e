"""With one registry slow, the others are asked and answer meanwhile: an order of events, no measured time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast

import orjson
import pytest
from starlette.types import Message

from auth.principal import Grant, Principal, Role
from gateway.servers import OwnServers
from gateway.transport.connection import CONNECTION, Connection
from sources.errors import TimedOut, Unavailable
from sources.registry import Registry
from sources.sources import Sources
from tests.asking import Asking, asking_over
from tests.queries.conftest import DAY

PATIENCE = 30.0
OWNERS = {
    Registry.WORKERS: "workers",
    Registry.ORGANIZATIONS: "organizations",
    Registry.LICENSES: "licenses",
    Registry.QUALIFICATIONS: "qualifications",
}

ROOTS = """{
  worker(registryNumber: "77200000000001") { lastName }
  organization(oid: "1.2.643.5.1.13.13.12.2.77.7809") { shortName }
  licenses(first: 1) { nodes { status } }
  credential(number: "772200000001") { validUntil }
}"""

CARD = """{
  worker(registryNumber: "77200000000001") {
    lastName
    employments { organization { shortName licenses { number } } }
    licenses { status }
    credentials { number }
  }
}"""


@dataclass
class Slow:
    """A registry that answers when it is let, and what was heard of all reads meanwhile."""

    registry: Registry | None = None
    fails: dict[Registry, Exception] = field(default_factory=dict)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    heard: list[tuple[str, Registry, str]] = field(default_factory=list)

    async def read(self, registry: Registry, method: str, ask: Callable[[], Any]) -> Any:
        self.heard.append(("asked", registry, method))
        try:
            if registry is self.registry:
                await self.answers.wait()
            if registry in self.fails:
                raise self.fails[registry]
            found = await ask()
        except asyncio.CancelledError:
            self.heard.append(("cancelled", registry, method))
            raise
        self.heard.append(("answered", registry, method))
        return found

    def names(self, what: str) -> set[str]:
        return {method for event, _, method in self.heard if event == what}

    @property
    def waited_for(self) -> set[str]:
        """What was asked and has not answered yet."""
        return self.names("asked") - self.names("answered")

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something to be heard, but not for ever."""
        async with asyncio.timeout(PATIENCE):
            while not seen():  # noqa: ASYNC110 - what is waited for is anyone's
                await asyncio.sleep(0.005)


class Held:
    """A source whose answers may be held back."""

    def __init__(self, registry: Registry, source: object, slow: Slow) -> None:
        self._registry, self._source, self._slow = registry, source, slow

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._source, name)

        async def asked(*arguments: Any, **options: Any) -> Any:
            return await self._slow.read(self._registry, name, lambda: method(*arguments, **options))

        return asked


@dataclass
class World:
    """A gateway, one of whose registries can be made slow."""

    asking: Asking
    slow: Slow


@pytest.fixture(scope="module")
async def whole(own_servers: OwnServers, asking: Asking) -> AsyncIterator[World]:
    """A gateway over the scenarios' registries. (`asking` has loaded them.)"""
    slow = Slow()

    def held(sources: Sources) -> Sources:
        named = {name: Held(registry, getattr(sources, name), slow) for registry, name in OWNERS.items()}
        return replace(sources, **cast("dict[str, Any]", named))

    async with asking_over(own_servers.registry_urls("queries"), own_servers.redis_url, DAY, held) as asked:
        yield World(asked, slow)


@pytest.fixture
def world(whole: World) -> World:
    whole.slow.__init__()  # type: ignore[misc]
    return whole


@pytest.mark.parametrize("registry", list(Registry))
async def test_roots_of_the_others_are_answered_first(world: World, registry: Registry) -> None:
    expected = await world.asking.ask(ROOTS)
    every = world.slow.names("answered")
    world.slow.heard.clear()
    world.slow.registry = registry

    asking = asyncio.create_task(world.asking.ask(ROOTS))
    await world.slow.until(lambda: len(world.slow.names("answered")) >= len(every) - 1)
    its = {method for event, owner, method in world.slow.heard if owner is registry and event == "asked"}
    assert world.slow.names("answered") == every - its
    assert not asking.done()

    world.slow.answers.set()
    assert await asking == expected
    assert world.slow.heard[-1][1] is registry


async def test_branches_that_do_not_need_the_slow_one_go_on_below(world: World) -> None:
    """Employments lead to organizations, and those to their licences' registry, while credentials are out."""
    expected = await world.asking.ask(CARD)
    assert not expected.errors
    world.slow.heard.clear()
    world.slow.registry = Registry.QUALIFICATIONS

    asking = asyncio.create_task(world.asking.ask(CARD))
    await world.slow.until(lambda: "licenses_by_holder" in world.slow.names("answered"))
    await world.slow.until(lambda: world.slow.waited_for == {"credentials_by_worker"})

    world.slow.answers.set()
    assert await asking == expected


async def test_a_deadline_ends_its_branch_alone(world: World) -> None:
    expected = await world.asking.ask(CARD)
    world.slow.heard.clear()
    world.slow.registry = Registry.QUALIFICATIONS
    world.slow.fails = {Registry.QUALIFICATIONS: TimedOut(Registry.QUALIFICATIONS)}
    asking = asyncio.create_task(world.asking.ask(CARD))
    await world.slow.until(lambda: "credentials_by_worker" in world.slow.waited_for)
    world.slow.answers.set()

    partial = await asking
    assert [(error["path"], error["extensions"]["code"]) for error in partial.errors] == [
        (["worker", "credentials"], "REGISTRY_TIMEOUT")
    ]
    assert partial.data["worker"] == {**expected.data["worker"], "credentials": None}
    assert "cancelled" not in {event for event, _, _ in world.slow.heard}


async def test_when_all_is_null_what_still_runs_is_cancelled(world: World) -> None:
    found = await world.asking.ask('{ worker(registryNumber: "77200000000001") { id } }')
    worker = found.data["worker"]["id"]
    query = """query ($id: ID!) {
      explainAccess(coordinate: "Worker.snils", id: $id) { decision }
      licenses(first: 1) { nodes { status } }
    }"""
    regulator = Principal("r", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))}))
    whole = await world.asking.ask(query, {"id": worker}, regulator)
    assert not whole.errors
    world.slow.heard.clear()
    world.slow.registry = Registry.LICENSES
    world.slow.fails = {Registry.WORKERS: Unavailable(Registry.WORKERS)}

    answer = await world.asking.ask(query, {"id": worker}, regulator)
    assert (answer.data, answer.errors[0]["extensions"]["code"]) == (None, "REGISTRY_UNAVAILABLE")
    assert {owner for event, owner, _ in world.slow.heard if event == "cancelled"} == {Registry.LICENSES}


async def test_a_client_that_hangs_up_cancels_everything(world: World) -> None:
    """By the gateway's own path, its steps and its connection included."""
    world.slow.registry = Registry.QUALIFICATIONS
    connection, sent = Connection(), list[Message]()

    async def receive() -> Message:
        return {"type": "http.request", "body": orjson.dumps({"query": CARD})}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "extensions": {CONNECTION: connection},
    }
    request = asyncio.create_task(world.asking.gateway.app(scope, receive, send))
    await world.slow.until(lambda: "credentials_by_worker" in world.slow.names("asked"))
    await world.slow.until(lambda: "licenses_by_holder" in world.slow.names("answered"))
    connection.hang_up()
    async with asyncio.timeout(PATIENCE):
        await request
    assert world.slow.names("cancelled") == {"credentials_by_worker"}
    assert sent == []

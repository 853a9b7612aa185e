"""Who listens to a saved search is told when its hits change, and not otherwise."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.event import Event
from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.faults import RequestError
from gateway.operation.execution import Answer
from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from projections.search.errors import SearchUnavailable
from projections.search.reader import Hit
from resolvers.ids import global_id
from resolvers.saved_change import MOST_COMPARED, MOST_NAMED
from tests.asking import Asking, asking_over
from tests.cabinet.conftest import Registries
from tests.cabinet.moving import MovingSearch
from tests.cabinet.saving import DELETE, saved, somebody
from tests.memory_journal import MemoryJournal

INTERVAL = 0.02
LISTEN = """subscription ($id: ID!, $since: String) {
  savedSearchChanged(id: $id, since: $since) {
    savedSearch { name } totalCount added removed addedIds removedIds version asOf
  }
}"""
BANNED = {"workers": {"where": {"restrictions": {"some": {"kinds": ["PRACTICE_BAN"]}}}}}
KEYS = [uuid4() for _ in range(MOST_COMPARED + 2)]


def hit(key: UUID) -> Hit:
    """A hit with this key."""
    return Hit(key, (str(key),))


def hits(*numbers: int) -> list[Hit]:
    """The hits of these numbers."""
    return [hit(KEYS[each]) for each in numbers]


def ids(*numbers: int) -> list[str]:
    """Their global ids, in order."""
    return sorted(global_id("Worker", KEYS[each]) for each in numbers)


@pytest.fixture
def search() -> MovingSearch:
    """Three hits."""
    return MovingSearch(hits(0, 1, 2))


@pytest.fixture(params=[True, False], ids=["engine", "graphql-core"])
async def gateway(
    request: pytest.FixtureRequest,
    registries: Registries,
    own_servers: OwnServers,
    kept_in: StoreUrls,
    search: MovingSearch,
    today: dt.date,
) -> AsyncIterator[Asking]:
    """A gateway over the projection that the test moves."""
    async with replica(registries, own_servers, kept_in, search, today, compiled=request.param) as asking:
        yield asking


@asynccontextmanager
async def replica(
    registries: Registries,
    own_servers: OwnServers,
    kept_in: StoreUrls,
    search: MovingSearch,
    today: dt.date,
    *,
    compiled: bool = True,
) -> AsyncIterator[Asking]:
    """One gateway of several."""
    async with asking_over(
        registries,
        own_servers.redis_url,
        today,
        search=search,
        compiled=compiled,
        store_url=kept_in.runtime,
        store_owner_url=kept_in.owner,
        saved_search_interval=INTERVAL,
    ) as asking:
        yield asking


Events = AsyncGenerator[Answer, None]


@asynccontextmanager
async def listening(
    asking: Asking, caller: Principal, key: str, since: str | None = None
) -> AsyncIterator[Events]:
    """Listens to a saved search."""
    async with aclosing(await asking.listen(LISTEN, {"id": key, "since": since}, caller)) as events:
        yield events


async def told(events: Events) -> Any:
    """The next event."""
    async with asyncio.timeout(60):
        answer = await anext(events)
    assert not answer.errors, answer.errors
    return answer.data["savedSearchChanged"]


async def looked(search: MovingSearch) -> None:
    """Waits until each listener has surely looked again."""
    asked = len(search.pages)
    async with asyncio.timeout(60):
        await search.looked(search.looks + 2)
        while len(search.pages) == asked:
            await search.looked(search.looks + 1)


async def test_what_came_and_went_is_told(gateway: Asking, search: MovingSearch) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    async with listening(gateway, caller, kept["id"]) as events:
        first = await told(events)
        assert first | {"version": "", "asOf": ""} == {
            "savedSearch": {"name": "трое"},
            "totalCount": 3,
            "added": None,
            "removed": None,
            "addedIds": [],
            "removedIds": [],
            "version": "",
            "asOf": "",
        }
        assert dt.datetime.fromisoformat(str(first["asOf"])) == search.as_of
        search.hits = hits(1, 2, 3, 4)
        search.move()
        second = await told(events)
        assert (second["totalCount"], second["added"], second["removed"]) == (4, 2, 1)
        assert (second["addedIds"], second["removedIds"]) == (ids(3, 4), ids(0))
        assert second["version"] != first["version"]


async def test_what_moves_without_the_hits_is_not_told(gateway: Asking, search: MovingSearch) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    async with listening(gateway, caller, kept["id"]) as events:
        await told(events)
        following = asyncio.ensure_future(anext(events))
        search.hits = hits(2, 1, 0)  # another order, the same hits
        search.move()
        await looked(search)
        assert not following.done()
        search.hits = hits(0, 1)
        search.move()
        async with asyncio.timeout(60):
            answer = await following
        assert answer.data["savedSearchChanged"]["removedIds"] == ids(2)


async def test_who_knows_the_version_is_told_of_what_is_new_alone(
    gateway: Asking, search: MovingSearch
) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    async with listening(gateway, caller, kept["id"]) as events:
        version = (await told(events))["version"]
    async with listening(gateway, caller, kept["id"], version) as events:
        following = asyncio.ensure_future(anext(events))
        search.move()
        await looked(search)
        assert not following.done()
        search.hits = hits(0, 1, 2, 3)
        search.move()
        async with asyncio.timeout(60):
            assert (await following).data["savedSearchChanged"]["addedIds"] == ids(3)
    async with listening(gateway, caller, kept["id"], version) as events:
        event = await told(events)
        assert (event["totalCount"], event["added"]) == (4, None), "at once: it changed while nobody listened"


async def test_of_very_many_hits_the_count_alone_is_told(gateway: Asking, search: MovingSearch) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "многие")
    async with listening(gateway, caller, kept["id"]) as events:
        await told(events)
        search.hits = hits(*range(MOST_COMPARED))
        search.move()
        event = await told(events)
        assert (event["added"], len(event["addedIds"])) == (MOST_COMPARED - 3, MOST_NAMED)
        search.hits = hits(*range(MOST_COMPARED + 2))
        search.move()
        event = await told(events)
        assert (event["totalCount"], event["added"], event["addedIds"]) == (MOST_COMPARED + 2, None, [])
        search.hits = hits(0)
        search.move()
        event = await told(events)
        assert (event["totalCount"], event["removed"]) == (1, None)


async def test_every_replica_tells_its_own_listeners(
    registries: Registries,
    own_servers: OwnServers,
    kept_in: StoreUrls,
    search: MovingSearch,
    today: dt.date,
) -> None:
    over = (registries, own_servers, kept_in, search, today)
    caller = somebody()
    async with replica(*over) as one, replica(*over) as other:
        kept = await saved(one, caller, "трое")
        async with (
            listening(one, caller, kept["id"]) as here,
            listening(other, caller, kept["id"]) as there,
        ):
            assert (await told(here))["version"] == (await told(there))["version"]
            search.hits = hits(0)
            search.move()
            assert (await told(here))["removedIds"] == (await told(there))["removedIds"] == ids(1, 2)


async def test_a_projection_that_is_away_is_waited_for(gateway: Asking, search: MovingSearch) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    search.failing = SearchUnavailable("away")
    async with listening(gateway, caller, kept["id"]) as events:
        following = asyncio.ensure_future(told(events))
        await asyncio.sleep(INTERVAL * 3)
        assert not following.done()
        search.failing = None
        assert (await following)["totalCount"] == 3


async def test_without_a_token_nobody_listens(gateway: Asking) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    async with listening(gateway, PUBLIC, kept["id"]) as events:
        with pytest.raises(RequestError) as refused:
            await told(events)
    assert refused.value.code == "UNAUTHENTICATED"


async def test_when_it_is_deleted_the_telling_ends(gateway: Asking, search: MovingSearch) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    async with listening(gateway, caller, kept["id"]) as events:
        await told(events)
        await gateway.ask(DELETE, {"id": kept["id"]}, caller)
        search.move()
        async with asyncio.timeout(60):
            assert [event async for event in events] == []


async def test_nobody_looks_while_nobody_listens(gateway: Asking, search: MovingSearch) -> None:
    caller = somebody()
    kept = await saved(gateway, caller, "трое")
    async with listening(gateway, caller, kept["id"]) as events:
        await told(events)
    looks = search.looks
    await asyncio.sleep(INTERVAL * 5)
    assert search.looks == looks


async def test_each_look_is_made_with_the_rights_of_that_moment(
    gateway: Asking, search: MovingSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An employer's reach is asked anew; once it is nobody, the look is another one."""
    caller = somebody(Role.EMPLOYER, organizations=frozenset({stories.CITY_HOSPITAL}))
    kept = await saved(gateway, caller, "запреты", BANNED)
    async with listening(gateway, caller, kept["id"]) as events:
        await told(events)
        gateway.clear()
        search.hits = hits(0)
        search.move()
        await told(events)
    assert gateway.calls["reached_by_organization"] > 0
    assert all(each.sights for each in search.asked)


async def test_who_loses_the_right_is_told_and_the_telling_ends(
    gateway: Asking, search: MovingSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = somebody(Role.AUDITOR)
    kept = await saved(gateway, auditor, "запреты", BANNED)
    analyst = replace(auditor, grants=frozenset({Grant(Role.ANALYST)}))
    async with listening(gateway, analyst, kept["id"]) as events:
        with pytest.raises(RequestError) as refused:
            await told(events)
    assert refused.value.code == "FORBIDDEN"


async def test_what_an_event_tells_of_measures_is_on_record(gateway: Asking, search: MovingSearch) -> None:
    journal = gateway.journal
    assert isinstance(journal, MemoryJournal)
    auditor = somebody(Role.AUDITOR)
    kept = await saved(gateway, auditor, "запреты", BANNED)
    journal.events.clear()
    async with aclosing(
        await gateway.listen(
            "subscription ($id: ID!) { savedSearchChanged(id: $id) { asOf } }", {"id": kept["id"]}, auditor
        )
    ) as events:
        await anext(events)
        assert len(journal.events) == 1
        search.hits = hits(5)
        search.move()
        await anext(events)
    first, second = journal.events
    assert _subjects(first) == {f"Worker:{KEYS[each]}" for each in range(3)}
    assert _subjects(second) == {f"Worker:{KEYS[5]}"}


def _subjects(event: Event) -> set[str]:
    return {name for each in event.released for name in each.subjects}

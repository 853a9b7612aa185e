"""From a registry's row to who listens: a change is taken over, the projection moves, a hit comes, goes."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

import asyncpg
import pytest

from demo.stories import CARDIOLOGIST
from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from projections.database import Projection
from projections.search.projected import ProjectionReader
from projections.sync.following import Following, following
from projections.sync.kept import Kept
from sources.registry import Registry
from sources.sql.copying import CopyingReader
from tests.asking import DICTIONARIES, UNHURRIED, Asking, asking_over
from tests.cabinet.conftest import Registries, new_store
from tests.cabinet.saving import saved, somebody
from tests.conftest import build

LISTEN = """subscription ($id: ID!) {
  savedSearchChanged(id: $id) {
    totalCount addedIds removedIds savedSearch { workers { nodes { lastName } } }
  }
}"""
NAME = "Неслыханная"
RENAMED = """
update worker set last_name = $2, updated_at = now(), revision = 1 + greatest(
    (select max(revision) from worker), (select max(revision) from employment),
    (select max(revision) from restriction), (select max(revision) from absence))
where registry_number = $1"""


@pytest.fixture
async def store(own_servers: OwnServers, own_registries: Registries, today: dt.date) -> StoreUrls:
    """A store that holds a projection of these registries too."""
    urls = await new_store(own_servers)
    assert urls.owner is not None
    await build(urls.owner, own_registries, today)
    return urls


@pytest.fixture
async def asking(
    own_servers: OwnServers, own_registries: Registries, store: StoreUrls, today: dt.date
) -> AsyncIterator[Asking]:
    """A gateway over both."""
    assert store.owner is not None
    projection = Projection(store.owner)
    reader = ProjectionReader(projection, DICTIONARIES, UNHURRIED)
    async with asking_over(
        own_registries,
        own_servers.redis_url,
        today,
        search=reader,
        store_url=store.runtime,
        store_owner_url=store.owner,
        saved_search_interval=0.02,
    ) as asked:
        yield asked
    await projection.close()


@pytest.fixture
async def keeper(own_registries: Registries, store: StoreUrls, today: dt.date) -> AsyncIterator[Following]:
    """What takes changes over."""
    readers = {registry: CopyingReader(registry, each, 60) for registry, each in own_registries.items()}
    assert store.owner is not None
    async with following(store.owner, readers, lambda: today, Kept()) as found:
        yield found
    for each in readers.values():
        await each.close()


async def test_a_change_in_a_registry_is_told(
    asking: Asking, keeper: Following, owner_urls: Mapping[Registry, str]
) -> None:
    caller, number = somebody(), CARDIOLOGIST.registry_number
    kept = await saved(asking, caller, "по фамилии", {"workers": {"query": NAME}})
    line = await asyncpg.connect(owner_urls[Registry.WORKERS])
    async with aclosing(await asking.listen(LISTEN, {"id": kept["id"]}, caller)) as events:
        first: Any = (await anext(events)).data["savedSearchChanged"]
        assert first["totalCount"] == 0
        asking.clear()
        for name, count in ((NAME, 1), (CARDIOLOGIST.last_name, 0)):
            await line.execute(RENAMED, number, name)
            await keeper.catch_up(Registry.WORKERS)
            async with asyncio.timeout(60):
                event = (await anext(events)).data["savedSearchChanged"]
            assert event["totalCount"] == count
            changed = event["addedIds"] if count else event["removedIds"]
            shown = await asking.ask(
                "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Worker { registryNumber } } }",
                {"ids": changed},
            )
            assert shown.data == {"nodes": [{"registryNumber": number}]}
            assert event["savedSearch"]["workers"]["nodes"] == [{"lastName": name}] * count
    await line.close()

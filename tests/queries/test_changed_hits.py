"""A registry changes after it was taken over: a hit is shown as it is now, and marked."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import asyncpg
import pytest

from demo.stories import BANNED, CARDIOLOGIST
from gateway.servers import OwnServers
from projections.database import Projection
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.asking import UNHURRIED, Asking, asking_over
from tests.conftest import NewProjection

SEARCH = """{
  workers(query: "%s", where: { regions: ["77"] }) {
    totalCount
    edges { matches node { registryNumber lastName } }
  }
}"""


GONE = """
with person as (select id from worker where registry_number = $1),
jobs as (delete from employment where worker_id in (select id from person)),
bans as (delete from restriction where worker_id in (select id from person))
delete from worker where id in (select id from person)"""


@pytest.fixture(scope="module")
async def projection(
    own_registries: Mapping[Registry, str], new_projection: NewProjection
) -> AsyncIterator[Projection]:
    """The projection of these registries as they were in the beginning."""
    found = Projection(await new_projection(own_registries))
    yield found
    await found.close()


@pytest.fixture(params=[True, False], ids=["compiled", "walked"])
async def executor(
    request: pytest.FixtureRequest,
    own_servers: OwnServers,
    own_registries: Mapping[Registry, str],
    projection: Projection,
    today: date,
) -> AsyncIterator[Asking]:
    """A gateway over both, on one executor or the other."""
    reader = ProjectionReader(projection, Dictionaries.load(), UNHURRIED)
    async with asking_over(
        own_registries, own_servers.redis_url, today, search=reader, compiled=request.param
    ) as asking:
        yield asking


async def test_a_changed_record_is_shown_and_marked(
    executor: Asking, owner_urls: Mapping[Registry, str]
) -> None:
    number = CARDIOLOGIST.registry_number
    changed = "update worker set last_name = 'Соколова' where registry_number = $1"
    await _change(owner_urls[Registry.WORKERS], changed, number)

    answer = await executor.ask(SEARCH % "иванова анна сергеевна")

    assert not answer.errors
    found = answer.data["workers"]
    assert found["totalCount"] == len(found["edges"])
    assert {"matches": False, "node": {"registryNumber": number, "lastName": "Соколова"}} in found["edges"]


async def test_a_record_that_is_gone_leaves_its_place(
    executor: Asking, owner_urls: Mapping[Registry, str]
) -> None:
    await _change(owner_urls[Registry.WORKERS], GONE, BANNED.registry_number)

    answer = await executor.ask(SEARCH % "петров олег викторович")

    assert not answer.errors
    found = answer.data["workers"]
    assert found["totalCount"] == len(found["edges"])
    assert {"matches": False, "node": None} in found["edges"]


async def _change(url: str, statement: str, *values: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement, *values)
    finally:
        await connection.close()

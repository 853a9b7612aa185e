"""The gateway that every scenario is asked of, over demo data as of one fixed day."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import asyncpg
import pytest

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from projections.database import Projection
from projections.findings.projected import ProjectedFindings
from projections.findings.reader import FindingReader
from projections.search.projected import ProjectionReader
from projections.search.reader import Hit, SearchReader
from tests.asking import DICTIONARIES, UNHURRIED, Asking, asking_over
from tests.conftest import build
from tests.fake_search import FakeSearch
from tests.memory_journal import MemoryJournal
from tests.queries.searching import FIVE, Searching, uuid_of

DAY = date(2026, 9, 1)
AS_OF = datetime(2026, 9, 1, tzinfo=UTC)
WORKERS = 300
BOUNDS = UNHURRIED
"""Nobody takes changes over here, so the projection grows older than it may where rights are concerned."""


@pytest.fixture(scope="session")
async def searched(own_servers: OwnServers) -> AsyncIterator[SearchReader]:
    """The registries of the scenarios, 300 workers as of 1 September 2026, and what searches find in them."""
    await own_servers.make_registries("queries")
    await load(own_servers.owner_urls("queries"), Plan(WORKERS, DAY))
    await own_servers.make_store("queries")
    url = own_servers.store_owner_url("queries")
    await build(url, own_servers.registry_urls("queries"), DAY)
    await _aged(url)
    projection = Projection(url)
    yield ProjectionReader(projection, DICTIONARIES, BOUNDS)
    await projection.close()


@pytest.fixture(scope="session")
async def found(own_servers: OwnServers, searched: SearchReader) -> AsyncIterator[FindingReader]:
    """What is wrong in these registries."""
    projection = Projection(own_servers.store_owner_url("queries"))
    yield ProjectedFindings(projection, BOUNDS)
    await projection.close()


async def _aged(url: str) -> None:
    """Have the projection be as old as its day: what the registries are asked must not hang by the clock."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("update projection.position set as_of = $1", AS_OF)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
async def asking(
    own_servers: OwnServers, searched: SearchReader, found: FindingReader
) -> AsyncIterator[Asking]:
    """A gateway in this process over these."""
    urls = own_servers.registry_urls("queries")
    async with asking_over(urls, own_servers.redis_url, DAY, search=searched, findings=found) as asked:
        yield asked


@pytest.fixture(scope="session")
async def walking(
    own_servers: OwnServers, searched: SearchReader, found: FindingReader
) -> AsyncIterator[Asking]:
    """The same, on graphql-core's executor instead of the engine."""
    urls = own_servers.registry_urls("queries")
    async with asking_over(
        urls, own_servers.redis_url, DAY, search=searched, findings=found, compiled=False
    ) as asked:
        yield asked


@pytest.fixture(scope="module")
async def both(own_servers: OwnServers, asking: Asking) -> AsyncIterator[Searching]:
    """Two gateways over the scenarios' registries, one on each executor."""
    urls, search = own_servers.registry_urls("queries"), FakeSearch()
    over = (urls, own_servers.redis_url, DAY)
    async with (
        asking_over(*over, search=search) as compiled,
        asking_over(*over, search=search, compiled=False) as walked,
    ):
        five = (await asking.ask(FIVE)).data["workers"]["nodes"]
        yield Searching((compiled, walked), search, five)


@pytest.fixture
def searching(both: Searching) -> Searching:
    """The same, with nothing asked yet, and the five as hits."""
    both.search.clear()
    both.search.failing = None
    both.search.buckets = ()
    both.search.as_of = AS_OF
    both.search.hits = [Hit(uuid_of(each), (each["lastName"], each["registryNumber"])) for each in both.five]
    for each in both.executors:
        assert isinstance(each.journal, MemoryJournal)
        each.journal.events.clear()
    return both

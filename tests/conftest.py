"""What tests of every room share: real servers and registries with demo data."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from projections.sync.build import Build
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.sql.copying import CopyingReader
from tests.scanner import pytest_configure  # noqa: F401  (listens to the whole session)
from tests.sharing import SharingProcesses
from tests.sizes import LARGE_WORKERS

WORKERS = 2_000
LONGEST = (
    "tests/search/",
    "tests/proof/",
    "tests/dashboard/",
    "tests/workforce/",
    "tests/findings/",
    "tests/projections/",
    "tests/web/",
    "tests/verification/",
    "tests/loaders/",
    "tests/gateway/",
)
"""Begun first, in this order, so that no process is left alone with them at the end."""
WAITING = (
    "tests/analysts/",
    "tests/federation/",
    "tests/issuer/",
    "tests/clients/",
    "tests/audit/test_crash.py",
    "tests/gateway/test_cli_serve.py",
    "tests/gateway/test_processes.py",
    "tests/gateway/test_servers.py",
)
"""Put last, where the third process begins: they wait for other programs more than they compute."""
SEED = 42
"""What people are hashed with in projections that are compared."""
COPIES = count()
ORIGIN = "update projection.position set origin = $2 where registry = $1"
NewProjection = Callable[[Mapping[Registry, str]], Awaitable[str]]


# A crowded machine is slow, not wrong: in a fresh clone alone the tables of Unicode take long to make.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, all others in their order."""
    items.sort(key=lambda each: _place(each.nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharingProcesses:
    """How tests are dealt to several processes."""
    return SharingProcesses(config, log)


def _place(name: str) -> int:
    if name.startswith(WAITING):
        return len(LONGEST) + 1
    return next((place for place, folder in enumerate(LONGEST) if name.startswith(folder)), len(LONGEST))


@pytest.fixture(scope="session")
def today() -> date:
    """The day as of which the demo data is made: the real one, in UTC."""
    return datetime.now(UTC).date()


@pytest.fixture(scope="session")
async def own_servers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OwnServers]:
    """Svod's own PostgreSQL and Redis, empty, for the whole run."""
    folder: Path = tmp_path_factory.mktemp("svod")
    async with OwnServers(folder, durable=False, brief=True) as servers:
        await servers.make_store()
        yield servers


@pytest.fixture(scope="session")
async def pristine(own_servers: OwnServers, today: date) -> str:
    """The group of databases that others are copied from; nobody connects to it."""
    return await _loaded(own_servers, "pristine", Plan(WORKERS, today))


@pytest.fixture(scope="session")
async def registries(own_servers: OwnServers, pristine: str) -> Mapping[Registry, str]:
    """The four registries with 2,000 workers, by the accounts that may only read. Nobody changes them."""
    await own_servers.copy_registries(pristine, "svod")
    return own_servers.registry_urls("svod")


@pytest.fixture(scope="session")
async def large_registries(own_servers: OwnServers, today: date) -> Mapping[Registry, str]:
    """The same with many more workers; mark such a test `large`. Nobody changes them."""
    return own_servers.registry_urls(await _loaded(own_servers, "large", Plan(LARGE_WORKERS, today)))


@pytest.fixture(scope="module")
async def own_registries(own_servers: OwnServers, pristine: str) -> Mapping[Registry, str]:
    """A copy of the registries for one module alone, which may change it through `owner_urls`."""
    await own_servers.copy_registries(pristine, "own")
    return own_servers.registry_urls("own")


@pytest.fixture(scope="module")
def owner_urls(own_servers: OwnServers, own_registries: Mapping[Registry, str]) -> Mapping[Registry, str]:
    """The addresses under which a test changes the rows of `own_registries`."""
    return own_servers.owner_urls("own")


@pytest.fixture(scope="session")
async def built(own_servers: OwnServers, registries: Mapping[Registry, str], today: date) -> str:
    """The group whose store holds the projection of `registries`, as of today; others are copied from it."""
    await own_servers.make_store("built")
    await build(own_servers.store_owner_url("built"), registries, today, SEED)
    return "built"


@pytest.fixture(scope="session")
async def projected(own_servers: OwnServers, built: str) -> str:
    """The URL of a database with the projection of `registries`, as of today. Nobody changes it."""
    await own_servers.copy_store(built, "projected")
    return own_servers.store_owner_url("projected")


@pytest.fixture(scope="session")
def new_projection(own_servers: OwnServers, built: str) -> NewProjection:
    """Makes a projection of copies of the registries that nobody has changed so far, and gives its URL."""

    async def make(registries: Mapping[Registry, str]) -> str:
        return await copied(own_servers, built, registries)

    return make


async def copied(servers: OwnServers, built: str, registries: Mapping[Registry, str]) -> str:
    """A copy of a projection, as if it had been built of these registries; building one costs more."""
    group = f"copied{next(COPIES)}"
    await servers.copy_store(built, group)
    url = servers.store_owner_url(group)
    connection = await asyncpg.connect(url)
    try:
        async with reading(registries) as readers:
            for registry, reader in readers.items():
                origin = (await reader.standing()).origin
                await connection.execute(ORIGIN, registry, origin)
    finally:
        await connection.close()
    return url


async def build(url: str, registries: Mapping[Registry, str], day: date, seed: int | None = None) -> None:
    """Build the projection of these registries for a day; the same seed gives people the same keys."""
    async with reading(registries) as readers:
        await Build(url, readers, Dictionaries.load(), day, seed=seed).run()


@asynccontextmanager
async def reading(urls: Mapping[Registry, str]) -> AsyncIterator[Mapping[Registry, CopyingReader]]:
    """Readers of these registries."""
    readers = {registry: CopyingReader(registry, url, 60) for registry, url in urls.items()}
    try:
        yield readers
    finally:
        for reader in readers.values():
            await reader.close()


async def _loaded(servers: OwnServers, group: str, plan: Plan) -> str:
    await servers.make_registries(group)
    await load(servers.owner_urls(group), plan)
    return group

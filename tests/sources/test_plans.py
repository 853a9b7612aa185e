"""No statement that a source can send scans a large table; by `make planted`, at 100,000 workers."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import asyncpg
import pytest

from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.sql.opened import SqlRegistries
from tests.sizes import WHOLE
from tests.sources.behind import Behind
from tests.sources.calls import CALLS, Samples, samples
from tests.sources.conftest import PATIENT
from tests.sources.plans import large_tables, scanned
from tests.sources.recorder import Recorder

pytestmark = pytest.mark.large

COUNTED_WITHOUT_INDEX = {"statuses", "registered_from"}
"""A count of workers by what the registry has no index of goes through its table: the one exception."""
OF_LARGE_EMPLOYERS = {("staff_by_organization", "organization_oid", "worker")}
"""Among 30,000 a few employers have so many that all workers are read at once; not so among 100,000."""


@pytest.fixture(scope="module")
async def connections(
    large_registries: Mapping[Registry, str],
) -> AsyncIterator[Mapping[Registry, asyncpg.Connection]]:
    """A connection to each large registry."""
    connections = {registry: await asyncpg.connect(url) for registry, url in large_registries.items()}
    yield connections
    for connection in connections.values():
        await connection.close()


@pytest.fixture(scope="module")
async def large(
    large_registries: Mapping[Registry, str], dictionaries: Dictionaries, today: date
) -> AsyncIterator[SqlRegistries]:
    """The sources over the large registries."""
    large = SqlRegistries(large_registries, PATIENT, dictionaries, lambda: today)
    yield large
    await large.close()


@pytest.fixture(scope="module")
async def some(connections: Mapping[Registry, asyncpg.Connection], today: date) -> Samples:
    """Keys of the large registries."""
    return await samples(Behind(connections), today)


@pytest.mark.parametrize("registry", Registry)
async def test_no_statement_scans_a_large_table(
    registry: Registry,
    large: SqlRegistries,
    some: Samples,
    connections: Mapping[Registry, asyncpg.Connection],
) -> None:
    recorder = Recorder()
    recorder.listen(large.databases[registry])
    bad: set[tuple[str, ...]] = set()
    for name, calls in CALLS[registry](large.sources, some).items():
        for call in calls:
            await call()
            sent = recorder.taken()
            assert sent, f"{name} asked nothing: its sample keys are missing"
            for each in sent:
                if tables := await scanned(connections[registry], each):
                    bad.add((name, each.statement.parameters[0], *tables))
    counted = {("workers_count", condition, "worker") for condition in COUNTED_WITHOUT_INDEX}
    assert bad <= counted | (set() if WHOLE else OF_LARGE_EMPLOYERS)


async def test_the_planner_knows_how_large_the_tables_are(
    connections: Mapping[Registry, asyncpg.Connection],
) -> None:
    tables = {name for each in connections.values() for name in await large_tables(each)}
    assert tables >= {"worker", "employment", "staffing_unit", "license_activity", "credential", "training"}

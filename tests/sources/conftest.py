"""The four registries of the demo data, read as Svod reads them; and a look behind."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date

import asyncpg
import pytest

from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Limits
from sources.sources import Sources
from sources.sql.opened import SqlRegistries
from tests.sources.behind import Behind

PATIENT = Limits(timeout=30.0, concurrency=4)
"""Other tests may keep the machine busy; nothing here measures time."""


@pytest.fixture(scope="session")
def dictionaries() -> Dictionaries:
    """The code lists."""
    return Dictionaries.load()


@asynccontextmanager
async def _opened(
    urls: Mapping[Registry, str], dictionaries: Dictionaries, today: date
) -> AsyncIterator[SqlRegistries]:
    opened = SqlRegistries(urls, PATIENT, dictionaries, lambda: today)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
async def opened(
    registries: Mapping[Registry, str], dictionaries: Dictionaries, today: date
) -> AsyncIterator[SqlRegistries]:
    """The registries with 2,000 workers."""
    async with _opened(registries, dictionaries, today) as opened:
        yield opened


@pytest.fixture(scope="session")
def sources(opened: SqlRegistries) -> Sources:
    """What Svod asks."""
    return opened.sources


@pytest.fixture(scope="session")
async def behind(registries: Mapping[Registry, str]) -> AsyncIterator[Behind]:
    """What is really in the tables."""
    connections = {registry: await asyncpg.connect(url) for registry, url in registries.items()}
    yield Behind(connections)
    for connection in connections.values():
        await connection.close()

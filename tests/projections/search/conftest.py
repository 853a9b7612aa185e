"""A small world by hand, and readers of it and of the demo registries' projection."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from gateway.servers import OwnServers
from projections.database import Projection
from projections.search.answers import Bounds
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from tests.projections.search.rows import Rows, connected, day

HOSPITAL, DENTIST, DANGLING = "1.2.643.1", "1.2.643.2", "1.2.643.9"


@pytest.fixture(scope="session")
async def small(own_servers: OwnServers) -> str:
    """The URL of the small world. Nobody changes it."""
    async with world(own_servers, "small"):
        return own_servers.store_owner_url("small")


@pytest.fixture(scope="session")
async def reader(small: str) -> AsyncIterator[ProjectionReader]:
    """Searches over the small world."""
    async with searching(small) as found:
        yield found


@pytest.fixture(scope="session")
async def demo(projected: str) -> AsyncIterator[ProjectionReader]:
    """Searches over the demo registries' projection."""
    async with searching(projected) as found:
        yield found


@pytest.fixture
async def connection(small: str) -> AsyncIterator[Any]:
    """A connection to the small world, as searches have it."""
    projection = Projection(small)
    async with projection.connection() as found:
        yield found
    await projection.close()


@pytest.fixture
async def rows(own_servers: OwnServers) -> AsyncIterator[Rows]:
    """The small world once more, fresh for a test that changes it."""
    async with world(own_servers, "changing") as made:
        yield made


@pytest.fixture
async def changing(own_servers: OwnServers, rows: Rows) -> AsyncIterator[ProjectionReader]:
    """Searches over the world that changes."""
    async with searching(own_servers.store_owner_url("changing")) as found:
        yield found


@asynccontextmanager
async def searching(url: str, bounds: Bounds = Bounds(seconds=60.0)) -> AsyncIterator[ProjectionReader]:  # noqa: B008
    projection = Projection(url)
    try:
        yield ProjectionReader(projection, Dictionaries.load(), bounds)
    finally:
        await projection.close()


@asynccontextmanager
async def world(servers: OwnServers, group: str) -> AsyncIterator[Rows]:
    """A database with the small world, made anew."""
    await servers.make_store(group)
    connection = await connected(servers.store_owner_url(group))
    try:
        made = Rows(connection)
        await made.empty()
        await small_world(made)
        await made.derive()
        yield made
    finally:
        await connection.close()


async def small_world(rows: Rows) -> None:
    """Seven workers, two organizations and one that nobody knows; nulls wherever there may be some."""
    await rows.organization(HOSPITAL, "Городская больница № 1", inn="7701000001", region_code="77")
    await rows.organization(
        DENTIST, "Стоматология «Улыбка»", region_code="78", ownership="PRIVATE", kind_code="2", closed_on=None
    )
    await rows.license("Л041-01137-77/00000001", oid=HOSPITAL, holder_name="ГБУЗ Городская больница")
    await rows.activity("Л041-01137-77/00000001", "L003")
    await rows.activity("Л041-01137-77/00000001", "L006", suspended=True)
    await rows.license(
        "Л041-01137-78/00000002",
        oid=DENTIST,
        status="EXPIRED",
        valid_until=day("2025-12-31"),
        region_code="78",
    )
    await rows.license("Л041-01137-77/00000003", worker="4", holder_name="Васильев Семён")

    await rows.worker("1", "Иванов Иван Иванович")
    await rows.employment("1", HOSPITAL, "34", rate=1)
    await rows.credential("1", "8")
    await rows.category("1", "HIGHEST")
    await rows.education("1")
    await rows.training("1", hours=144)

    await rows.worker("2", "Иванова Анна Петровна", sex="F", region_code="78")
    await rows.employment("2", DENTIST, "16", rate=0.5)
    await rows.employment("2", HOSPITAL, "34", ended_on=day("2024-12-31"), started_on=day("2020-01-01"))
    await rows.credential("2", "9", valid_until=day("2026-04-01"))
    await rows.restriction("2", kind="REPRIMAND")

    await rows.worker("3", "Щербаков Пётр", region_code="78", birth_date=day("1975-02-03"))
    await rows.employment("3", HOSPITAL, "34", rate=0.25)
    await rows.employment("3", DENTIST, "16", kind="EXTERNAL_PART", rate=0.75)
    await rows.credential("3", "8", status="REVOKED")
    await rows.restriction("3", kind="PRACTICE_BAN", lifted_on=day("2026-12-31"))

    await rows.worker("4", "Васильев Семён Ильич", registered_on=day("2022-02-02"))
    await rows.credential("4", "8", valid_until=day("2026-03-10"))
    await rows.credential("4", "9", valid_until=day("2030-01-01"))
    await rows.category("4", "FIRST")

    await rows.worker("5", "Седов-Соловьёв Алексей Андреевич", region_code="00", status="SUSPENDED")
    await rows.employment("5", DANGLING, "no such code")

    await rows.worker("6", "Ильина Мария Юрьевна", sex="F")
    await rows.worker("7", "Анненкова Елена", sex="F", status="INACTIVE")
    await rows.employment("7", HOSPITAL, "34", started_on=day("2026-05-01"))

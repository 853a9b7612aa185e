"""Registries whose findings are proved: with rows at the edges, projected, and beside them the oracle."""

import datetime as dt
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import asyncpg

from gateway.servers import OwnServers
from projections.database import Projection
from projections.findings.projected import ProjectedFindings
from projections.findings.reader import FindingReader
from projections.sync.definition import SCHEMA
from sources.registry import Registry
from tests.conftest import build
from tests.findings.edges import EDGES
from tests.findings.numbers import wrong_numbers
from tests.search.database import Connection, oracle_database, refresh
from tests.search.searched import BOUNDS, oracle_group

ORACLE: Final = files(__package__ or "tests.findings").joinpath("oracle.sql").read_text("utf-8")
LISTS: Final = (
    "regions",
    "positions",
    "specialties",
    "organization_kinds",
    "license_activities",
    "education_kinds",
)
CARE: Final = [
    "PHC_PRE",
    "PHC_DOC",
    "PHC_SPEC",
    "SPEC",
    "EMERG",
    "PALL",
    "EXAM",
    "EXPERT",
    "BLOOD",
    "TRANSPLANT",
]

Line = tuple[Any, ...]
"""Rule, key, registry number of the worker, OID, region, since, evidence."""

FOUND: Final = """
select f.rule, f.record, w.registry_number, o.oid, f.region_code, f.since, array(
    select concat_ws(' ', e ->> 0, e ->> 1, e ->> 2, e ->> 3, coalesce(e ->> 4, '')) as said
    from jsonb_array_elements(f.evidence) e)
from {} f
left join worker w on w.id = f.worker_id
left join organization o on o.organization = f.organization"""


@dataclass
class World:
    """The registries of a group, and who says what is wrong in them."""

    servers: OwnServers
    group: str
    today: dt.date
    line: Connection

    @property
    def urls(self) -> Mapping[Registry, str]:
        """The registries, to be read."""
        return self.servers.registry_urls(self.group)

    @property
    def owner_urls(self) -> Mapping[Registry, str]:
        """The registries, to be changed."""
        return self.servers.owner_urls(self.group)

    @property
    def projection_url(self) -> str:
        """Where their projection stands."""
        return self.servers.store_owner_url(self.group)

    async def expected(self) -> set[Line]:
        """What the oracle finds."""
        rows = await self.line.fetch("select * from wrong")
        return {_line(row) for row in rows} | {_line(row) for row in await wrong_numbers(self.line)}

    async def kept(self, rows: str = "finding") -> set[Line]:
        """What the projection holds, or what a statement would find in it."""
        line = await asyncpg.connect(self.projection_url, server_settings={"search_path": SCHEMA})
        try:
            return {_line(row) for row in await line.fetch(FOUND.format(rows))}
        finally:
            await line.close()

    async def look_again(self, today: dt.date | None = None) -> None:
        """The registries' rows changed, or the day: the oracle reads them again."""
        if today is not None:
            self.today = today
            text = "create or replace function today() returns date language sql immutable return date"
            await self.line.execute(f"{text} '{today}'")
        await refresh(self.line, self.urls, words=False)


def _line(row: Sequence[Any]) -> Line:
    return (*tuple(row)[:-1], tuple(sorted(said.rstrip() for said in row[-1])))


@asynccontextmanager
async def found_wrong(
    servers: OwnServers, group: str, today: dt.date, *, edges: bool = True
) -> AsyncIterator[World]:
    """The registries of a group that are loaded, with the projection and the oracle's database."""
    if edges:
        await put(servers.owner_urls(group), today)
    await servers.make_store(group)
    await build(servers.store_owner_url(group), servers.registry_urls(group), today)
    urls, beside = servers.registry_urls(group), oracle_group(group)
    async with oracle_database(servers, urls, today, beside, words=False) as line:
        await _make_lists(line)
        await line.execute(ORACLE)
        yield World(servers, group, today, line)


async def put(urls: Mapping[Registry, str], today: dt.date) -> None:
    """Make rows that are wrong in every way."""
    for registry, statements in EDGES.items():
        line = await asyncpg.connect(urls[registry])
        try:
            await line.execute(statements.format(today.isoformat()))
        finally:
            await line.close()


async def _make_lists(line: Connection) -> None:
    """The code lists, as they ship."""
    await line.execute("create table listed (dictionary text, code text); create table practised (code text)")
    lists = {
        name: json.loads(files("sources").joinpath("reference", f"{name}.json").read_text("utf-8"))
        for name in LISTS
    }
    rows = [(name, each["code"]) for name, entries in lists.items() for each in entries]
    rows += [("care_kinds", code) for code in CARE]
    await line.copy_records_to_table("listed", records=rows)
    practised = [
        (each["code"],)
        for each in lists["positions"]
        if each.get("specialty") or each["staff"] in ("MANAGER", "PHYSICIAN")
    ]
    await line.copy_records_to_table("practised", records=practised)


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[FindingReader]:
    """What answers about findings from the projection at this address."""
    projection = Projection(url)
    yield ProjectedFindings(projection, BOUNDS)
    await projection.close()

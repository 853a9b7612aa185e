"""The four registries in one database, and what plain SQL over it says of claims."""

import datetime as dt
import io
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeAlias

import asyncpg

from demo.tables import TABLES, definition
from gateway.servers import OwnServers
from sources.registry import Registry

Line: TypeAlias = "asyncpg.Connection[Any]"

RULES, ANSWER = (
    files("tests.verification").joinpath(name).read_text("utf-8") for name in ("rules.sql", "answer.sql")
)
LISTS: Final = ("specialties", "license_activities")


class Row(NamedTuple):
    """One claim as the database is told of it: the key as its registry writes it."""

    place: int
    key: str
    value: str
    last_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    birth_date: dt.date | None = None


class Sight(NamedTuple):
    """Of whom a caller may know what is not public: `all`, `staff` of organizations, `self` or `none`."""

    reach: str
    organizations: tuple[str, ...] = ()
    snils: str | None = None


@asynccontextmanager
async def one_database(servers: OwnServers, urls: Mapping[Registry, str], group: str) -> AsyncIterator[Line]:
    """All registries' rows side by side."""
    await servers.make_store(group)
    line = await asyncpg.connect(servers.store_owner_url(group))
    try:
        await line.execute("drop schema if exists public cascade; create schema public")
        for registry, url in urls.items():
            await line.execute(definition(registry))
            await _copy(line, registry, url)
        await line.execute("create table entry (list text, code text, name text, alias text, parent text)")
        await line.copy_records_to_table("entry", records=_entries())
        await line.execute(RULES)
        await line.execute("analyze")
        yield line
    finally:
        await line.close()


async def _copy(line: Line, registry: Registry, url: str) -> None:
    there = await asyncpg.connect(url)
    try:
        for table in TABLES[registry]:
            rows = io.BytesIO()
            await there.copy_from_query(f"select * from {table}", output=rows)
            rows.seek(0)
            await line.copy_to_table(table, source=rows)
    finally:
        await there.close()


def _entries() -> list[tuple[str, ...]]:
    return [
        (name, each["code"], each["name"], each.get("alias"), each.get("parent"))
        for name in LISTS
        for each in json.loads(files("sources").joinpath("reference", f"{name}.json").read_text("utf-8"))
    ]


async def answers(
    line: Line, claims: Sequence[Row], day: dt.date, today: dt.date, sight: Sight
) -> dict[int, dict[str, Any]]:
    """What should be answered, by the claim's place."""
    async with line.transaction():
        await line.execute("truncate claimed")
        await line.copy_records_to_table("claimed", records=claims)
        rows = await line.fetch(ANSWER, day, today, sight.reach, list(sight.organizations), sight.snils)
    return {row["place"]: dict(row) for row in rows}

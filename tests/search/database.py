"""The oracle's database: the four registries side by side, the code lists, and what follows from them."""

import datetime as dt
import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any, Final, Protocol, TypeAlias

import asyncpg

from demo.tables import TABLES, definition
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.search.words import tokens

Connection: TypeAlias = "asyncpg.Connection[Any]"


class Line(Protocol):
    """Whatever answers a statement with rows."""

    async def fetch(self, statement: str, /, *values: Any) -> Any:
        """The rows."""
        ...


DERIVED: Final = (
    "license_owner", "ranked", "owned", "bearing", "covering", "allowed_work", "under", "of_organization",
    "worked_out",
)  # fmt: skip
"""What is computed once for all searches, each after what it reads."""

FACTS: Final = files(__package__ or "tests.search").joinpath("facts.sql").read_text("utf-8")
SMALL: Final = {"jit": "off", "max_parallel_workers_per_gather": "0"}
"""What large databases gain by, and small ones lose."""

LISTS: Final = ("regions", "positions", "specialties", "organization_kinds", "license_activities")


@asynccontextmanager
async def oracle_database(
    servers: OwnServers,
    urls: Mapping[Registry, str],
    day: dt.date,
    group: str = "oracle",
    *,
    words: bool = True,
) -> AsyncIterator[Connection]:
    """The four registries in one database of its own, as they are now, with the facts of a day.

    `words`: whether its texts will be searched.
    """
    await servers.make_store(group)
    line = await asyncpg.connect(servers.store_owner_url(group), server_settings=SMALL)
    try:
        await line.execute("drop schema if exists public cascade; create schema public")
        for registry in Registry:
            await line.execute(definition(registry))
        await _copy(line, urls)
        await _make_lists(line)
        await line.execute("analyze")
        await line.execute(_today(day) + FACTS)
        if words:
            await _make_tokens(line)
        await line.execute("analyze")
        yield line
    finally:
        await line.close()


async def refresh(line: Connection, urls: Mapping[Registry, str], *, words: bool = True) -> None:
    """The same after the registries' rows changed."""
    tables = [table for registry in Registry for table in TABLES[registry]]
    await line.execute(f"truncate {', '.join(tables)} cascade")
    await _copy(line, urls)
    for name in DERIVED:
        await line.execute(f"refresh materialized view {name}")
    await line.execute("truncate of_worker; insert into of_worker select * from worked_out")
    if words:
        await line.execute("drop table token")
        await _make_tokens(line)


def _today(day: dt.date) -> str:
    return f"create function today() returns date language sql immutable return date '{day.isoformat()}';"


async def _copy(line: Connection, urls: Mapping[Registry, str]) -> None:
    for registry, url in urls.items():
        there = await asyncpg.connect(url)
        try:
            for table in TABLES[registry]:
                rows = io.BytesIO()
                await there.copy_from_query(f"select * from {table}", output=rows)
                rows.seek(0)
                await line.copy_to_table(table, source=rows)
        finally:
            await there.close()


async def _make_lists(line: Connection) -> None:
    """The code lists, as they ship."""
    columns = ("code", "name", "alias", "parent", "specialty", "staff")
    await line.execute(f"create table entry (dictionary text, {' text, '.join(columns)} text)")
    rows = [
        (name, *map(each.get, columns))
        for name in LISTS
        for each in json.loads(files("sources").joinpath("reference", f"{name}.json").read_text("utf-8"))
    ]
    await line.copy_records_to_table("entry", records=rows)


TEXTS: Final = """
    select 'worker' as root, w.id::text as key, 'NUMBER' as kind, w.registry_number as text from worker w
    union all select 'worker', w.id::text, 'SURNAME', w.last_name from worker w
    union all select 'worker', w.id::text, 'FIRST', w.first_name from worker w
    union all select 'worker', w.id::text, 'FIRST', w.middle_name from worker w
    union all select 'worker', e.worker_id::text, 'OTHER', n.name
        from employment e join entry n on n.dictionary = 'positions' and n.code = e.position_code
        where lasts(e)
    union all select 'worker', w.id::text, 'OTHER', n.name
        from worker w join credential c on c.worker_snils = w.snils
        join entry n on n.dictionary = 'specialties' and n.code = c.specialty_code where lasts(c)
    union all select 'worker', e.worker_id::text, 'OTHER', o.full_name
        from employment e join organization o on o.oid = e.organization_oid where lasts(e)
    union all select 'worker', e.worker_id::text, 'OTHER', o.short_name
        from employment e join organization o on o.oid = e.organization_oid where lasts(e)
    union all select 'organization', o.oid, 'WHOLE', o.full_name from organization o
    union all select 'organization', o.oid, 'WHOLE', o.short_name from organization o
    union all select 'organization', o.oid, 'WHOLE', o.oid from organization o
    union all select 'organization', o.oid, 'WHOLE', o.inn from organization o where length(o.inn) = 10
    union all select 'license', l.id::text, 'WHOLE', l.number from license l
    union all select 'license', l.id::text, 'WHOLE', l.old_number from license l
    union all select 'license', l.id::text, 'WHOLE', l.holder_name from license l
    union all select 'credential', c.id::text, 'WHOLE', c.number from credential c
    union all select 'credential', c.id::text, 'WHOLE', n.name
        from credential c join entry n on n.dictionary = 'specialties' and n.code = c.specialty_code
    union all select 'credential', c.id::text, 'WHOLE-SURNAME', w.last_name
        from credential c join worker w on w.snils = c.worker_snils
    union all select 'credential', c.id::text, 'WHOLE-FIRST', w.first_name
        from credential c join worker w on w.snils = c.worker_snils
    union all select 'credential', c.id::text, 'WHOLE-FIRST', w.middle_name
        from credential c join worker w on w.snils = c.worker_snils
"""
"""Every text by which something is found: of which root, under which key, what kind of text."""


async def _make_tokens(line: Connection) -> None:
    """Each word of each text."""
    rows = {
        (row["root"], row["key"], row["kind"], token)
        for row in await line.fetch(TEXTS)
        for token in tokens(row["text"])
    }
    await line.execute("create table token (root text, key text, kind text, token text)")
    await line.copy_records_to_table("token", records=sorted(rows))
    await line.execute("create index on token (root, kind, token); create index on token (root, key)")

"""`python -m benchmarks.search.changes`: changes of all registries on their way into a gateway's searches.

It changes rows of the data folder's registries for good, as their owners would: under revisions of their own.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import asyncpg
import typer

from benchmarks.days import today
from benchmarks.search.asking import document
from benchmarks.search.client import Line, Timed, opened, request
from benchmarks.search.measuring import Plan, percentiles, served
from benchmarks.search.report import remember
from benchmarks.search.standing import caught_up, end
from benchmarks.servers import Database, Running
from gateway.servers import OwnServers
from sources.registry import Registry

HERE = Path(__file__).parent

CHANGES: Mapping[Registry, tuple[str, ...]] = {
    Registry.WORKERS: (
        "update worker set status = case status when 'ACTIVE' then 'SUSPENDED' else 'ACTIVE' end",
        "update employment set position_code = case position_code when '34' then '109' else '34' end",
    ),
    Registry.ORGANIZATIONS: ("update organization set phone = coalesce(phone, '') || '1'",),
    Registry.LICENSES: ("update license_activity set suspended = not suspended",),
    Registry.QUALIFICATIONS: (
        "update credential set valid_until = valid_until + 30",
        "update category set valid_until = valid_until + 30",
        "update training set completed_on = coalesce(completed_on, planned_on, current_date)",
    ),
}
"""What changes: rows of people everywhere, with what follows; fewer of organizations and licences."""
_OF_PEOPLE = (Registry.WORKERS, Registry.QUALIFICATIONS)


@dataclass(frozen=True, slots=True)
class Effort:
    """How many rows of each of the great tables change at once, and how often one is changed alone."""

    rows: int
    alone: int


def main(
    data_dir: Annotated[
        Path, typer.Option(help="Folder with loaded registries and a built projection.")
    ] = HERE.parent / ".svod",
    rows: Annotated[int, typer.Option(help="Rows of each table that change at once.")] = 10_000,
    alone: Annotated[int, typer.Option(help="Changes that are waited for one by one.")] = 20,
) -> None:
    """Change rows and measure until searches know of it."""
    plan = Plan(data_dir.resolve(), today())
    found = asyncio.run(_measured(plan, Effort(rows, alone)))
    remember(plan.data_dir, "changes", found)
    for name, value in found.items():
        print(f"{name}: {value}")


async def _measured(plan: Plan, effort: Effort) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with served(plan, Path(folder)) as (running, servers):
            _say("changing one by one")
            alone = await _alone(running, servers, effort.alone)
            _say("changing many at once")
            many = await _many(plan, running, servers, effort.rows)
    return alone | many


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


async def _many(plan: Plan, running: Running, servers: OwnServers, rows: int) -> dict[str, float]:
    """Rows changed all at once, timed until the last is in the projection."""
    database = Database(plan.data_dir)
    count = 0
    for registry, statements in CHANGES.items():
        some = rows if registry in _OF_PEOPLE else rows // 20
        count += await _changed(servers.owner_urls()[registry], statements, some)
    _say(f"{count:,} rows changed: waiting until searches know")
    before, begun = (running.cpu, database.cpu), time.monotonic()
    await caught_up(servers)
    seconds = time.monotonic() - begun
    return {
        "rows changed at once": count,
        "seconds until all are searchable": seconds,
        "changes a second": count / seconds,
        "CPU of the gateway, seconds": running.cpu - before[0],
        "CPU of PostgreSQL, seconds": database.cpu - before[1],
    }


async def _changed(url: str, statements: tuple[str, ...], count: int) -> int:
    """Change so many rows by each statement, drawn at random, each under a revision of its own."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            table = statement.split()[1]
            key = "oid" if table == "organization" else "id"
            last = await end(connection)
            await connection.execute(
                f"{statement}, revision = drawn.revision, updated_at = now() from (select {key} as chosen,"
                f" {last} + row_number() over () as revision from (select {key} from {table}"
                f" order by random() limit {count}) as found) as drawn where {key} = drawn.chosen"
            )
    finally:
        await connection.close()
    return count * len(statements)


async def _alone(running: Running, servers: OwnServers, times: int) -> dict[str, float]:
    """One worker's status changed at a time, and asked for until the search finds him by the new one."""
    connection = await asyncpg.connect(servers.owner_urls()[Registry.WORKERS])
    line = await opened(running.port)
    found = []
    for _ in range(times):
        row = await connection.fetchrow(_ANYONE)
        status = "ACTIVE" if row["status"] == "SUSPENDED" else "SUSPENDED"
        last = await end(connection)
        await connection.execute(_ALONE, row["id"], status, last + 1)
        begun = time.perf_counter()
        while not await _is_found(line, row["registry_number"], status):  # noqa: ASYNC110 another process says when
            await asyncio.sleep(0.02)
        found.append(Timed("alone", (time.perf_counter() - begun) * 1e3, None))
        await asyncio.sleep(0.3)
    line.close()
    await connection.close()
    told = percentiles("alone", found)
    return {"one change searchable, p50, ms": told.p50, "one change searchable, p95, ms": told.p95}


async def _is_found(line: Line, number: str, status: str) -> bool:
    where = {"registryNumbers": [number], "statuses": [status]}
    body = {"query": document("workers_count"), "variables": {"where": where}}
    answer = await line.answer(request("alone", body))
    return bool(answer["data"]["workers"]["totalCount"])


_ANYONE = "select id, registry_number, status from worker where id >= gen_random_uuid() order by id limit 1"
_ALONE = "update worker set status = $2, revision = $3, updated_at = now() where id = $1"

if __name__ == "__main__":
    application = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    application.command()(main)
    application()

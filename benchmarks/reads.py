"""What one read of a registry costs in the client's process: by hand, and as the gateway does it.

    python -m benchmarks.reads [--workers 100000] [--rounds 41] [--data-dir …]

Microseconds of processor time. The ways take turns and each number is the median of the rounds; first all of
them have to find the same.
"""

import asyncio
import statistics
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time_ns
from typing import Annotated, Any

import asyncpg
import typer
import uvloop

from benchmarks.data import own_servers
from benchmarks.days import today
from benchmarks.statements import CONNECTIONS, OPTIONS
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Limits
from sources.sources import Sources
from sources.sql.opened import SqlRegistries

HERE = Path(__file__).parent
ASKED = {1: 100, 100: 10}
"""Reads in one round, by the number of their keys."""

WORKER = ("last_name", "first_name", "middle_name", "region_code", "status", "registered_on")
POST = ("organization_oid", "position_code", "kind", "started_on", "ended_on")
WORKERS = f"select registry_number, {', '.join(WORKER)} from worker where registry_number = any($1::text[])"
POSTS = (
    f"select worker_id, {', '.join(POST)} from employment where worker_id = any($1::uuid[])"
    " order by started_on, id"
)

Way = Callable[[Sequence[Any]], Awaitable[Mapping[Any, Any]]]
Fetch = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]


def _row(*fields: str) -> Any:
    return namedtuple("Row", fields)


WorkerRow = _row("registry_number", *WORKER)
PostRow = _row("worker_id", *POST)


@dataclass(frozen=True, slots=True)
class Case:
    """One read in every way, and the keys that it is asked for."""

    title: str
    ways: Mapping[str, Way]
    keys: Sequence[Any]


def workers_by(fetch: Fetch) -> Way:
    """The worker of each number, by hand."""

    async def way(keys: Sequence[Any]) -> Mapping[Any, Any]:
        return {row[0]: row for row in map(WorkerRow._make, await fetch(WORKERS, keys))}

    return way


def posts_by(fetch: Fetch) -> Way:
    """The employments of each worker, by hand."""

    async def way(keys: Sequence[Any]) -> Mapping[Any, Any]:
        found: dict[Any, list[Any]] = {}
        for row in map(PostRow._make, await fetch(POSTS, keys)):
            found.setdefault(row[0], []).append(row)
        return found

    return way


def cases(line: Any, pool: Any, sources: Sources, numbers: Sequence[Any], ids: Sequence[Any]) -> list[Case]:
    """The reads that are measured."""

    async def pooled(text: str, keys: Sequence[Any]) -> Sequence[Any]:
        async with pool.acquire() as taken:
            found: Sequence[Any] = await taken.fetch(text, keys)
            return found

    by_hand: dict[str, Fetch] = {"own connection": line.fetch, "the driver's pool": pooled}
    workers = {name: workers_by(fetch) for name, fetch in by_hand.items()}
    workers["source"] = lambda keys: sources.workers.workers_by_registry_number(keys, WORKER)
    posts = {name: posts_by(fetch) for name, fetch in by_hand.items()}
    posts["source"] = lambda keys: sources.workers.employments_by_worker(keys, POST)
    return [Case("one row by its key", workers, numbers), Case("several rows by one key", posts, ids)]


@asynccontextmanager
async def opened(urls: Mapping[Registry, str]) -> AsyncIterator[tuple[Any, Any, Sources]]:
    """A connection, the driver's pool without a reset, and the sources, all over the same registries."""

    async def unreset(_: Any) -> None: ...

    url = urls[Registry.WORKERS]
    line = await asyncpg.connect(url, **OPTIONS)
    registries = SqlRegistries(urls, Limits(2.0, CONNECTIONS), Dictionaries.load(), today)
    async with asyncpg.create_pool(url, min_size=1, max_size=CONNECTIONS, reset=unreset, **OPTIONS) as pool:
        yield line, pool, registries.sources
    await registries.close()
    await line.close()


async def measured(case: Case, count: int, rounds: int) -> Mapping[str, float]:
    """Microseconds of one read for so many keys, by way."""
    asked = [case.keys[at : at + count] for at in range(0, len(case.keys) - count + 1, count)]
    for keys in asked[:10]:
        first, *others = [await way(keys) for way in case.ways.values()]
        if not first or any(each != first for each in others):
            raise SystemExit(f"{case.title}: the ways find different rows")
    took: dict[str, list[float]] = {name: [] for name in case.ways}
    for each in range(rounds):
        for name, way in case.ways.items():
            begun = process_time_ns()
            for at in range(ASKED[count]):
                await way(asked[(each * ASKED[count] + at) % len(asked)])
            took[name].append((process_time_ns() - begun) / ASKED[count] / 1e3)
    return {name: statistics.median(times) for name, times in took.items()}


async def _run(workers: int, rounds: int, data_dir: Path) -> None:
    async with (
        own_servers(data_dir, workers, today()) as servers,
        opened(servers.registry_urls()) as (line, pool, sources),
    ):
        found = await line.fetch("select registry_number, id from worker order by id limit 5000")
        for case in cases(line, pool, sources, *zip(*found, strict=True)):
            for count in ASKED:
                print(f"{case.title}, {count} asked at once")
                took = await measured(case, count, rounds)
                for name, each in took.items():
                    print(f"  {name:20}{each:8.1f} µs {each / took['own connection']:6.2f}")


def main(
    workers: Annotated[int, typer.Option(help="Workers in the registries.")] = 100_000,
    rounds: Annotated[int, typer.Option(help="Measurements whose median counts.")] = 41,
    data_dir: Annotated[Path, typer.Option(help="Folder of the own servers.")] = HERE / ".svod",
) -> None:
    """Measure reads by hand and by the sources."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(workers, rounds, data_dir.resolve()))


if __name__ == "__main__":
    application = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    application.command()(main)
    application()

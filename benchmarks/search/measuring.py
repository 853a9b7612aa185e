"""Runs of the published set: warm, and after PostgreSQL and gateway were started anew."""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.compared import gateway
from benchmarks.data import environment
from benchmarks.search.asking import Asker
from benchmarks.search.client import Timed, timed
from benchmarks.search.published import PUBLISHED
from benchmarks.search.published.searching import Search
from benchmarks.search.report import WARM
from benchmarks.search.standing import caught_up
from benchmarks.search.values import Values, values
from benchmarks.servers import Database, Running
from gateway.servers import OwnServers


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Milliseconds of one search, or of all; `errors`: how many answers had one, by code."""

    name: str
    asked: int
    p50: float
    p95: float
    p99: float
    mean: float
    errors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Round:
    """The set at one concurrency: processor seconds of gateway and database, of each search and over all."""

    title: str
    concurrency: int
    seconds: float
    gateway_cpu: float
    database_cpu: float
    whole: Percentiles
    each: Sequence[Percentiles]

    def told(self) -> Mapping[str, Any]:
        """As plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: how often each search is asked, at which concurrency, beginning with which seed."""

    data_dir: Path
    day: date
    searches: Sequence[Search] = PUBLISHED
    times: int = 8
    concurrency: Sequence[int] = (1, 16)
    seed: int = 1


@asynccontextmanager
async def served(plan: Plan, folder: Path) -> AsyncIterator[tuple[Running, OwnServers]]:
    """The gateway over own servers, both started now, and the projection up to date."""
    async with OwnServers(plan.data_dir) as servers:
        await servers.make_store()
        running = Running(
            gateway(plan.data_dir), environment(servers, plan.data_dir, plan.day, folder), folder / "svod.log"
        )
        try:
            running.wait()
            await caught_up(servers)
            yield running, servers
        finally:
            running.stop()


async def warm_rounds(plan: Plan, folder: Path) -> list[Round]:
    """The set at each concurrency, after it was once asked with other values."""
    async with served(plan, folder) as (running, servers):
        asker = await _asker(plan, running, servers)
        await _measured(plan, asker, running, "to get warm", 4)
        return [await _measured(plan, asker, running, WARM, each) for each in plan.concurrency]


async def cold_round(plan: Plan, folder: Path, *, forget: bool) -> Round:
    """The set one after the other, right after a start; `forget`: the system has forgotten the files too."""
    async with served(plan, folder) as (running, servers):
        known = await values(servers.registry_urls(), plan.day)
    if forget:
        forget_files(plan.data_dir / "postgres")
    async with served(plan, folder) as (running, servers):
        asker = Asker(known, plan.data_dir, running.port)
        title = "after a restart, files forgotten" if forget else "after a restart"
        # To walk to a deep page is to be warm.
        first = replace(plan, searches=[each for each in plan.searches if each.page == 1], times=1)
        return await _measured(first, asker, running, title, 1)


def forget_files(folder: Path) -> None:
    """Ask the system to drop its copies of these files; nobody may have them open."""
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size:
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


async def _asker(plan: Plan, running: Running, servers: OwnServers) -> Asker:
    known: Values = await values(servers.registry_urls(), plan.day)
    return Asker(known, plan.data_dir, running.port)


async def _measured(plan: Plan, asker: Asker, running: Running, title: str, concurrency: int) -> Round:
    seed = hash((plan.seed, concurrency, len(title)))
    asked = await asker.requests(plan.searches, plan.times, seed)
    database = Database(plan.data_dir)
    before = running.cpu, database.cpu
    begun = os.times().elapsed
    found = await timed(running.port, asked, concurrency)
    seconds = os.times().elapsed - begun
    spent = running.cpu - before[0], database.cpu - before[1]
    each = [percentiles(s.name, [t for t in found if t.name == s.name]) for s in plan.searches]
    return Round(title, concurrency, seconds, *spent, percentiles("all", found), each)


def percentiles(name: str, found: Sequence[Timed]) -> Percentiles:
    """Of these times. An answer with an error counts with the time that it took."""
    times = sorted(each.took for each in found)
    codes = [each.error for each in found if each.error]

    def at(part: float) -> float:
        return round(times[min(len(times) - 1, int(len(times) * part))], 1)

    counted = {code: codes.count(code) for code in sorted(set(codes))}
    return Percentiles(name, len(times), at(0.5), at(0.95), at(0.99), round(fmean(times), 1), counted)

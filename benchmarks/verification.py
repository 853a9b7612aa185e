"""What it takes to verify 1,000 workers at once, of 100,000: over HTTP, one question after the other.

    python -m benchmarks.verification [--workers 100000] [--claims 1000] [--rounds 15] [--data-dir …]
                                      [--day 2026-11-22]

Milliseconds: the median of the rounds and the least of them, which tells more where others use the machine.
Each round claims other people, so no answer helps the next one.
"""

import asyncio
import os
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Annotated, Any

import asyncpg
import typer

from auth.principal import Purpose, Role
from benchmarks.compared import gateway
from benchmarks.data import OWN, environment, own_servers
from benchmarks.days import today
from benchmarks.search.client import Line, opened, request
from benchmarks.servers import Database, Running
from gateway.commands.token import signed_token
from sources.registry import Registry

ASK = "query ($claims: [WorkerClaim!]!, $on: Date) { verifyWorkers(input: $claims, on: $on) { %s } }"
BILLING = ASK % "index found identityMatches eligible specialties { code }"
HIRING = ASK % (
    "index key number found problem { code message } identityMatches differences eligible reasons"
    " specialties { code name } worker { registryNumber fullName region { name } }"
)

PAUSE = 0.5
"""Seconds between two questions: a crowded machine needs them to tell whether a token is revoked."""

Claims = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One way to verify: the question, who asks it, by which numbers."""

    title: str
    query: str
    role: Role
    kinds: Sequence[str]
    dated: bool = False


CASES = (
    Case("insurer, registry numbers and names", BILLING, Role.INSURER, ("registryNumber",)),
    Case("insurer, numbers of credentials", BILLING, Role.INSURER, ("credentialNumber",)),
    Case(
        "regulator, every key in turn, birth dates, all fields",
        HIRING,
        Role.REGULATOR,
        ("registryNumber", "credentialNumber", "snils"),
        dated=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one question: until the answer was read, and of processors."""

    wall: float
    gateway: float
    database: float


async def people(urls: Mapping[Registry, str]) -> list[Mapping[str, Any]]:
    """Everybody with his numbers."""
    workers = await _rows(urls[Registry.WORKERS], "select * from worker order by id")
    credentials = await _rows(urls[Registry.QUALIFICATIONS], "select worker_snils, number from credential")
    numbers = {row["worker_snils"]: row["number"] for row in credentials}
    return [
        {
            "registryNumber": row["registry_number"],
            "snils": row["snils"],
            "credentialNumber": numbers[row["snils"]],
            "lastName": row["last_name"],
            "firstName": row["first_name"],
            "birthDate": row["birth_date"].isoformat(),
        }
        for row in workers
        if row["snils"] in numbers
    ]


async def _rows(url: str, statement: str) -> Sequence[Any]:
    line = await asyncpg.connect(url)
    try:
        found: Sequence[Any] = await line.fetch(statement)
    finally:
        await line.close()
    return found


def drawn(case: Case, known: Sequence[Mapping[str, Any]], count: int, random: Random) -> Claims:
    """So many claims, of other people each time."""
    said = ("lastName", "firstName", "birthDate") if case.dated else ("lastName", "firstName")
    return [
        {name: each[name] for name in (case.kinds[index % len(case.kinds)], *said)}
        for index, each in enumerate(random.sample(known, count))
    ]


async def took(case: Case, line: Line, claims: Claims, head: Sequence[str], told: "Told") -> Took:
    """How long one question takes; its answer is looked at."""
    await asyncio.sleep(PAUSE)
    asked = request(case.title, {"query": case.query, "variables": {"claims": claims}}, head)
    before, begun = told.cpu, perf_counter()
    answer = await line.answer(asked)
    wall = perf_counter() - begun
    found = (answer.get("data") or {}).get("verifyWorkers") or [{"identityMatches": False}]
    if answer.get("errors") or not all(each["identityMatches"] for each in found):
        raise SystemExit(f"{case.title}: {str(answer.get('errors') or found)[:400]}")
    gateway_cpu, database_cpu = told.cpu
    return Took(wall * 1e3, (gateway_cpu - before[0]) * 1e3, (database_cpu - before[1]) * 1e3)


@dataclass(frozen=True, slots=True)
class Told:
    """The processor seconds of gateway and database."""

    running: Running
    database: Database

    @property
    def cpu(self) -> tuple[float, float]:
        """So far."""
        return self.running.cpu, self.database.cpu


async def _measured(
    running: Running, known: Sequence[Mapping[str, Any]], data_dir: Path, count: int, rounds: int
) -> None:
    random, told = Random(1), Told(running, Database(data_dir))
    print(f"{'':56}{'wall':>8}{'least':>9}{'gateway':>9}{'least':>9}{'database':>9}")
    for case in CASES:
        line = await opened(running.port)
        signed = signed_token(data_dir, {"sub": "benchmark", "roles": [case.role]}, 60)
        head = (f"authorization: Bearer {signed}", f"{Purpose.header()}: {Purpose.INSPECTION}")
        times = [
            await took(case, line, drawn(case, known, count, random), head, told) for _ in range(rounds + 3)
        ][3:]
        line.close()
        wall = [each.wall for each in times]
        cpu = [each.gateway for each in times]
        asked = statistics.fmean(each.database for each in times)
        figures = (statistics.median(wall), min(wall), statistics.median(cpu), min(cpu), asked)
        print(f"{case.title:56}" + "".join(f"{each:8.0f} " for each in figures))


async def _run(workers: int, claims: int, rounds: int, data_dir: Path, day: date) -> None:
    async with own_servers(data_dir, workers, day) as servers:
        known = await people(servers.registry_urls())
        with tempfile.TemporaryDirectory() as folder:
            named = environment(servers, data_dir, day, Path(folder))
            named |= {"SVOD_LOOKUPS_PER_HOUR": "1000000", "SVOD_SYNC": "false"}
            running = Running(gateway(data_dir), named, Path(folder) / "svod.log")
            try:
                running.wait()
                await _measured(running, known, data_dir, claims, rounds)
            finally:
                running.stop()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def main(
    workers: Annotated[int, typer.Option(help="Workers in the registries.")] = 100_000,
    claims: Annotated[int, typer.Option(help="Claims of one question.")] = 1_000,
    rounds: Annotated[int, typer.Option(help="Questions whose median counts.")] = 15,
    data_dir: Annotated[Path, typer.Option(help="Folder of the own servers.")] = OWN,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the data; without it today.")
    ] = None,
) -> None:
    """Measure verifications. A folder that holds other data is refused, but for the benchmarks' own."""
    asyncio.run(_run(workers, claims, rounds, data_dir.resolve(), day.date() if day else today()))


if __name__ == "__main__":
    application = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    application.command()(main)
    application()

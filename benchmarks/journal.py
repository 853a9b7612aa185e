"""`python -m benchmarks.journal`: what it costs to put every release on record, beside a gateway without.

python -m benchmarks.journal [--workers 20000] [--seconds 4] [--rounds 7] [--output benchmarks/journal.md]

PostgreSQL keeps everything (fsync, synchronous commits), as it does in service. Rounds take turns; what
counts is the ratio of two neighbours, and of those the median.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import orjson
import typer

from auth.principal import Role
from benchmarks.data import environment
from benchmarks.days import today
from benchmarks.measurement import COMPARED
from benchmarks.report import commit, machine
from benchmarks.servers import Client, Database, Running, Subject
from benchmarks.workloads import Workload, workloads
from demo.plan import Plan
from gateway.commands.token import signed_token
from gateway.demo_data import demo_data, load_demo_data
from gateway.servers import OwnServers

HERE = Path(__file__).parent
CONNECTIONS = 64
PATIENT = {"SVOD_REGISTRY_TIMEOUT": "30", "SVOD_JOURNAL_TIMEOUT": "30"}
"""A busy machine is slow; what is measured is not what happens then."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One question: medians of what it costs with the journal as a share of what it costs without."""

    title: str
    throughput: float
    gateway: float
    database: float
    whole: float
    """Processor time of both together."""
    milliseconds: float
    """Processor time of both together a request, without the journal."""


def main(
    workers: Annotated[int, typer.Option()] = 20_000,
    seconds: Annotated[float, typer.Option()] = 4.0,
    rounds: Annotated[int, typer.Option()] = 7,
    data_dir: Annotated[Path, typer.Option(help="Where servers and data stay.")] = Path(".svod-journal"),
    output: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Measure, print, and write the report where that is asked for."""
    costs = asyncio.run(_run(workers, seconds, rounds, data_dir.resolve()))
    text = _report(costs, f"--workers {workers} --seconds {seconds:g} --rounds {rounds}")
    sys.stdout.write(text)
    if output is not None:
        output.write_text(text, encoding="utf-8")


async def _run(workers: int, seconds: float, rounds: int, data_dir: Path) -> list[Cost]:
    async with OwnServers(data_dir, durable=True) as servers:
        there, day = demo_data(servers), today()
        if there is None or there.workers != workers:
            await load_demo_data(servers, Plan(workers, day))
        await servers.make_store()
        known = {each.name: each for each in await workloads(servers.registry_urls(), day)}
        asked = [_personal(known["one_row"], name) for name in ("personal_row", "personal_card")]
        asked.append(known["profile_card"])
        with tempfile.TemporaryDirectory() as folder:
            named = environment(servers, data_dir, day, Path(folder)) | PATIENT
            return await asyncio.to_thread(_measured, asked, named, data_dir, Path(folder), seconds, rounds)


def _personal(like: Workload, name: str) -> Workload:
    query = (HERE / "queries" / f"{name}.graphql").read_text()
    return replace(like, name=name, title=name.replace("_", " "), query=query)


def _measured(
    asked: Sequence[Workload],
    named: dict[str, str],
    data_dir: Path,
    folder: Path,
    seconds: float,
    rounds: int,
) -> list[Cost]:
    with _running(named, data_dir, folder) as (without, recorded):
        client, database = Client(), Database(data_dir)
        try:
            return [
                _cost(client, database, workload, (without, recorded), folder, seconds, rounds)
                for workload in asked
            ]
        finally:
            client.stop()


@contextmanager
def _running(named: dict[str, str], data_dir: Path, folder: Path) -> Iterator[list[Running]]:
    python = sys.executable
    commands = {
        "without": (python, "-m", "benchmarks.subjects.unrecorded"),
        "recorded": (str(Path(python).with_name("svod")), "serve"),
    }

    def sign(_: Sequence[str]) -> str:
        claims = {"sub": "benchmark", "roles": [Role.REGULATOR]}
        return signed_token(data_dir, claims, 60) + "\r\nx-access-purpose: inspection"

    token = sign(())
    running = [
        Running(Subject(name, name, command, sign=lambda _: token), named, folder / f"{name}.log")
        for name, command in commands.items()
    ]
    try:
        for each in running:
            each.wait()
        yield running
    finally:
        for each in running:
            each.stop()


def _cost(
    client: Client,
    database: Database,
    workload: Workload,
    pair: Sequence[Running],
    folder: Path,
    seconds: float,
    rounds: int,
) -> Cost:
    """Rounds in turn, first the one first and then the other."""
    files = {each.subject.name: _file(workload, each, folder) for each in pair}
    for each in pair:
        client.measured(each, files[each.subject.name], 16, 2.0)
    found: list[dict[str, tuple[float, ...]]] = []
    for number in range(rounds):
        told = {}
        for each in pair if number % 2 else reversed(pair):
            cpu, asked = each.cpu, database.cpu
            answer = client.measured(each, files[each.subject.name], CONNECTIONS, seconds)
            count = answer["requests"]
            spent, served = each.cpu - cpu, database.cpu - asked
            figures = (count / answer["seconds"], spent, served, spent + served)
            told[each.subject.name] = (figures[0], *(figure / count for figure in figures[1:]))
        found.append(told)

    def ratio(index: int) -> float:
        return statistics.median(each["recorded"][index] / each["without"][index] for each in found)

    milliseconds = statistics.median(each["without"][3] for each in found) * 1e3
    return Cost(workload.title, ratio(0), ratio(1), ratio(2), ratio(3), milliseconds)


def _file(workload: Workload, server: Running, folder: Path) -> Path:
    for variables in workload.variables[:COMPARED]:
        assert "errors" not in server.answered(workload, variables)
    path = folder / f"{workload.name}-{server.subject.name}.json"
    requests = [server.subject.request(workload, variables) for variables in workload.variables]
    path.write_bytes(orjson.dumps(requests))
    return path


def _report(costs: Sequence[Cost], options: str) -> str:
    lines = [
        "# What the journal costs",
        "",
        f"`python -m benchmarks.journal {options}`, {CONNECTIONS} connections, commit {commit()}.",
        f"{machine()}",
        "",
        "| question | throughput | CPU: gateway | PostgreSQL | both | without: ms a request |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {each.title} | {each.throughput - 1:+.1%} | {each.gateway - 1:+.1%} | {each.database - 1:+.1%} "
        f"| {each.whole - 1:+.1%} | {each.milliseconds:.2f} |"
        for each in costs
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(main)

"""`python -m benchmarks.endurance`: memory over very many requests, and what a second process changes.

python -m benchmarks.endurance [--requests 200000] [--documents 5000] [--output benchmarks/endurance.md]
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import orjson
import typer

from benchmarks.compared import gateway
from benchmarks.data import environment, own_servers
from benchmarks.days import today
from benchmarks.documents import documents
from benchmarks.report import commit, machine
from benchmarks.servers import Client, Running, Subject
from benchmarks.workloads import Workload, workloads

HERE = Path(__file__).parent
CONNECTIONS = 16
CHUNK = 10.0
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Point:
    """The server after so many requests: bytes that it holds, and milliseconds of CPU each of them took."""

    requests: int
    held: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Processes:
    """CPU of one request in milliseconds, and requests a second, with so many serving processes."""

    count: int
    cpu: float
    rate: float


@dataclass(frozen=True, slots=True)
class Lasting:
    """What is measured on: the environment, the folder for its files, the client."""

    environment: dict[str, str]
    folder: Path
    client: Client


def main(
    workers: Annotated[int, typer.Option(help="Workers in the registries.")] = 100_000,
    requests: Annotated[int, typer.Option(help="Requests sent.")] = 200_000,
    distinct: Annotated[int, typer.Option("--documents", help="Distinct documents.")] = 5_000,
    data_dir: Annotated[Path, typer.Option(help="Folder of the own servers.")] = HERE / ".svod",
    output: Annotated[Path | None, typer.Option(help="Where the report goes too.")] = None,
) -> None:
    """Measure whether memory stays flat, and what a second process changes."""
    text = asyncio.run(_measured(workers, requests, distinct, data_dir.resolve()))
    print(text)
    if output:
        output.write_text(text, encoding="utf-8")


async def _measured(workers: int, requests: int, distinct: int, data_dir: Path) -> str:
    day = today()
    async with own_servers(data_dir, workers, day) as servers:
        known = {each.name: each for each in await workloads(servers.registry_urls(), day)}
        with tempfile.TemporaryDirectory() as folder:
            lasting = Lasting(environment(servers, data_dir, day, Path(folder)), Path(folder), Client())
            try:
                subject = gateway(data_dir)
                points = await asyncio.to_thread(
                    _points, lasting, subject, _mixed(known["one_row"], distinct), requests
                )
                processes = await asyncio.to_thread(_processes, lasting, subject, known["profile_card"])
            finally:
                lasting.client.stop()
    return _report(workers, distinct, points, processes)


def _mixed(row: Workload, distinct: int) -> list[Workload]:
    """A workload for each document, with one worker each."""
    numbers = row.variables
    return [
        Workload("mixed", "mixed", text, [numbers[at % len(numbers)]])
        for at, text in enumerate(documents(distinct))
    ]


def _points(lasting: Lasting, subject: Subject, asked: Sequence[Workload], requests: int) -> list[Point]:
    path = lasting.folder / "mixed.json"
    path.write_bytes(orjson.dumps([subject.request(each, each.variables[0]) for each in asked]))
    running = Running(subject, lasting.environment, lasting.folder / "svod.log")
    try:
        running.wait()
        return list(_until(lasting.client, running, path, requests))
    finally:
        running.stop()


def _until(client: Client, running: Running, path: Path, requests: int) -> Iterator[Point]:
    sent = 0
    yield Point(0, running.memory, 0.0)
    while sent < requests:
        cpu = running.cpu
        count = client.measured(running, path, CONNECTIONS, CHUNK)["requests"]
        sent += count
        yield Point(sent, running.memory, (running.cpu - cpu) / count * 1e3)
        print(f"{sent:,} requests, {running.memory / 1e6:.1f} MB", file=sys.stderr, flush=True)


def _processes(lasting: Lasting, subject: Subject, workload: Workload) -> list[Processes]:
    path = lasting.folder / "processes.json"
    path.write_bytes(orjson.dumps([subject.request(workload, each) for each in workload.variables]))
    counts = (1, 2)
    running: list[Running] = []
    try:
        for count in counts:
            several = replace(subject, name=f"svod-{count}", environment={"SVOD_PROCESSES": str(count)})
            running.append(Running(several, lasting.environment, lasting.folder / f"{several.name}.log"))
        for each in running:
            each.wait()
            lasting.client.measured(each, path, CONNECTIONS, 2.0)
        rounds = [[_once(lasting.client, each, path) for each in running] for _ in range(ROUNDS)]
    finally:
        for each in running:
            each.stop()
    columns = [sorted(column) for column in zip(*rounds, strict=True)]
    return [Processes(count, *column[ROUNDS // 2]) for count, column in zip(counts, columns, strict=True)]


def _once(client: Client, running: Running, path: Path) -> tuple[float, float]:
    cpu = running.cpu
    told = client.measured(running, path, CONNECTIONS, 2.0)
    return (running.cpu - cpu) / told["requests"] * 1e3, told["requests"] / told["seconds"]


def _report(workers: int, distinct: int, points: Sequence[Point], processes: Sequence[Processes]) -> str:
    last = points[-1]
    made = f"--workers {workers} --requests {last.requests} --documents {distinct}"
    sent = f"{last.requests:,} requests over {CONNECTIONS} connections"
    lines = [
        "# Endurance",
        "",
        f"Made by `python -m benchmarks.endurance {made}` on {today()}, commit `{commit()}`; do not edit.",
        f"Machine: {machine()}.",
        "",
        "## Memory",
        "",
        f"{sent}, {distinct:,} distinct documents in turn, rights on, a token checked.",
        "",
        "| requests | held, MB | CPU a request, ms |",
        "| ---: | ---: | ---: |",
        *(f"| {each.requests:,} | {each.held / 1e6:.1f} | {each.cpu:.3f} |" for each in _thinned(points)),
        "",
        "## Processes",
        "",
        "Profile card, interleaved rounds, medians. Two cores carry the database and the client too.",
        "",
        "| processes | CPU a request, ms | requests/s |",
        "| ---: | ---: | ---: |",
        *(f"| {each.count} | {each.cpu:.3f} | {each.rate:,.0f} |" for each in processes),
        "",
        f"CPU a request with two processes over one: {processes[1].cpu / processes[0].cpu:.2f}.",
        "",
    ]
    return "\n".join(lines)


def _thinned(points: Sequence[Point]) -> Sequence[Point]:
    """About twenty of the points, the first and the last among them."""
    step = max(1, len(points) // 20)
    return [*points[:-1:step], points[-1]]


if __name__ == "__main__":
    application = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    application.command()(main)
    application()

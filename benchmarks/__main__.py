"""`python -m benchmarks`: starts everything on own servers, measures, writes report.md."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import orjson
import typer

from benchmarks.compared import subjects
from benchmarks.data import environment, own_servers
from benchmarks.days import today
from benchmarks.measurement import Bench, Effort, Measured, compare
from benchmarks.report import Run, report
from benchmarks.servers import ROOT, Client, Database, Running, Subject
from benchmarks.workloads import Workload, workloads

HERE = Path(__file__).parent
QUICK = Effort(seconds=0.3, rounds=1, warm=0.5, concurrency=(16,))


@dataclass(frozen=True, slots=True)
class Task:
    """What to measure, on what."""

    workers: int
    subjects: list[Subject]
    workloads: list[Workload]
    environment: dict[str, str]
    data_dir: Path
    folder: Path
    """For what is needed only while it runs."""


def main(
    workers: Annotated[int, typer.Option(help="Workers in the registries.")] = 100_000,
    seconds: Annotated[float, typer.Option(help="Seconds of one measurement.")] = 1.0,
    rounds: Annotated[int, typer.Option(help="Measurements whose median counts.")] = 3,
    quick: Annotated[
        bool, typer.Option("--quick", help="Short measurements, one round, 16 connections.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option(help="Only this workload; may be repeated.")] = None,
    subject: Annotated[list[str] | None, typer.Option(help="Only this subject; may be repeated.")] = None,
    data_dir: Annotated[Path, typer.Option(help="Folder of the own servers.")] = HERE / ".svod",
    output: Annotated[Path | None, typer.Option(help="Where the report goes too.")] = None,
) -> None:
    """Measure the gateway beside the floor, stock Strawberry and Mercurius."""
    effort = QUICK if quick else Effort(seconds, rounds, warm=1.0)
    run = asyncio.run(_run(workers, effort, set(only or ()), set(subject or ()), data_dir.resolve()))
    text = report(run)
    print(text)
    if output:
        output.write_text(text, encoding="utf-8")


async def _run(workers: int, effort: Effort, only: set[str], wanted: set[str], data_dir: Path) -> Run:
    day = today()
    _say(f"starting servers; {workers:,} workers are loaded if they are not there")
    async with own_servers(data_dir, workers, day) as servers:
        known = await workloads(servers.registry_urls(), day)
        with tempfile.TemporaryDirectory() as folder:
            task = Task(
                workers,
                [each for each in subjects(data_dir) if not wanted or each.name in wanted],
                [each for each in known if not only or each.name in only],
                environment(servers, data_dir, day, Path(folder)),
                data_dir,
                Path(folder),
            )
            return await asyncio.to_thread(_measured, task, effort)


def _measured(task: Task, effort: Effort) -> Run:
    measured: list[Measured] = []
    with _running(task) as running, _client() as client:
        _say("comparing the answers")
        sizes = {each.name: compare(each, running) for each in task.workloads}
        bench = Bench(client, Database(task.data_dir), effort, task.folder)
        for workload in task.workloads:
            _say(f"measuring: {workload.title}")
            measured += bench.measured(workload, running)
        memory = {each.subject.name: each.peak_memory for each in running}
    titles = {each.name: each.title for each in task.subjects}
    command = (
        f"python -m benchmarks --workers {task.workers} --seconds {effort.seconds} --rounds {effort.rounds}"
    )
    inside = _parts(task), _in_process(task)
    return Run(command, task.workers, task.workloads, titles, sizes, measured, memory, *inside)


def _parts(task: Task) -> Mapping[str, float]:
    """What one row costs in the gateway, by part; nothing where either takes no part in this run."""
    svod = next((each for each in task.subjects if each.name == "svod"), None)
    row = next((each for each in task.workloads if each.name == "one_row"), None)
    if svod is None or svod.sign is None or row is None:
        return {}
    _say("measuring: the gateway's parts")
    bodies = [orjson.dumps({"query": row.query, "variables": each}).decode() for each in row.variables]
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.parts"],
        cwd=ROOT,
        env=os.environ | task.environment,
        input=orjson.dumps({"token": svod.sign(()), "bodies": bodies}),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, float] = orjson.loads(told.stdout.splitlines()[-1])
    return found


def _in_process(task: Task) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """The engine beside stock Strawberry and by hand; nothing where the gateway takes no part in this run."""
    if not any(each.name == "svod" for each in task.subjects):
        return {}
    _say("measuring: the engine in process")
    command = [sys.executable, "-m", "benchmarks.engine", "15", "--json"]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, dict[str, dict[str, float]]] = orjson.loads(told.stdout)
    return found


@contextmanager
def _running(task: Task) -> Iterator[list[Running]]:
    running: list[Running] = []
    try:
        for subject in task.subjects:
            log = task.folder / f"{subject.name}.log"
            running.append(Running(subject, task.environment, log))
        for each in running:
            each.wait()
        yield running
    finally:
        for each in running:
            each.stop()


@contextmanager
def _client() -> Iterator[Client]:
    client = Client()
    try:
        yield client
    finally:
        client.stop()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    application = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    application.command()(main)
    application()

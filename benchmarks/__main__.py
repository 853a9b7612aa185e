"""`python -m benchmarks`: starts everything on own servers, measures, writes report.md."""

import asyncio
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import orjson
import typer

from auth.principal import Role
from benchmarks.days import today
from benchmarks.measurement import Bench, Effort, Measured, compare
from benchmarks.report import Run, report
from benchmarks.servers import Client, Database, Running, Subject
from benchmarks.workloads import Workload, workloads
from demo import stories
from demo.plan import Plan
from gateway.commands.token import signed_token
from gateway.demo_data import demo_data, load_demo_data
from gateway.servers import OwnServers
from sources.dictionary import Dictionaries, Dictionary

HERE = Path(__file__).parent
NODE = HERE / "node"
QUICK = Effort(seconds=0.4, rounds=1, warm=0.3)


def main(
    workers: Annotated[int, typer.Option(help="Workers in the registries.")] = 100_000,
    seconds: Annotated[float, typer.Option(help="Seconds of one measurement.")] = 1.0,
    rounds: Annotated[int, typer.Option(help="Measurements whose median counts.")] = 3,
    quick: Annotated[bool, typer.Option(help="Short measurements, one round.")] = False,
    only: Annotated[list[str] | None, typer.Option(help="Only this workload; may be repeated.")] = None,
    subject: Annotated[list[str] | None, typer.Option(help="Only this subject; may be repeated.")] = None,
    data_dir: Annotated[Path, typer.Option(help="Folder of the own servers.")] = HERE / ".svod",
    output: Annotated[Path | None, typer.Option(help="Where the report goes. Default: only printed.")] = None,
) -> None:
    """Measure the gateway beside the floor, stock Strawberry and Mercurius."""
    effort = QUICK if quick else Effort(seconds, rounds, 1.0)
    run = asyncio.run(_run(workers, effort, set(only or ()), set(subject or ()), data_dir.resolve()))
    text = report(run)
    print(text)
    if output:
        output.write_text(text, encoding="utf-8")


async def _run(workers: int, effort: Effort, only: set[str], wanted: set[str], data_dir: Path) -> Run:
    day = today()
    async with _servers(data_dir, workers, day) as servers:
        asked = [
            each for each in await workloads(servers.registry_urls(), day) if not only or each.name in only
        ]
        with tempfile.TemporaryDirectory() as folder:
            environment = _environment(servers, data_dir, day, Path(folder))
            subjects = [each for each in _subjects(data_dir) if not wanted or each.name in wanted]
            return _measured(subjects, asked, environment, effort, (data_dir, Path(folder)), workers)


@asynccontextmanager
async def _servers(data_dir: Path, workers: int, day: date) -> AsyncIterator[OwnServers]:
    """Own servers with so many workers, as of today; data that is there already is used."""
    async with OwnServers(data_dir, durable=False) as servers:
        there = demo_data(servers)
        if there is None or (there.workers, there.today) != (workers, day):
            _say(f"loading {workers:,} workers")
            await load_demo_data(servers, Plan(workers, day))
        yield servers


def _environment(servers: OwnServers, data_dir: Path, day: date, folder: Path) -> dict[str, str]:
    lists = Dictionaries.load()
    names = {
        each.value: {entry.code: {"name": entry.name} for entry in lists.entries(each)} for each in Dictionary
    }
    dictionaries = folder / "dictionaries.json"
    dictionaries.write_bytes(orjson.dumps(names))
    urls = {f"SVOD_{registry.value}_URL": url for registry, url in servers.registry_urls().items()}
    return urls | {
        "SVOD_REDIS_URL": servers.redis_url,
        "SVOD_DATA_DIR": str(data_dir),
        "SVOD_LOG_LEVEL": "warning",
        "BENCHMARK_DICTIONARIES": str(dictionaries),
        "BENCHMARK_TODAY": day.isoformat(),
    }


def _subjects(data_dir: Path) -> list[Subject]:
    """The gateway, then those that it is compared with."""
    claims = {"sub": "benchmark", "roles": [Role.EMPLOYER], "organizations": [stories.CITY_HOSPITAL]}
    token = signed_token(data_dir, claims, 60)
    python = sys.executable
    svod = str(Path(python).with_name("svod"))
    found = [
        Subject(
            "svod",
            "`svod serve`: rights on, an employer's token checked at each request",
            (svod, "serve"),
            token=token,
        ),
        Subject(
            "floor",
            "bare uvicorn (uvloop, httptools), asyncpg and orjson by hand for each question; no GraphQL,"
            " no rights",
            (python, "-m", "benchmarks.subjects.floor"),
            graphql=False,
        ),
        Subject(
            "stock",
            "Strawberry's own view and executor with aiodataloader, parsed and validated documents cached,"
            " orjson; no rights",
            (python, "-m", "benchmarks.subjects.stock"),
        ),
    ]
    if node := shutil.which("node"):
        _install()
        title = "Mercurius with JIT and batched loaders on Fastify, pg with prepared statements; no rights"
        found.append(
            Subject(
                "mercurius", title, (node, str(NODE / "server.mjs")), environment={"NODE_ENV": "production"}
            )
        )
    else:
        _say("no Node.js here: Mercurius is left out")
    return found


def _install() -> None:
    stamp, lock = NODE / "node_modules" / ".package-lock.json", NODE / "package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    _say("installing Mercurius")
    npm = ["npm", "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
    subprocess.run(npm, cwd=NODE, check=True, stdout=subprocess.DEVNULL)


def _measured(
    subjects: list[Subject],
    asked: list[Workload],
    environment: dict[str, str],
    effort: Effort,
    folders: tuple[Path, Path],
    workers: int,
) -> Run:
    data_dir, folder = folders
    measured: list[Measured] = []
    with _running(subjects, environment, folder) as running, _client() as client:
        _say("comparing the answers")
        sizes = {each.name: compare(each, running) for each in asked}
        bench = Bench(client, Database(data_dir), effort, folder)
        for workload in asked:
            _say(f"measuring: {workload.title}")
            measured += bench.measured(workload, running)
        memory = {each.subject.name: each.peak_memory for each in running}
    titles = {each.name: each.title for each in subjects}
    command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
    return Run(command, workers, asked, titles, sizes, measured, memory)


@contextmanager
def _running(subjects: list[Subject], environment: dict[str, str], folder: Path) -> Iterator[list[Running]]:
    running: list[Running] = []
    try:
        for subject in subjects:
            running.append(Running(subject, environment, folder / f"{subject.name}.log"))  # noqa: PERF401
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

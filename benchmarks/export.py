"""`python -m benchmarks.export`: rows a second, processor time and memory of exports, in every format.

python -m benchmarks.export --data-dir DATA [--limit ROWS] [--output benchmarks/export.md]

The data folder is loaded already (`svod demo`); the projection is built when it is not up to date.
"""

import asyncio
import http.client
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlencode

import typer

from benchmarks.days import today
from benchmarks.report import commit, machine
from benchmarks.search.measuring import Plan, served
from benchmarks.servers import Database, Running

PIECE: Final = 1 << 16
MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Case:
    """One export: its file and what it is asked."""

    title: str
    file: str
    given: Mapping[str, str]


CASES: Final = (
    Case("12 usual columns, all four registries but licences", "workers.csv", {}),
    Case("the same", "workers.ndjson", {}),
    Case("the same", "workers.xlsx", {}),
    Case("the same", "workers.parquet", {}),
    Case("4 columns of one registry", "workers.csv", {"columns": "registryNumber,fullName,sex,region"}),
    Case(
        "with a right to practise, by organization",
        "workers.csv",
        {
            "where": '{"eligibility":{"allowed":true}}',
            "orderBy": '[{"by":"ORGANIZATION"}]',
        },
    ),
    Case("10 usual columns, with the worker", "credentials.csv", {}),
    Case("12 usual columns", "licenses.csv", {}),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one export took."""

    case: Case
    rows: int
    size: int
    first: float
    """Seconds up to the first byte of the file."""
    seconds: float
    gateway_cpu: float
    database_cpu: float
    held: int
    """Bytes that the process held at most."""


def main(
    data_dir: Annotated[Path, typer.Option(help="Folder of the loaded servers.")],
    limit: Annotated[int | None, typer.Option(help="Rows of each export at most.")] = None,
    output: Annotated[Path | None, typer.Option(help="File of the report.")] = None,
) -> None:
    """Measure every case after a short one, and print or write the report."""
    told = report(asyncio.run(measured(data_dir, limit)))
    print(told)
    if output is not None:
        output.write_text(told, encoding="utf-8")


async def measured(data_dir: Path, limit: int | None) -> tuple[int, Sequence[Measured]]:
    """What a gateway holds that has exported little, and each case."""
    plan = Plan(data_dir, today())
    with tempfile.TemporaryDirectory() as folder:
        async with served(plan, Path(folder)) as (running, _):
            database = Database(data_dir)
            one(running, database, CASES[1], 1_000)
            idle = running.memory
            return idle, [one(running, database, case, limit) for case in CASES]


def one(running: Running, database: Database, case: Case, limit: int | None) -> Measured:
    """One export, read as fast as it comes and thrown away. Raises NotServing where it is not whole."""
    given = dict(case.given) | {"end": "none"} | ({} if limit is None else {"limit": str(limit)})
    before, started = (running.cpu, database.cpu, rows(running, case)), time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=600)
    connection.request("GET", f"/export/{case.file}?{urlencode(given)}")
    response = connection.getresponse()
    if response.status != 200:
        raise typer.BadParameter(f"{case.file}: {response.status} {response.read()[:500]!r}")
    first, size = 0.0, 0
    while piece := response.read1(PIECE):
        first, size = first or time.perf_counter() - started, size + len(piece)
    seconds = time.perf_counter() - started
    connection.close()
    cpu = (running.cpu - before[0], database.cpu - before[1])
    found = round(rows(running, case) - before[2])
    return Measured(case, found, size, first, seconds, *cpu, running.peak_memory)


def rows(running: Running, case: Case) -> float:
    """Rows of this noun and format that the gateway has written so far, by its metrics."""
    noun, _, kind = case.file.partition(".")
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    line = f'svod_export_rows_total{{export="{noun}",format="{kind}"}} '
    return next((float(each.removeprefix(line)) for each in text.splitlines() if each.startswith(line)), 0.0)


def report(found: tuple[int, Sequence[Measured]]) -> str:
    """The figures as a page."""
    idle, each = found
    lines = [
        "# Exports",
        "",
        f"{machine()}; commit {commit()}. Gateway, PostgreSQL and the reading client share these cores. One",
        f"process; it holds {idle / MEGABYTE:.0f} MB after an export of 1,000 rows. µs are of a row; memory",
        "is the most that the whole process has held so far, the interpreter and the schema included.",
        "",
        "| export | | rows | MB | first byte, ms | s | rows/s | gateway, µs | database, µs | held, MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *map(_line, each),
        "",
    ]
    return "\n".join(lines)


def _line(of: Measured) -> str:
    a_row = 1e6 / max(of.rows, 1)
    cells = (
        f"`{of.case.file}`",
        of.case.title,
        f"{of.rows:,}",
        f"{of.size / MEGABYTE:.1f}",
        f"{of.first * 1000:.0f}",
        f"{of.seconds:.1f}",
        f"{of.rows / of.seconds:,.0f}",
        f"{of.gateway_cpu * a_row:.0f}",
        f"{of.database_cpu * a_row:.0f}",
        f"{of.held / MEGABYTE:.0f}",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    typer.run(main)

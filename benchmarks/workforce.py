"""What aggregates of the workforce take over HTTP: by two dimensions, exactly and without small figures.

    python -m benchmarks.workforce --data-dir DATA [--times 5] [--output benchmarks/workforce.md]

The data folder is loaded already (`svod demo`); the projection is built when it is not up to date.
The first answer is that of a gateway whose database was started just before: nothing is cached in it.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Annotated, Any, Final

import typer

from auth.principal import Role
from benchmarks.days import today
from benchmarks.report import commit, machine
from benchmarks.search.client import Line, opened, request
from benchmarks.search.measuring import Plan, served
from benchmarks.servers import Database
from gateway.commands.token import signed_token

ASK: Final = """query ($by: [WorkforceDimension!]!, $of: [WorkforceMeasure!]!) {
  workforce(groupBy: $by, measures: $of) { rows { values } suppressed }
}"""

CASES: Final = (
    (("REGION", "SEX"), ("WORKERS",)),
    (("FEDERAL_DISTRICT", "AGE_BAND"), ("WORKERS",)),
    (("REGION", "POSITION_GROUP"), ("POSTS", "VACANCIES")),
    (("REGION", "SPECIALTY"), ("WORKERS",)),
    (("OWNERSHIP", "CATEGORY"), ("WORKERS", "CATEGORY_SHARE")),
    (("ORGANIZATION_KIND", "POSITION_GROUP"), ("WORKERS", "RATES")),
    (("REGION", "CREDENTIAL_STATUS"), ("CREDENTIALS",)),
    (("ORGANIZATION_KIND", "SPECIALTY"), ("WORKERS",)),
    (("SPECIALTY", "CREDENTIAL_YEAR"), ("CREDENTIALS",)),
)
CALLERS: Final = (Role.AUDITOR, Role.ANALYST)
"""Who gets exact figures (but of ages), and who none that are small."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one aggregate: first answer, median of later ones, the database's processors."""

    by: Sequence[str]
    of: Sequence[str]
    role: Role
    first: float
    later: float
    database: float
    told: str
    """How many rows came, or the error's code."""


def main(
    data_dir: Annotated[Path, typer.Option(help="Folder of the loaded servers.")],
    times: Annotated[int, typer.Option(help="Answers after the first one, of each.")] = 5,
    output: Annotated[Path | None, typer.Option(help="File of the report.")] = None,
) -> None:
    """Measure every case, and print or write the report."""
    told = report(asyncio.run(measured(data_dir.resolve(), times)))
    print(told)
    if output is not None:
        output.write_text(told, encoding="utf-8")


async def measured(data_dir: Path, times: int) -> Sequence[Measured]:
    """Each case as each caller, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        async with served(Plan(data_dir, today()), Path(folder)) as (running, _):
            line, found = await opened(running.port), []
            for role in CALLERS:
                signed = signed_token(data_dir, {"sub": "benchmark", "roles": [role]}, 60)
                head = (f"authorization: Bearer {signed}",)
                for by, of in CASES:
                    found.append(await one(line, Database(data_dir), (by, of, role), head, times))
            line.close()
            return found


async def one(
    line: Line,
    database: Database,
    case: tuple[Sequence[str], Sequence[str], Role],
    head: Sequence[str],
    times: int,
) -> Measured:
    """One aggregate: the first answer, and those after it."""
    by, of, role = case
    asked = request("workforce", {"query": ASK, "variables": {"by": by, "of": of}}, head)
    took, told, before = [], "", 0.0
    for number in range(times + 1):
        before = database.cpu if number == 1 else before
        begun = perf_counter()
        told = _told(await line.answer(asked))
        took.append((perf_counter() - begun) * 1e3)
    used = (database.cpu - before) * 1e3 / max(times, 1)
    return Measured(by, of, role, took[0], median(took[1:]), used, told)


def _told(answer: Any) -> str:
    if answer.get("errors"):
        return str(answer["errors"][0]["extensions"]["code"])
    return f"{len(answer['data']['workforce']['rows']):,}"


def report(found: Sequence[Measured]) -> str:
    """The figures as a page."""
    lines = [
        "# Aggregates of the workforce",
        "",
        f"{machine()}; commit {commit()}. Milliseconds, over HTTP; gateway and PostgreSQL share these cores.",
        "An auditor gets exact figures (ages without the small ones), an analyst none that are small.",
        "",
        "| who | by | measures | rows | first | later, median | database's processors |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: |",
        *(_line(each) for each in found),
        "",
    ]
    return "\n".join(lines)


def _line(of: Measured) -> str:
    figures = (f"{each:,.0f}" for each in (of.first, of.later, of.database))
    names = (of.role.value, *(", ".join(f"`{name}`" for name in names) for names in (of.by, of.of)))
    return f"| {' | '.join((*names, of.told, *figures))} |"


if __name__ == "__main__":
    typer.run(main)

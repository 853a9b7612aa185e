"""How long an employer waits for the first view of his page, in a headless Chromium with an empty cache.

    python -m benchmarks.dashboard --data-dir DATA [--views 15] [--output benchmarks/dashboard.md]

The data folder is loaded already (`svod demo`); the projection is built when it is not up to date.
He is the employer of the organization that employs most. Every view is a browser session of its own.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from playwright.async_api import Browser, async_playwright

from auth.principal import Role
from benchmarks.browser import FLAGS, executable
from benchmarks.days import today
from benchmarks.report import commit, machine
from benchmarks.search.client import opened, request
from benchmarks.search.measuring import Plan, served
from benchmarks.servers import Database, Running
from benchmarks.views import Clocks, View, view
from gateway.commands.token import signed_token

LARGEST: Final = """{
  workers(where: { employments: { some: { current: true } } }) {
    totalCount
    facets(by: [ORGANIZATION], top: 1) { buckets { value count } }
  }
}"""
SLOWEST: Final = 0.95


def main(
    data_dir: Annotated[Path, typer.Option(help="Folder of the loaded servers.")],
    views: Annotated[int, typer.Option(help="Views that are measured, after the first one.")] = 15,
    output: Annotated[Path | None, typer.Option(help="File of the report.")] = None,
) -> None:
    """Measure the views, and print or write the report."""
    told = report(*asyncio.run(measured(data_dir.resolve(), views)))
    print(told)
    if output is not None:
        output.write_text(told, encoding="utf-8")


async def measured(data_dir: Path, views: int) -> tuple[str, Sequence[View]]:
    """Whose house it is, and every view of it, the first right after both servers were started."""
    with tempfile.TemporaryDirectory() as folder:
        async with served(Plan(data_dir, today()), Path(folder)) as (running, _), chromium() as browser:
            house, told = await largest(running)
            claims = {"sub": "benchmark", "roles": [Role.EMPLOYER], "organizations": [house]}
            token = signed_token(data_dir, claims, 60)
            clocks = Clocks(running, Database(data_dir))
            return told, [await view(browser, running.port, token, clocks) for _ in range(views + 1)]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        await browser.close()


async def largest(running: Running) -> tuple[str, str]:
    """The OID of the organization that employs most, and how many that are, of whom."""
    line = await opened(running.port)
    answer = await line.answer(request("largest", {"query": LARGEST}))
    line.close()
    workers = answer["data"]["workers"]
    [bucket] = workers["facets"][0]["buckets"]
    return bucket["value"], f"{bucket['count']:,} of {workers['totalCount']:,} employed"


def report(house: str, views: Sequence[View]) -> str:
    """The figures as a page."""
    first, later = views[0], views[1:]
    lines = [
        "# First view of the employer's page",
        "",
        f"{machine()}; commit {commit()}. The organization that employs most: {house}.",
        f"{len(later)} views after the first, each in a new window of a headless Chromium, empty cache;",
        "gateway, PostgreSQL and browser share these cores. A view lasts from the navigation until every",
        "figure of the first view is drawn. Milliseconds.",
        "",
        "| | right after the start | p50 | p95 |",
        "| --- | ---: | ---: | ---: |",
        _line("**every figure stands**", first.took, [each.took for each in later]),
        *(
            _line(f"operation `{name}`, asked and answered", first.operations[name], asked)
            for name in first.operations
            if (asked := [each.operations[name] for each in later])
        ),
        _line("gateway's processors", first.gateway, [each.gateway for each in later]),
        _line("PostgreSQL's processors", first.database, [each.database for each in later]),
        _line("browser's processors", first.browser, [each.browser for each in later]),
        "",
        f"GraphQL operations a view: {_counts(views)}. At most {max(v.size for v in views):,} bytes came.",
        "",
    ]
    return "\n".join(lines)


def _counts(views: Sequence[View]) -> str:
    return ", ".join(str(each) for each in sorted({len(each.operations) for each in views}))


def _line(name: str, first: float, later: Sequence[float]) -> str:
    return f"| {name} | {first:,.0f} | {part(later, 0.5):,.0f} | {part(later, SLOWEST):,.0f} |"


def part(found: Sequence[float], share: float) -> float:
    """The least that so large a share of them does not exceed."""
    return sorted(found)[min(len(found) - 1, int(len(found) * share))]


if __name__ == "__main__":
    typer.run(main)

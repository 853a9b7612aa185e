"""`python -m benchmarks.search`: asks the published set of a gateway over a data folder, writes search.md."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.days import today
from benchmarks.search.measuring import Plan, cold_round, warm_rounds
from benchmarks.search.published import PUBLISHED
from benchmarks.search.report import figures, remember, report
from gateway.demo_data import demo_data
from gateway.servers import OwnServers

HERE = Path(__file__).parent


def main(
    data_dir: Annotated[
        Path, typer.Option(help="Folder with loaded registries and a built projection.")
    ] = HERE.parent / ".svod",
    times: Annotated[int, typer.Option(help="How often each search is asked in a round.")] = 8,
    seed: Annotated[int, typer.Option(help="Another seed draws other values.")] = 1,
    only: Annotated[list[str] | None, typer.Option(help="Only this search; may be repeated.")] = None,
    restart: Annotated[bool, typer.Option(help="Measure after a restart too.")] = True,
    beside: Annotated[
        list[Path] | None, typer.Option(help="A folder measured before, told in the same report.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Where the report goes too.")] = None,
) -> None:
    """Ask the published searches, warm and after a restart, and report."""
    searches = [each for each in PUBLISHED if not only or each.name in only]
    plan = Plan(data_dir.resolve(), today(), searches, times, seed=seed)
    rounds = asyncio.run(_rounds(plan, restart=restart))
    if not only:
        remember(plan.data_dir, "searches", rounds)
    known = figures(plan.data_dir)
    if only:
        known = {"searches": {"made": "now", "commit": "–", "found": rounds}}
    folders = [each.resolve() for each in beside or ()]
    sizes = [(plan.data_dir, known), *((each, figures(each)) for each in folders)]
    text = report([(asyncio.run(_workers(folder)), found) for folder, found in sizes])
    print(text)
    if output:
        output.write_text(text, encoding="utf-8")


async def _rounds(plan: Plan, *, restart: bool) -> list[object]:
    """The rounds as plain data: warm ones, then what the first searches after a restart take."""
    with tempfile.TemporaryDirectory() as folder:
        found = await warm_rounds(plan, Path(folder))
        if restart:
            for forget in (False, True):
                print(f"restarting; files forgotten: {forget}", file=sys.stderr)
                found.append(await cold_round(plan, Path(folder), forget=forget))
    return [each.told() for each in found]


async def _workers(data_dir: Path) -> int:
    async with OwnServers(data_dir) as servers:
        there = demo_data(servers)
    return there.workers if there else 0


if __name__ == "__main__":
    application = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    application.command()(main)
    application()

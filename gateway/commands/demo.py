"""`svod demo`: loads demo data into Svod's own servers."""

import asyncio
import signal
from datetime import UTC, datetime
from typing import Annotated

import typer

from demo.plan import Plan
from gateway.commands.refusal import RefusalError
from gateway.commands.terminal import notices, progress_bar
from gateway.demo_data import demo_data, load_demo_data
from gateway.servers import OwnServers
from gateway.settings import Environment, Settings, environment_settings

_MOST = 5_000_000


def demo(
    workers: Annotated[
        int | None, typer.Option(min=1, max=_MOST, help="How many workers. Default: SVOD_DEMO_WORKERS.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes other people.")] = 1,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day around which credentials end. Default: today."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the data that is there.")] = False,
) -> None:
    """Make demo data for the four registries: the same workers, seed and day give the same data."""
    settings = environment_settings()
    if settings.env is Environment.PRODUCTION:
        raise RefusalError("svod demo", "loads Svod's own servers, and production has none")
    day = (today or datetime.now(UTC)).date()
    plan = Plan(workers or settings.demo_workers, day, seed)
    try:
        asyncio.run(_demo(settings, plan, force=force))
    except (asyncio.CancelledError, KeyboardInterrupt):
        notices().print("stopped; the registries are empty until demo data is loaded again")
        raise typer.Exit(130) from None


async def _demo(settings: Settings, plan: Plan, *, force: bool) -> None:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 a coroutine that runs is somebody's task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with OwnServers(settings.data_dir) as servers:
        there = demo_data(servers)
        if there is not None and not force:
            raise RefusalError(
                "svod demo",
                f"{settings.data_dir} already holds {there.workers:,} workers as of {there.today}; "
                "replace them with --force",
            )
        with progress_bar() as bar:
            line = bar.add_task("demo data", total=plan.workers)
            await load_demo_data(servers, plan, lambda done: bar.update(line, completed=done))
    notices().print(f"loaded {plan.workers:,} workers as of {plan.today}, seed {plan.seed}")

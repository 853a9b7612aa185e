"""The demo data in Svod's own servers: whether it is there, and how it gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from demo.errors import LoadFailed
from demo.load import load
from demo.plan import GENERATOR, Plan
from gateway.servers import DemoDataFailed, OwnServers


@dataclass(frozen=True, slots=True)
class DemoData:
    """What demo data the own servers hold."""

    workers: int
    seed: int
    today: date
    generator: int


def demo_data(servers: OwnServers) -> DemoData | None:
    """The demo data that is there, whole; None when there is none or its loading was interrupted."""
    found = servers.content()
    if found is None:
        return None
    today = date.fromisoformat(found.get("today", "1970-01-01"))
    return DemoData(found["workers"], found.get("seed", 1), today, found.get("generator", 0))


async def load_demo_data(
    servers: OwnServers, plan: Plan, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Put the plan's data in place of any that is there; `progress` hears how many workers are loaded."""
    try:
        await servers.make_registries()
        await load(servers.owner_urls(), plan, progress)
    except LoadFailed as exc:
        raise DemoDataFailed(exc) from exc
    servers.remember(
        "svod",
        {
            "workers": plan.workers,
            "seed": plan.seed,
            "today": plan.today.isoformat(),
            "generator": GENERATOR,
        },
    )

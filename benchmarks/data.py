"""The registries that are asked: own servers with demo data, and what tells the subjects of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Final

import orjson
import typer

from demo.plan import Plan
from gateway.demo_data import DemoData, demo_data, load_demo_data
from gateway.rates.policy import POLICIES
from gateway.servers import OwnServers
from sources.dictionary import Dictionaries, Dictionary

OWN: Final = Path(__file__).resolve().parent / ".svod"
"""The folder that benchmarks load for themselves, as they need it."""


@asynccontextmanager
async def own_servers(data_dir: Path, workers: int, day: date) -> AsyncIterator[OwnServers]:
    """Own servers with so many workers, as of today; data that is there already is used.

    Other data is replaced in the benchmarks' own folder alone. Raises BadParameter for any other folder.
    """
    async with OwnServers(data_dir, durable=False) as servers:
        there = demo_data(servers)
        if there is None or (there.workers, there.today) != (workers, day):
            if there is not None and not _is_own(data_dir):
                raise typer.BadParameter(_differing(data_dir, there, workers, day))
            await load_demo_data(servers, Plan(workers, day))
        await servers.make_store()
        yield servers


def _is_own(data_dir: Path) -> bool:
    return data_dir.resolve() == OWN


def _differing(data_dir: Path, there: DemoData, workers: int, day: date) -> str:
    return (
        f"{data_dir} holds {there.workers:,} workers as of {there.today}, not {workers:,} as of {day}:"
        " it is not overwritten. Ask for what it holds, or name another folder"
    )


# A benchmark asks from one address what no caller may: the rates are counted all the same.
RATES = {
    f"SVOD_RATE_{name.upper()}": "900000/s burst 9000000; cost 900000000/s burst 900000000"
    for name in POLICIES
}


def environment(servers: OwnServers, data_dir: Path, day: date, folder: Path) -> dict[str, str]:
    """What every subject finds in its environment."""
    lists = Dictionaries.load()
    names = {
        each.value: {entry.code: {"name": entry.name} for entry in lists.entries(each)} for each in Dictionary
    }
    dictionaries = folder / "dictionaries.json"
    dictionaries.write_bytes(orjson.dumps(names))
    urls = {f"SVOD_{registry.value}_URL": url for registry, url in servers.registry_urls().items()}
    urls |= {"SVOD_STORE_URL": servers.store_url(), "SVOD_STORE_OWNER_URL": servers.store_owner_url()}
    return (
        urls
        | RATES
        | {
            "SVOD_REDIS_URL": servers.redis_url,
            "SVOD_DATA_DIR": str(data_dir),
            "SVOD_LOG_LEVEL": "warning",
            # On 64 connections a page waits for its turn longer than a registry may take.
            "SVOD_REGISTRY_TIMEOUT": "30",
            "BENCHMARK_DICTIONARIES": str(dictionaries),
            "BENCHMARK_TODAY": day.isoformat(),
        }
    )

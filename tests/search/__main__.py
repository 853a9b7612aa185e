"""`python -m tests.search 10000`: compares so many searches with the oracle, and says what it found."""

import argparse
import asyncio
import datetime as dt
import sys
import tempfile
import time
from pathlib import Path
from random import SystemRandom

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from tests.conftest import WORKERS
from tests.search.oracle import Oracle
from tests.search.proof import Proof, prove
from tests.search.searched import searched


async def proof(count: int, seed: int, only: int | None, day: dt.date) -> Proof:
    """The proof on servers of its own."""
    numbers = range(count) if only is None else [only]
    with tempfile.TemporaryDirectory() as folder:
        async with OwnServers(Path(folder), durable=False) as servers:
            await servers.make_registries("proved")
            await load(servers.owner_urls("proved"), Plan(WORKERS, day))
            async with searched(servers, "proved", day) as found, found.asker() as asker:
                oracle = Oracle(found.line)  # one without a memory, which so many searches would fill
                return await prove(asker, oracle, found.rows, day, seed, numbers, tell=_tell)


def _tell(done: int) -> None:
    if done % 1_000 == 0:
        sys.stderr.write(f"{done} searches\n")


def main() -> int:
    """Runs and reports; 1 where the proof failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.search")
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="how many searches")
    parser.add_argument(
        "--seed", type=int, help="of the chance that makes them; another one each time otherwise"
    )
    parser.add_argument("--search", type=int, help="run the search of this number alone")
    parser.add_argument("--day", type=dt.date.fromisoformat, help="the day of the data; today otherwise")
    given = parser.parse_args()
    seed = SystemRandom().randrange(10**9) if given.seed is None else given.seed
    day = given.day or dt.datetime.now(dt.UTC).date()
    began = time.perf_counter()
    found = asyncio.run(proof(given.count, seed, given.search, day))
    seconds = time.perf_counter() - began
    share = f"{found.with_hits / max(1, found.searches):.0%} with hits"
    kept = "equal" if found.failure is None else found.failure.told()
    sys.stdout.write(f"seed {seed}, day {day}: {found.searches} searches, {share}, {seconds:.0f} s\n{kept}\n")
    return 0 if found.failure is None else 1


if __name__ == "__main__":
    sys.exit(main())

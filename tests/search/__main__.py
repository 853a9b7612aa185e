"""`python -m tests.search 10000`: compares so many searches with the oracle, and says what it found."""

import argparse
import asyncio
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import count as counting
from pathlib import Path
from random import SystemRandom

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from tests.conftest import WORKERS
from tests.search.proof import Proof, prove
from tests.search.searched import Searched, searched

AT_ONCE = 4
"""Searches that are asked at the same time."""


async def proof(count: int, seed: int, only: int | None, day: dt.date) -> Proof:
    """The proof on servers of its own."""
    numbers = range(count) if only is None else [only]
    with tempfile.TemporaryDirectory() as folder:
        async with OwnServers(Path(folder), durable=False, brief=True) as servers:
            await servers.make_registries("proved")
            await load(servers.owner_urls("proved"), Plan(WORKERS, day))
            async with searched(servers, "proved", day) as found:
                return await _together(found, seed, numbers)


async def _together(searched: Searched, seed: int, numbers: Sequence[int]) -> Proof:
    """Some searches at once."""
    told = counting(1)

    def tell(_: int) -> None:
        done = next(told)
        if done % 1_000 == 0:
            sys.stderr.write(f"{done} searches\n")

    async with searched.asker() as asker, searched.oracles(AT_ONCE) as oracles:
        proofs = await asyncio.gather(
            *(
                prove(asker, oracle, searched.rows, searched.today, seed, numbers[place::AT_ONCE], tell=tell)
                for place, oracle in enumerate(oracles)
            )
        )
    failure = next((each.failure for each in proofs if each.failure), None)
    done, with_hits = (sum(each.searches for each in proofs), sum(each.with_hits for each in proofs))
    return Proof(seed, done, with_hits, failure)


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

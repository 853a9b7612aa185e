"""`python -m tests.proof 100000`: proves the rights on so many operations, and says what it found."""

import argparse
import asyncio
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from random import SystemRandom

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from tests.asking import asking_over
from tests.proof.edges import put_edges
from tests.proof.oracle import Oracle
from tests.proof.proof import DAY, LIMITS, WORKERS, Proof, prove, prove_these
from tests.proof.report import told
from tests.proof.rows import read_rows
from tests.proof.trial import Judge
from tests.proof.world import World


async def proof(count: int, seed: int, only: int | None) -> Proof:
    """The proof on servers of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with OwnServers(Path(folder), durable=False, brief=True) as servers:
            await servers.make_registries("proof")
            await load(servers.owner_urls("proof"), Plan(WORKERS, DAY))
            await put_edges(servers.owner_urls("proof"), DAY.isoformat())
            urls = servers.registry_urls("proof")
            world = World(await read_rows(urls), DAY)
            over = partial(asking_over, urls, servers.redis_url, DAY, **LIMITS)
            async with over() as compiled, over(compiled=False) as walking:
                judge = Judge(compiled, walking, Oracle(world), world)
                if only is not None:
                    return await prove_these(judge, world, seed, [only])
                return await prove(judge, world, seed, count)


def main() -> int:
    """Runs and reports; 1 where the proof failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof")
    parser.add_argument("count", type=int, nargs="?", default=100_000, help="how many operations")
    parser.add_argument(
        "--seed", type=int, help="of the chance that makes them; another one each time otherwise"
    )
    parser.add_argument("--trial", type=int, help="run this trial alone")
    given = parser.parse_args()
    seed = SystemRandom().randrange(10**9) if given.seed is None else given.seed
    began = time.process_time()
    found = asyncio.run(proof(given.count, seed, given.trial))
    seconds = time.process_time() - began
    counted = f"{found.operations} operations, {found.invalid} documents left out, {seconds:.0f} s of CPU"
    kept = "kept" if found.failure is None else told(found.failure)
    sys.stdout.write(f"seed {seed}: {counted}\n{kept}\n")
    return 0 if found.failure is None else 1


if __name__ == "__main__":
    sys.exit(main())

"""`python -m tests.proof N SEED`: proves the rights on N operations and prints what it found."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from tests.asking import asking_over
from tests.proof.proof import DAY, LIMITS, WORKERS, Proof, prove
from tests.proof.oracle import Oracle
from tests.proof.rows import read_rows
from tests.proof.trial import Judge
from tests.proof.world import World


async def main(count: int, seed: int, only: int | None = None) -> int:
    """Runs the proof on servers of its own; 1 where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        async with OwnServers(Path(folder), durable=False) as servers:
            await servers.make_registries("proof")
            await load(servers.owner_urls("proof"), Plan(WORKERS, DAY))
            world = World(await read_rows(servers.registry_urls("proof")), DAY)
            async with asking_over(servers.registry_urls("proof"), servers.redis_url, DAY, **LIMITS) as asking:
                judge = Judge(asking, Oracle(world), world)
                began = time.process_time()
                found = await prove(judge, world, seed, count)
                print(found, f"{time.process_time() - began:.1f} s of CPU")
    return 0 if found.failure is None else 1


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    sys.exit(asyncio.run(main(*numbers)))

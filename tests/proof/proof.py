"""The proof: so many operations, each the same for the gateway as for the oracle."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from tests.proof.trial import CALLERS, Failure, Invalid, Judge, trial
from tests.proof.world import World

DAY: Final = dt.date(2026, 9, 1)
WORKERS: Final = 80
LIMITS: Final = {"limit_cost": 10**9, "limit_depth": 60, "limit_fields": 10**5, "limit_aliases": 10**4, "limit_directives": 1000}


@dataclass
class Proof:
    """What was proved: how many operations were run, how many were none, and the first that failed."""

    seed: int
    operations: int = 0
    invalid: int = 0
    failure: Failure | None = None


async def prove(judge: Judge, world: World, seed: int, count: int) -> Proof:
    """Runs trials until so many operations were answered alike, or one was not."""
    found = Proof(seed)
    number = 0
    while found.operations < count and found.failure is None:
        try:
            found.failure = await judge.failure(trial(world, seed, number))
            found.operations += CALLERS
        except Invalid as error:
            print(error)
            found.invalid += 1
        number += 1
    return found

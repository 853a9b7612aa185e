"""The proof: so many operations, each the same for the gateway as for the oracle."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, Final

from tests.proof.oracle import Outcomes
from tests.proof.roots import ROOTS
from tests.proof.sensitive import CLAIMED, MASKED, SENSITIVE
from tests.proof.shrinking import shrunk
from tests.proof.trial import Failure, Invalid, Judge, trial
from tests.proof.world import World

DAY: Final = dt.date(2026, 9, 1)
WORKERS: Final = 80
LIMITS: Final[dict[str, Any]] = {
    "limit_cost": 10**9,
    "limit_depth": 100,
    "limit_fields": 10**5,
    "limit_aliases": 10**4,
    "limit_directives": 10**4,
}

CARRIED: Final = frozenset({"Absence", "Restriction"})
"""Types that are reached only through a link of the same class: who may not see it meets none of them."""

WANTED: Final[Outcomes] = frozenset(
    [
        (".".join(at), told)
        for at in SENSITIVE
        for told in ("VALUE", "WITHHELD")
        if told == "VALUE" or at[0] not in CARRIED
    ]
    + [(".".join(at), "MASKED") for at in MASKED]
    + [(f"Query.{name}", "VALUE") for name in ROOTS]
    + [("Query.worker(snils:)", "WITHHELD")]
    + [(".".join(at), "WITHHELD") for at in CLAIMED]
)
"""What has to be met, so that something is proved: each guarded field as value, mask, nothing."""


@dataclass
class Proof:
    """What was proved: operations run, documents left out, the first that failed, what was not met."""

    seed: int
    operations: int = 0
    invalid: int = 0
    failure: Failure | None = None
    unmet: set[tuple[str, str]] = field(default_factory=lambda: set(WANTED))


async def prove(
    judge: Judge,
    world: World,
    seed: int,
    operations: int,
    *,
    shrinking: bool = True,
    first: int = 0,
) -> Proof:
    """Runs trials until so many operations were answered alike, or one was not; begins with the `first`."""
    found = Proof(seed)
    numbers = chain((first,), count(0 if first else 1))
    while found.operations < operations and found.failure is None:
        await _try(judge, world, found, next(numbers))
    if found.failure is not None and shrinking:
        found.failure = await shrunk(judge, found.failure)
    found.unmet -= judge.met
    return found


async def _try(judge: Judge, world: World, found: Proof, number: int) -> None:
    asked = trial(world, found.seed, number)
    try:
        found.failure = await judge.failure(asked)
    except Invalid:
        found.invalid += 1
    else:
        found.operations += len(asked.callers)


async def prove_these(judge: Judge, world: World, seed: int, numbers: Iterable[int]) -> Proof:
    """Runs the trials of these numbers alone."""
    found = Proof(seed)
    for number in numbers:
        if found.failure is None:
            await _try(judge, world, found, number)
    if found.failure is not None:
        found.failure = await shrunk(judge, found.failure)
    return found

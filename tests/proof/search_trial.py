"""Searches of callers who do not see everything: the gateway against the oracle of another world."""

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from tests.asking import Asking
from tests.proof.callers import Callers, principal
from tests.proof.guarded import Crossing, GuardedOracle, asked_classes
from tests.proof.hidden import otherwise
from tests.proof.law import Caller
from tests.proof.sights import FACET, Sight, asks, sight
from tests.proof.world import World
from tests.search.asked import Asker, Refused, variables
from tests.search.comparing import difference
from tests.search.database import Connection
from tests.search.filters import Filters
from tests.search.oracle import Found, Search
from tests.search.roots import ROOTS
from tests.search.rows import Rows
from tests.search.searches import search_about

TRIES: Final = 5
"""Callers that are made until one sees of some people what is asked; the last one asks in any case."""

FORBIDDEN: Final = "FORBIDDEN"
WRONG: Final = "BAD_USER_INPUT"
REASONS: Final = "ELIGIBILITY_REASON"


@dataclass(frozen=True)
class Searching:
    """What is asked, and by whom."""

    seed: int
    number: int
    search: Search
    caller: Caller


@dataclass(frozen=True)
class SearchWorld:
    """The world that is searched: its things, and its rows in the oracle's database."""

    world: World
    line: Connection
    rows: Rows
    known: dict[str, Found | None] = field(default_factory=dict)
    """What the oracle has answered: leaks are looked for in searches that prove the gateway without them."""

    def sights(self, caller: Caller) -> dict[str, Sight]:
        """Whom a caller sees facts of which class of."""
        return {each: sight(self.world, caller, each) for each in ("INTERNAL", "RESTRICTED", "PERSONAL")}


def searching(searched: SearchWorld, seed: int, number: int) -> Searching:
    """The trial of this number."""
    world, rows = searched.world, searched.rows
    random = Random(f"{seed}:{number}")
    worker = random.choice(world.rows["worker"])
    name = random.choices(("workers", "organizations", "licenses", "credentials"), (7, 2, 1, 2))[0]
    entity = ROOTS[name].entity
    near = [row for row in rows.tables["worker"] if row["id"] == worker.id]
    focus = near[0] if entity == "worker" else rows.any(entity, random)
    asked = search_about(
        rows, world.today, random, name, focus, Filters(rows, random, world.today, keen=True)
    )
    callers = Callers(world, random, worker)
    for _ in range(TRIES):
        caller = callers.caller()
        if _fits(world, caller, classes(asked)):
            break
    return Searching(seed, number, asked, replace(caller, mode=None))


def _fits(world: World, caller: Caller, asked: set[str]) -> bool:
    """Whether he may ask so, and sees of some people only what he asks by."""
    seen = [sight(world, caller, each) for each in asked]
    return not any(each.nobody for each in seen) and (not seen or any(not each.everyone for each in seen))


def classes(search: Search) -> set[str]:
    """The classes of facts that a search asks by."""
    counted = {FACET} if REASONS in search.facets else set()
    return asked_classes(ROOTS[search.root].entity, search.where) | counted


async def answered(searched: SearchWorld, trial: Searching) -> Found | None:
    """What the oracle answers in a world where all is other that the caller may not see; None: a refusal."""
    key = repr(trial)
    if key not in searched.known:
        searched.known[key] = await _answered(searched, trial)
    return searched.known[key]


async def _answered(searched: SearchWorld, trial: Searching) -> Found | None:
    sights = searched.sights(trial.caller)
    try:
        async with otherwise(searched.line, sights):
            return await GuardedOracle(searched.line, sights).found(trial.search)
    except Crossing:
        return None


@dataclass(frozen=True)
class Known:
    """An answer that is known already."""

    answer: Found

    async def found(self, search: Search) -> Found:  # noqa: ARG002
        """The answer."""
        return self.answer


@dataclass
class SearchJudge:
    """Who compares. `outcomes`: how often what was to be expected, so that something is proved."""

    asking: Asking
    searched: SearchWorld
    outcomes: Counter[str] = field(default_factory=Counter)

    async def wrong(self, trial: Searching) -> str | None:
        """The first difference; None where the gateway keeps the law."""
        asker = Asker(self.asking, principal(trial.caller), trial.caller.purpose)
        if not all(asks(trial.caller, each) for each in classes(trial.search)):
            return await self._refused(asker, trial.search, FORBIDDEN)
        expected = await answered(self.searched, trial)
        if expected is None:
            return await self._refused(asker, trial.search, WRONG)
        sights = self.searched.sights(trial.caller)
        some = any(not sights[each].everyone for each in classes(trial.search))
        self.outcomes[f"{'some' if some else 'all'}{', hits' if expected.keys else ''}"] += 1
        return await difference(asker, Known(expected), trial.search)

    async def _refused(self, asker: Asker, search: Search, code: str) -> str | None:
        self.outcomes[code] += 1
        try:
            page = await asker.page(search, {"first": search.size}, whole=True)
        except Refused as refused:
            return None if code in str(refused) else f"expected {code}, refused with {refused}"
        return f"expected {code}, found {page}"


def told(trial: Searching, wrong: str) -> str:
    """All that is needed to see it again."""
    asked = json.dumps(variables(trial.search) | {"by": trial.search.facets}, ensure_ascii=False)
    where = f"seed {trial.seed}, trial {trial.number}, {trial.search.root}, variables: {asked}"
    return f"{where}\ncaller: {trial.caller}\n{wrong}"

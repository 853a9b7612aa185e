"""Random searches of random callers: what they may not see matches nothing, and tells nothing.

The oracle answers in a world where every fact out of the caller's sight is another one; the gateway, which
answers in the real one, must give the same hits, pages, counts and facets.
"""

import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from auth.rights import FieldClass
from auth.sight import EVERYONE
from gateway.servers import OwnServers
from projections.search.condition import Search as Asked
from projections.search.reader import SearchReader
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.proof.guarded import Crossing
from tests.proof.proof import DAY, LIMITS
from tests.proof.search_leaks import LEAKS, Leaking
from tests.proof.search_trial import Searching, SearchJudge, SearchWorld, answered, classes, searching, told
from tests.proof.sights import asks
from tests.search.oracle import Found

SEARCHES = int(os.environ.get("PROVED_GUARDED_SEARCHES", "400"))
SEED = int(os.environ.get("PROOF_SEED", "32"))
WANTED = {"FORBIDDEN", "BAD_USER_INPUT", "some", "some, hits", "all", "all, hits"}

Truth = list[tuple[Searching, Found]]


@pytest.fixture(scope="module")
async def asking(
    own_servers: OwnServers, proof_urls: Mapping[Registry, str], reader: SearchReader
) -> AsyncIterator[Asking]:
    """The gateway that is proved."""
    async with asking_over(proof_urls, own_servers.redis_url, DAY, search=reader, **LIMITS) as asking:
        yield asking


async def test_what_is_hidden_is_not_told_by_searches(asking: Asking, search_world: SearchWorld) -> None:
    judge = SearchJudge(asking, search_world)
    for number in range(SEARCHES):
        trial = searching(search_world, SEED, number)
        wrong = await judge.wrong(trial)
        assert wrong is None, told(trial, wrong)
    assert judge.outcomes.keys() >= WANTED, "every kind of outcome should be met"
    assert judge.outcomes["some, hits"] > SEARCHES / 10, "something should be found by what is seen of some"


@dataclass(frozen=True)
class LeakingReader:
    """A reader of searches that forgets, for one kind of question, whom the caller sees."""

    then: SearchReader
    kind: str
    forgotten: Callable[[Asked], Asked]

    async def page(self, search: Asked, **window: Any) -> Any:
        return await self.then.page(self._asked("page", search), **window)

    async def count(self, search: Asked) -> int:
        return await self.then.count(self._asked("count", search))

    async def facet(self, search: Asked, by: str, top: int) -> Any:
        return await self.then.facet(self._asked("facet", search), by, top)

    async def freshness(self) -> Sequence[Any]:
        return await self.then.freshness()

    def _asked(self, kind: str, search: Asked) -> Asked:
        return self.forgotten(search) if kind == self.kind else search


def seen_by_everyone(search: Asked) -> Asked:
    """Nobody looks whom the caller sees."""
    return replace(search, sights=tuple((each, EVERYONE) for each in FieldClass))


def one_class_for_all(search: Asked) -> Asked:
    """Whoever sees what is internal sees measures too."""
    sights = dict(search.sights)
    return replace(search, sights=(*((each, sights[FieldClass.INTERNAL]) for each in sights),))


def branches_forgotten(search: Asked) -> Asked:
    """An employer does not see those whom his organizations employ."""
    sights = ((each, replace(sight, organizations=frozenset())) for each, sight in search.sights)
    return replace(search, sights=tuple(sights))


@pytest.mark.parametrize(
    ("kind", "forgotten"),
    [
        ("page", seen_by_everyone),
        ("count", seen_by_everyone),
        ("facet", seen_by_everyone),
        ("count", one_class_for_all),
        ("page", branches_forgotten),
    ],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
async def test_the_proof_finds_a_leak_in_the_gateway(
    kind: str,
    forgotten: Callable[[Asked], Asked],
    own_servers: OwnServers,
    proof_urls: Mapping[Registry, str],
    reader: SearchReader,
    search_world: SearchWorld,
) -> None:
    leaking = LeakingReader(reader, kind, forgotten)
    async with asking_over(proof_urls, own_servers.redis_url, DAY, search=leaking, **LIMITS) as asking:
        judge = SearchJudge(asking, search_world)
        for number in range(SEARCHES):
            if await judge.wrong(searching(search_world, SEED, number)) is not None:
                return
    pytest.fail(f"{forgotten.__doc__} Nobody noticed in {SEARCHES} searches.")


@pytest.fixture(scope="module")
async def truth(search_world: SearchWorld) -> Truth:
    """The trials whose callers may ask so, and the oracle's answers."""
    trials = [searching(search_world, SEED, number) for number in range(SEARCHES)]
    allowed = [each for each in trials if all(asks(each.caller, name) for name in classes(each.search))]
    found = [(each, await answered(search_world, each)) for each in allowed]
    return [(trial, answer) for trial, answer in found if answer is not None]


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
async def test_the_searches_find(leak: type[Leaking], truth: Truth, search_world: SearchWorld) -> None:
    for trial, answer in truth:
        try:
            found = await leak(search_world.line, search_world.world, trial.caller).found(trial.search)
        except Crossing:
            continue
        if found != answer:
            return
    pytest.fail(f"{leak.__doc__} Nobody noticed in {len(truth)} searches.")

"""Searches by what is not for everyone find those whom the law lets each caller find, and nobody else."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from random import Random
from typing import Any

import pytest

import auth.gate
import resolvers.search.guarded
from auth.rights import Decision
from auth.rules import Ruling
from auth.sight import EVERYONE, Sight, sight
from gateway.servers import OwnServers
from projections.search.condition import Fact, Related
from projections.search.reader import SearchReader
from resolvers.search.place import Place
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.proof.callers import Callers, principal
from tests.proof.proof import DAY, LIMITS
from tests.proof.searching import asked, found, reasons, refused
from tests.proof.world import World

SEARCHES = 150
PAGE = "{ workers(first: 100, where: {%s}) { totalCount nodes { registryNumber } pageInfo { hasNextPage } } }"
COUNTED = "{ workers { facets(by: [ELIGIBILITY_REASON], top: 100) { buckets { value count } } } }"


@pytest.fixture
async def searching(
    own_servers: OwnServers, proof_urls: Mapping[Registry, str], reader: SearchReader
) -> AsyncIterator[Asking]:
    """The gateway that searches there."""
    over = (proof_urls, own_servers.redis_url, DAY)
    async with asking_over(*over, search=reader, **LIMITS) as asking:
        yield asking


async def difference(searching: Asking, world: World, count: int, met: Counter[str]) -> str | None:
    """The first search of so many that finds others than the law says; `met`: what came of them."""
    for number in range(count):
        random = Random(f"searching:{number}")
        focus = random.choice(world.rows["worker"])
        filter_, caller = asked(world, random, focus), Callers(world, random, focus).caller()
        answer = await searching.ask(PAGE % filter_.text, None, principal(caller), caller.purpose)
        told = f"{filter_.text} by {caller}"
        if answer.data is None:
            if not refused(filter_.guarded, caller):
                return f"refused: {told}: {answer.errors}"
            if not answer.errors[0]["message"].startswith(filter_.guarded.coordinate):
                return f"another coordinate: {told}: {answer.errors}"
            met["refused"] += 1
            continue
        if refused(filter_.guarded, caller):
            return f"not refused: {told}"
        expected, page = found(world, filter_, caller), answer.data["workers"]
        numbers = [each["registryNumber"] for each in page["nodes"]]
        if (page["totalCount"], numbers) != (len(expected), expected[:100]):
            return f"{told}: expected {len(expected)} {expected}, found {page['totalCount']} {numbers}"
        met["found" if numbers else "nobody"] += 1
    return None


async def test_whoever_is_found_is_the_callers_to_ask_of(searching: Asking, world: World) -> None:
    met: Counter[str] = Counter()
    assert await difference(searching, world, SEARCHES, met) is None
    assert all(met[each] > 20 for each in ("refused", "found", "nobody")), met


async def test_reasons_are_counted_over_those_whom_the_caller_sees(searching: Asking, world: World) -> None:
    seen = 0
    for number in range(40):
        random = Random(f"reasons:{number}")
        caller = Callers(world, random, random.choice(world.rows["worker"])).caller()
        answer = await searching.ask(COUNTED, None, principal(caller), caller.purpose)
        if answer.data is not None:
            [facet] = answer.data["workers"]["facets"]
            counted = {each["value"]: each["count"] for each in facet["buckets"]}
            assert counted == reasons(world, caller), caller
            seen += bool(counted)
    assert seen > 5


Leak = Callable[[pytest.MonkeyPatch], None]


def a_sight_of_everyone(patch: pytest.MonkeyPatch) -> None:
    """Whoever may ask of some asks of all."""
    patch.setattr(resolvers.search.guarded, "sight", lambda *_: EVERYONE)


def a_sight_without_its_region(patch: pytest.MonkeyPatch) -> None:
    """A regulator of one region finds nobody, and an employer everybody of the region too."""

    def wider(*given: Any) -> Sight:
        seen = sight(*given)
        return Sight(seen.everyone, seen.snils, seen.organizations, seen.regions | {"77"})

    patch.setattr(resolvers.search.guarded, "sight", wider)


def a_fact_that_forgets_its_class(patch: pytest.MonkeyPatch) -> None:
    """What is asked is taken for public, once the gate has let it pass."""
    patch.setattr(Place, "fact", lambda place, name, test: Fact(name, test, path=place.path))
    patch.setattr(
        Place, "related", lambda place, name, which, where: Related(name, which, where, path=place.path)
    )


def a_gate_that_lets_all_ask(patch: pytest.MonkeyPatch) -> None:
    """Nobody is refused an argument."""
    patch.setattr(auth.gate, "ruling", lambda *_, **__: Ruling(Decision.VALUE, Decision.VALUE, None))


LEAKS: tuple[Leak, ...] = (
    a_sight_of_everyone,
    a_sight_without_its_region,
    a_fact_that_forgets_its_class,
    a_gate_that_lets_all_ask,
)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: str(leak.__name__))
async def test_a_planted_leak_is_found(
    leak: Leak, searching: Asking, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    assert await difference(searching, world, SEARCHES, Counter()) is not None, leak.__doc__

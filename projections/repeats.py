"""By which facts of employments people are told apart without being compared: each such set of facts a bit.

Who is twice at hospitals is one of the people at hospitals. So beside each employment stands in which sets of
facts an earlier one of the same person is like it. People by these facts are then the employments that repeat
none in that set: they are counted in one pass, for every coarser set along with it.
"""

from collections.abc import Iterable, Mapping
from itertools import chain, combinations
from typing import Final

KIND: Final = "kind"
OWNERSHIP: Final = "ownership"
EMPLOYMENT: Final = "employment"
GROUP: Final = "group"
POSITION: Final = "position"
REGION: Final = "region"
DISTRICT: Final = "district"
"""These two of the organization."""

Facts = frozenset[str]


def _each(of: Iterable[str]) -> list[Facts]:
    """Every choice of some of them, or of none."""
    all_of = tuple(of)
    sizes = range(len(all_of) + 1)
    return [frozenset(each) for each in chain.from_iterable(combinations(all_of, size) for size in sizes)]


_WORKS: Final = (Facts(), Facts({GROUP}), Facts({POSITION}))
SETS: Final = (
    *(house | work for work in _WORKS for house in _each((KIND, OWNERSHIP, EMPLOYMENT))),
    *(
        house | work | {place}
        for place in (REGION, DISTRICT)
        for work in _WORKS[:2]
        for house in _each((KIND, OWNERSHIP))
    ),
)
"""The sets, each at its bit. A position says its group, and a region its district."""

_BIT: Final[Mapping[Facts, int]] = {each: place for place, each in enumerate(SETS)}
_SAID: Final = {POSITION: GROUP, REGION: DISTRICT}


def bit(facts: Facts) -> int | None:
    """The bit of a set; None: people are not marked by it."""
    return _BIT.get(facts - {coarser for finer, coarser in _SAID.items() if finer in facts})


def masks() -> Mapping[str, str]:
    """Every bit, and for each fact those of the sets without it, as the statement that marks has them."""
    every = (1 << len(SETS)) - 1
    facts = (KIND, OWNERSHIP, EMPLOYMENT, GROUP, POSITION, REGION, DISTRICT)
    return {"all": f"{every}::bigint"} | {f"but_{fact}": f"{_without(fact)}::bigint" for fact in facts}


def _without(fact: str) -> int:
    return sum(1 << place for each, place in _BIT.items() if fact not in each)

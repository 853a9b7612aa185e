"""Whom a caller sees which facts of, person by person, by the law: what he may search by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from tests.proof.law import VALUE, Caller, best, outcome
from tests.proof.world import World

CLASSES: Final[Mapping[tuple[str, str], str]] = {
    ("worker", "born"): "PERSONAL",
    ("worker", "bornOn"): "PERSONAL",
    ("worker", "reasons"): "RESTRICTED",
    ("worker", "restrictions"): "RESTRICTED",
    ("restriction", "kinds"): "RESTRICTED",
    ("restriction", "imposedOn"): "RESTRICTED",
    ("restriction", "liftedOn"): "RESTRICTED",
    ("restriction", "inForce"): "RESTRICTED",
    ("employment", "rate"): "INTERNAL",
    ("employment", "departments"): "INTERNAL",
    ("training", "hours"): "INTERNAL",
    ("training", "credits"): "INTERNAL",
}
"""By which parts of a filter not everyone may ask, by kind of record and name."""

FACET: Final = "RESTRICTED"
"""The class of the reasons against somebody's right to practise, when hits are counted by them."""


@dataclass(frozen=True)
class Sight:
    """The workers of whom a caller sees the facts of a class; all: also those whom nobody knows."""

    everyone: bool
    workers: frozenset[UUID]

    @property
    def nobody(self) -> bool:
        """Whether he may not even ask."""
        return not self.everyone and not self.workers


def asks(caller: Caller, field_class: str) -> bool:
    """Whether he may ask by facts of a class at all: where he sees them of somebody, if only of one."""
    return best(caller, field_class, maskable=True)[0] == VALUE


def sight(world: World, caller: Caller, field_class: str) -> Sight:
    """Whom he sees these facts of, as values."""
    most, everywhere = best(caller, field_class, maskable=True)
    reaching = replace(caller, organizations=tuple(world.reached(caller.organizations)))
    seen = (
        row.id
        for row in world.rows["worker"]
        if outcome(reaching, field_class, world.person(row), maskable=True) == VALUE
    )
    return Sight(most == VALUE and everywhere, frozenset(seen))

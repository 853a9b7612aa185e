"""Conditions by chance over every fact and relation, with values that records have."""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final
from uuid import UUID

from auth.rights import FieldClass
from projections.matching.marks import NOUNS
from projections.search.condition import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    Fact,
    Is,
    NotOf,
    OneOf,
    Quantifier,
    Related,
    Test,
    Within,
)

DEEPEST: Final = 3

CLASSES: Final[Mapping[tuple[str, str], FieldClass]] = {
    ("Worker", "born_on"): FieldClass.PERSONAL,
    ("Worker", "reasons"): FieldClass.RESTRICTED,
    ("Worker", "restrictions"): FieldClass.RESTRICTED,
    ("Employment", "rate"): FieldClass.INTERNAL,
    ("Employment", "department"): FieldClass.INTERNAL,
    ("Training", "hours"): FieldClass.INTERNAL,
    ("Training", "credits"): FieldClass.INTERNAL,
} | {("Restriction", name): FieldClass.RESTRICTED for name in NOUNS["Restriction"].facts}
"""What is not public, by noun and name."""

STAFF: Final = ("Organization", "employments")
"""The relation that is not read to its end, so that marks need not be told."""


class Conditions:
    """Makes conditions. `values`: by noun and fact, some that records have; `staff`: whether to ask by it."""

    def __init__(
        self, random: Random, values: Mapping[tuple[str, str], Sequence[Any]], *, staff: bool = False
    ) -> None:
        self._random, self._values, self._staff = random, values, staff

    def condition(self, noun: str, depth: int = DEEPEST, *, guarded: bool = True) -> Condition:
        """One condition, nested no deeper; `guarded`: it may ask by what is not public."""
        random = self._random
        chance = random.random()
        if depth and chance < 0.3:
            parts = tuple(
                self.condition(noun, depth - 1, guarded=guarded) for _ in range(random.randint(0, 3))
            )
            return random.choice((AllOf, AnyOf, AllOf))(parts)
        if depth and chance < 0.4:
            return NotOf(self.condition(noun, depth - 1, guarded=guarded))
        relations = self._relations(noun, guarded)
        if depth and relations and chance < 0.75:
            return self._related(noun, random.choice(relations), depth, guarded)
        return self._fact(noun, guarded)

    def _relations(self, noun: str, guarded: bool) -> list[str]:
        known = [name for name in NOUNS[noun].relations if guarded or (noun, name) not in CLASSES]
        return [name for name in known if self._staff or (noun, name) != STAFF]

    def _related(self, noun: str, name: str, depth: int, guarded: bool) -> Related:
        """Where a relation leads to other people, what lies beyond asks by public facts alone."""
        relation = NOUNS[noun].relations[name]
        inner = guarded and (noun == "Worker" or name == "worker")
        quantifier = self._random.choice(tuple(Quantifier))
        where = self.condition(relation.noun, depth - 1, guarded=inner and relation.noun != "Organization")
        return Related(name, quantifier, where, CLASSES.get((noun, name), FieldClass.PUBLIC))

    def _fact(self, noun: str, guarded: bool) -> Fact:
        names = [name for name in NOUNS[noun].facts if guarded or (noun, name) not in CLASSES]
        name = self._random.choice(names)
        field_class = CLASSES.get((noun, name), FieldClass.PUBLIC)
        return Fact(name, self._test(self._values[noun, name], several=name in SEVERAL), field_class)

    def _test(self, values: Sequence[Any], *, several: bool) -> Test:
        random = self._random
        if not values:
            return OneOf(())
        if isinstance(values[0], bool):
            return Is(random.choice((True, False)))
        chance = random.random()
        if chance < 0.1 and not several:
            return Absent()
        if several or isinstance(values[0], str | UUID):
            least = 0 if chance < 0.15 else 1
            return OneOf(tuple(random.sample(values, random.randint(least, min(4, len(values))))))
        return self._within(values)

    def _within(self, values: Sequence[Any]) -> Test:
        random = self._random
        bounds = sorted(random.choice(values) for _ in range(2))
        if isinstance(bounds[0], dt.date) and random.random() < 0.2:
            bounds[1] = bounds[0] + dt.timedelta(random.randint(0, 400))
        return Within(*random.choice(([*bounds], [None, bounds[1]], [bounds[0], None])))


SEVERAL: Final = frozenset({"activity", "reasons"})
"""Facts of which a record has several."""

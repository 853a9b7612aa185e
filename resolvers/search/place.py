"""Where one stands while a filter is read: the path to there, how deep it is, and what was asked so far."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Final

from auth.rights import FieldClass
from auth.walk import Coordinate
from projections.search.condition import Condition, Fact, Path, Quantifier, Related, Test
from projections.search.errors import BadSearch

MOST_DEPTH: Final = 6
"""Filters inside each other, the outermost counted."""

MOST_FACTS: Final = 50
"""Facts and relations in one filter."""

MOST_VALUES: Final = 1_000
"""Values that one fact may be compared with."""


@dataclass(slots=True)
class Tally:
    """What a whole filter asks by: how many facts, and which coordinates that are not for everyone."""

    facts: int = 0
    guarded: dict[Coordinate, FieldClass] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the arguments of a search. Raises BadSearch where a filter is too large."""

    path: Path
    tally: Tally
    depth: int = 0
    field_class: FieldClass = FieldClass.PUBLIC
    """The class of what is asked here."""

    def entered(self) -> "Place":
        """The same place, inside one filter more."""
        if self.depth >= MOST_DEPTH:
            raise BadSearch(self.path, f"filters may stand {MOST_DEPTH} deep in each other at most")
        return replace(self, depth=self.depth + 1)

    def at(self, step: str | int) -> "Place":
        """A place one step further on."""
        return replace(self, path=(*self.path, step))

    def of(self, owner: str, name: str, field_class: FieldClass) -> "Place":
        """The place of an input's field, by GraphQL's names, that asks by this class."""
        if field_class is not FieldClass.PUBLIC:
            self.tally.guarded[owner, name] = field_class
        return replace(self, path=(*self.path, name), field_class=field_class)

    def fact(self, name: str, test: Test) -> Condition:
        """The condition that a fact of the record passes a test."""
        self._count()
        return Fact(name, test, self.field_class, self.path)

    def related(self, name: str, quantifier: Quantifier, where: Condition) -> Condition:
        """The condition that some, none or all of the related records pass another one."""
        self._count()
        return Related(name, quantifier, where, self.field_class, self.path)

    def fault(self, right: str) -> BadSearch:
        """What to raise of this place: it says what would be right."""
        return BadSearch(self.path, right)

    def _count(self) -> None:
        self.tally.facts += 1
        if self.tally.facts > MOST_FACTS:
            raise BadSearch(self.path, f"one filter may ask by {MOST_FACTS} facts and relations at most")


def fixed(condition: object) -> Hashable:
    """What of a condition fixes which rows there are: for a cursor's scope, so nothing of a person's own."""
    match condition:
        case Fact(name, test, field_class):
            shown = field_class not in (FieldClass.PERSONAL, FieldClass.IDENTITY)
            return name, repr(test) if shown else "*"
        case Related(name, quantifier, where):
            return name, quantifier.value, fixed(where)
    parts = getattr(condition, "parts", None) or [getattr(condition, "part", None)]
    return type(condition).__name__, *(fixed(each) for each in parts if each is not None)

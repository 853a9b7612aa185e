"""Between which sets of workers those are who pass a condition: who passes surely, and who may pass.

Where both are the same, the condition is a set itself, and is counted without a look at any worker.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from auth.rights import FieldClass
from projections.search.condition import Fact, Is, OneOf, Related
from projections.search.expiring import expiring
from projections.search.literals import Every, Formula, Linked, Some, Stated, every
from projections.search.sets import EVERYBODY, NOBODY, NONE, Having, Sets, both, either, without


@dataclass(frozen=True, slots=True)
class Between:
    """Everybody in `least` passes, nobody outside `most`."""

    least: Sets = NOBODY
    most: Sets = EVERYBODY

    @property
    def doubt(self) -> Sets:
        """Those who may pass and do not surely."""
        return both(self.most, without(self.least))

    @property
    def turned(self) -> "Between":
        """The same of the opposite."""
        return Between(without(self.most), without(self.least))


@dataclass(frozen=True, slots=True)
class _Record:
    """A condition on one record of the day. `of`: what it is about; None: what may differ from one record to
    the next though nothing that is kept tells it.
    """

    between: Between
    of: str | None = None


_OWN: Final = {"region": "region", "status": "status", "sex": "sex", "allowed": "allowed"}
_EMPLOYERS: Final = {"kind": "kind", "region": "employer_region", "ownership": "ownership"}
_NOW: Final = {"credentials": "in_force", "categories": "in_force", "employments": "current"}
_ANY: Final = {"credentials": "specialty", "categories": "category", "employments": "position"}
_SINGLE: Final = {
    "credentials": ("specialty",),
    "categories": ("graded",),
    "employments": ("position", "employer"),
}
"""What all records of the day have in common, of those workers who are in the set `single` of this value."""
_BEST_FIRST: Final = ("HIGHEST", "FIRST", "SECOND")
"""Of categories the best one is kept."""


def sets(formula: Formula, day: dt.date) -> Sets | None:
    """The condition as sets; None where it is not about them alone."""
    found = between(formula, day)
    return found.least if found.least == found.most else None


def between(formula: Formula, day: dt.date) -> Between:
    """Who passes a condition on this day, which has to be the projection's own."""
    match formula:
        case Every(parts):
            found = [between(part, day) for part in parts]
            return Between(both(*(each.least for each in found)), both(*(each.most for each in found)))
        case Some(parts):
            found = [between(part, day) for part in parts]
            return Between(either(*(each.least for each in found)), either(*(each.most for each in found)))
        case Stated(fact, positive):
            own = _having(fact, _OWN.get(fact.name))
            return own if positive else own.turned
        case Linked(relation, where, positive):
            related = Between()
            if relation.field_class is FieldClass.PUBLIC and relation.name in _NOW:
                related = _related(relation.name, where, day)
            return related if positive else related.turned


def _having(fact: Fact, name: str | None) -> Between:
    """Whoever passes the fact, where everyone may know it."""
    if name is None or fact.field_class is not FieldClass.PUBLIC:
        return Between()
    match fact.test:
        case OneOf(values):
            found = Having(name, tuple(sorted({str(each) for each in values})))
        case Is(bool(value)):
            found = Having(name, ("true" if value else "false",))
        case _:
            return Between()
    return Between(found, found)


def _related(relation: str, where: Formula, day: dt.date) -> Between:
    """Whoever has a record that passes. One of the day is one of all."""
    parts = list(every(where))
    rest = [part for part in parts if not _is_now(part, _NOW[relation])]
    found = _of_the_day(relation, [each for part in rest for each in _records(relation, part, day)])
    return found if len(rest) < len(parts) else Between(found.least, EVERYBODY)


def _is_now(part: Formula, name: str) -> bool:
    if not isinstance(part, Stated) or not part.positive or part.fact.name != name:
        return False
    return part.fact.field_class is FieldClass.PUBLIC and part.fact.test == Is(True)


def _of_the_day(relation: str, records: Sequence[_Record]) -> Between:
    """Whoever has a record of the day that passes all this: he has some that passes each."""
    anyone = without(Having(_ANY[relation], (NONE,)))
    if not records:
        return Between(anyone, anyone)
    if len(records) == 1:
        return records[0].between
    least = both(*(each.between.least for each in records), _alike(relation, records))
    return Between(least, both(anyone, *(each.between.most for each in records)))


def _alike(relation: str, records: Sequence[_Record]) -> Sets:
    """The workers of whose records one passes all these conditions if each is passed by some: at most one
    of the conditions is about something that their records do not have in common.
    """
    kept = _SINGLE[relation]
    ways = [
        both(*(Having("single", (each,)) for each in kept if each in common))
        for common in ([(each,) for each in kept] + [kept])
        if sum(record.of not in common for record in records) <= 1
    ]
    return either(*ways)


def _records(relation: str, part: Formula, day: dt.date) -> Sequence[_Record]:
    """What a part asks of one record of the day."""
    match part:
        case Stated(fact, True) if relation == "categories" and fact.name == "category":
            return [_Record(_of_best(fact))]
        case Stated(fact, True) if relation == "categories" and fact.name == "specialty":
            return [_Record(_having(fact, "graded"), "graded")]
        case Stated(fact, True) if fact.name == _ANY[relation]:
            return [_Record(_having(fact, fact.name), fact.name)]
        case Stated(fact, positive) if relation == "credentials" and fact.name == "valid_until":
            public = fact.field_class is FieldClass.PUBLIC
            found = expiring(fact.test, positive, day) if public else (NOBODY, EVERYBODY)
            return [_Record(Between(*found))]
        case Linked(related, where, True) if relation == "employments" and _is_organization(related):
            return [_Record(at_employer(each), "employer") for each in every(where)] or [_Record(Between())]
        case _:
            return [_Record(Between())]


def _is_organization(related: Related) -> bool:
    return related.name == "organization" and related.field_class is FieldClass.PUBLIC


def _of_best(fact: Fact) -> Between:
    """Whoever has one of these categories: he whose best one it is, at most those with a better one."""
    best = _having(fact, "category").least
    if not isinstance(best, Having):
        return Between()
    places = [_BEST_FIRST.index(value) for value in best.values if value in _BEST_FIRST]
    known = _BEST_FIRST[: max(places, default=-1) + 1]
    return Between(best, Having("category", tuple(sorted(known))))


def at_employer(part: Formula) -> Between:
    """Whoever is employed now by an organization of which this is true."""
    if not isinstance(part, Stated) or not part.positive:
        return Between()
    return _having(part.fact, _EMPLOYERS.get(part.fact.name))

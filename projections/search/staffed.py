"""Organizations by whom they employ now: among which workers those people are, as far as sets tell."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auth.rights import FieldClass
from projections.search.between import at_employer, between, sets
from projections.search.condition import Is, Root, Search
from projections.search.literals import Every, Formula, Linked, Stated, check_size, every, formula
from projections.search.sets import EVERYBODY, Sets, both


@dataclass(frozen=True, slots=True)
class Staffed:
    """An organization's hit has somebody employed as `relation` says, and he is in these sets."""

    relation: Linked
    sets: Sets
    rest: Formula
    """What is still to be asked of his employment: not what the sets say of himself beyond doubt."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The workers, by number, among whom those are whom a relation of organizations asks for."""

    relation: Linked
    slots: Sequence[int]
    rest: Formula


def staffed(search: Search, day: dt.date) -> Staffed | None:
    """Whom a search for organizations asks for, on the projection's own day; None: for nobody, for several,
    or sets do not tell.
    """
    if search.root is not Root.ORGANIZATION or search.day != day:
        return None
    check_size(search.where)
    parts = list(every(formula(search.where)))
    found = [part for part in parts if isinstance(part, Linked) and _asks_for_staff(part)]
    if len(found) != 1:
        return None
    workers = [between(part.where, day).most for part in _workers(found[0])]
    if both(*workers) == EVERYBODY:
        return None
    among = both(*workers, *(at_employer(part).most for part in parts))
    rest = Every(tuple(part for part in every(found[0].where) if not _is_sure(part, day)))
    return Staffed(found[0], among, rest)


def _asks_for_staff(part: Linked) -> bool:
    """Whether it asks for somebody who is employed now, whom everyone may know."""
    public = part.relation.field_class is FieldClass.PUBLIC
    if not part.positive or part.relation.name != "employments" or not public:
        return False
    return any(
        isinstance(each, Stated)
        and each.positive
        and each.fact.name == "current"
        and each.fact.test == Is(True)
        for each in every(part.where)
    )


def _workers(linked: Linked) -> Iterator[Linked]:
    """What is asked of the person."""
    for part in every(linked.where):
        if isinstance(part, Linked) and part.positive and part.relation.name == "worker":
            yield part


def _is_sure(part: Formula, day: dt.date) -> bool:
    """Whether it is asked of the person, and sets say it of whoever is in them."""
    if not isinstance(part, Linked) or not part.positive or part.relation.name != "worker":
        return False
    return part.relation.field_class is FieldClass.PUBLIC and sets(part.where, day) is not None

"""Relations of a worker that the projection keeps as sets in his own row, for its day: no other is read."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from auth.rights import FieldClass
from projections.search.binder import Binder
from projections.search.catalog import WORKER, Entity
from projections.search.condition import Is, OneOf, Test, Value, Within
from projections.search.literals import Formula, Linked, Stated, every
from projections.search.sights import organization_keys


@dataclass(frozen=True, slots=True)
class Kept:
    """A relation's records of the day: which fact says so, the sets by fact, and one that is never empty.
    `first`: the fact, a day from today on, of which the earliest is kept too, and where.
    """

    of_the_day: str
    sets: Mapping[str, str]
    any: str
    first: tuple[str, str] = ("", "")


_KEPT: Final[Mapping[str, Kept]] = {
    "employments": Kept(
        "current", {"position": "positions", "organization_oid": "organizations"}, "organizations"
    ),
    "credentials": Kept(
        "in_force", {"specialty": "specialties"}, "specialties", ("valid_until", "nearest_expiry")
    ),
}


@dataclass(frozen=True, slots=True)
class InSets:
    """A condition on a worker's sets. `whole`: it says all that the relation does, and not only a part."""

    sql: str
    whole: bool


def in_sets(linked: Linked, entity: Entity, alias: str, binder: Binder, day: dt.date) -> InSets | None:
    """That there is such a record on this day, as far as the worker's row says; None: it says nothing."""
    kept = _KEPT.get(linked.relation.name) if entity is WORKER else None
    tests = None if kept is None else _tests(linked.where)
    if kept is None or tests is None or tests.get(kept.of_the_day) != Is(True):
        return None
    found, part = [], False
    for name, test in tests.items():
        if (column := kept.sets.get(name)) and not isinstance(test, Within):
            found.append(f"{alias}.{column} && {_array(column, test, binder)}")
        elif name == kept.first[0] and isinstance(test, Within) and test.high is not None:
            found.append(f"{alias}.{kept.first[1]} <= {binder.bind(test.high, 'date')}")
            part = part or not _begun(test, day)
        elif name != kept.of_the_day:
            part = True
    if not found:
        return InSets(f"{alias}.{kept.any} <> '{{}}'", not part)
    return InSets(f"({' and '.join(found)})", not part and len(found) == 1)


def _begun(test: Within, day: dt.date) -> bool:
    """Whether the range leaves out nothing that ends from this day on."""
    return test.low is None or (isinstance(test.low, dt.date) and test.low <= day)


def of_employer(linked: Linked, entity: Entity) -> Formula | None:
    """What an employer now has to pass, where that is all that is asked of a worker's employments."""
    if entity is not WORKER or linked.relation.name != "employments":
        return None
    match list(every(linked.where)):
        case [Stated() as now, Linked() as other] | [Linked() as other, Stated() as now]:
            current = now.positive and now.fact.name == "current" and now.fact.test == Is(True)
            asked = other.positive and other.relation.name == "organization"
            return other.where if current and asked else None
        case _:
            return None


def _array(column: str, test: Test, binder: Binder) -> str:
    texts = [str(value) for value in _values(test)]
    return organization_keys(texts, binder) if column == "organizations" else binder.bind(texts, "text[]")


def _values(test: Test) -> Sequence[Value]:
    match test:
        case Is(value):
            return (value,)
        case OneOf(values):
            return values
        case _:
            return ()


def _tests(formula: Formula) -> dict[str, Test] | None:
    """The test of each fact, where all that is asked is that each passes one."""
    found: dict[str, Test] = {}
    for stated in _stated(formula):
        if stated is None or stated.fact.name in found:
            return None
        if not isinstance(stated.fact.test, Is | OneOf | Within):
            return None
        found[stated.fact.name] = stated.fact.test
    return found


def _stated(formula: Formula) -> Iterator[Stated | None]:
    for part in every(formula):
        public = isinstance(part, Stated) and part.positive and part.fact.field_class is FieldClass.PUBLIC
        yield part if isinstance(part, Stated) and public else None

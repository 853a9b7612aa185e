"""Relations of a worker that the projection keeps as sets in his own row, for its day: no other is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from auth.rights import FieldClass
from projections.search.binder import Binder
from projections.search.catalog import WORKER, Entity
from projections.search.condition import Is, OneOf, Value
from projections.search.literals import Every, Formula, Linked, Stated
from projections.search.sights import organization_keys


@dataclass(frozen=True, slots=True)
class Kept:
    """A relation's records of the day: which fact says so, the sets by fact, and one that is never empty."""

    of_the_day: str
    sets: Mapping[str, str]
    any: str


_KEPT: Final[Mapping[str, Kept]] = {
    "employments": Kept(
        "current", {"position": "positions", "organization_oid": "organizations"}, "organizations"
    ),
    "credentials": Kept("in_force", {"specialty": "specialties"}, "specialties"),
}


@dataclass(frozen=True, slots=True)
class InSets:
    """A condition on a worker's sets. `whole`: it says all that the relation does, and not only a part."""

    sql: str
    whole: bool


def in_sets(linked: Linked, entity: Entity, alias: str, binder: Binder) -> InSets | None:
    """That there is such a related record, as far as the worker's sets say; None: they say nothing."""
    kept = _KEPT.get(linked.relation.name) if entity is WORKER else None
    tests = None if kept is None else _tests(linked.where)
    if kept is None or tests is None or tests.get(kept.of_the_day) != (True,):
        return None
    found = [
        f"{alias}.{column} && {_array(column, tests[fact], binder)}"
        for fact, column in kept.sets.items()
        if fact in tests
    ]
    known = len(tests) == len(found) + 1
    if not found:
        return InSets(f"{alias}.{kept.any} <> '{{}}'", known)
    return InSets(f"({' and '.join(found)})", known and len(found) == 1)


def of_employer(linked: Linked, entity: Entity) -> Formula | None:
    """What an employer now has to pass, where that is all that is asked of a worker's employments."""
    if entity is not WORKER or linked.relation.name != "employments":
        return None
    match list(_parts(linked.where)):
        case [Stated() as now, Linked() as other] | [Linked() as other, Stated() as now]:
            current = now.positive and now.fact.name == "current" and now.fact.test == Is(True)
            asked = other.positive and other.relation.name == "organization"
            return other.where if current and asked else None
        case _:
            return None


def _array(column: str, values: Sequence[Value], binder: Binder) -> str:
    texts = [str(value) for value in values]
    return organization_keys(texts, binder) if column == "organizations" else binder.bind(texts, "text[]")


def _tests(formula: Formula) -> dict[str, Sequence[Value]] | None:
    """The values that each fact may have, where all that is asked is that each has one of some."""
    found: dict[str, Sequence[Value]] = {}
    for stated in _stated(formula):
        if stated is None or stated.fact.name in found:
            return None
        match stated.fact.test:
            case Is(value):
                found[stated.fact.name] = (value,)
            case OneOf(values):
                found[stated.fact.name] = values
            case _:
                return None
    return found


def _stated(formula: Formula) -> Iterator[Stated | None]:
    for part in _parts(formula):
        public = isinstance(part, Stated) and part.positive and part.fact.field_class is FieldClass.PUBLIC
        yield part if isinstance(part, Stated) and public else None


def _parts(formula: Formula) -> Iterator[Formula]:
    """What has to hold, without parts that are parts again."""
    if isinstance(formula, Every):
        for part in formula.parts:
            yield from _parts(part)
    else:
        yield formula

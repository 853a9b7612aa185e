"""Conditions about sets of workers alone, which the projection keeps as bits: who is of a region, say.

Such a condition is counted without a look at any worker. What is not of this kind gives None and is searched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auth.rights import FieldClass
from projections.search.condition import Fact, Is, OneOf
from projections.search.literals import Every, Formula, Linked, Some, Stated, every

NONE: Final = "\x1e"
"""The value of those who have none."""


@dataclass(frozen=True, slots=True)
class Having:
    """The workers that have one of these values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The other workers."""

    part: "Sets"


@dataclass(frozen=True, slots=True)
class Both:
    """The workers of all parts; without parts: everybody."""

    parts: tuple["Sets", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """The workers of any part."""

    parts: tuple["Sets", ...]


Sets = Having | Without | Both | Either

_OWN: Final = {"region": "region", "status": "status", "sex": "sex", "allowed": "allowed"}
_EMPLOYERS: Final = {"kind": "kind", "region": "employer_region", "ownership": "ownership"}
_NOW: Final = {"credentials": "in_force", "categories": "in_force", "employments": "current"}
_ANY: Final = {"credentials": "specialty", "categories": "category", "employments": "position"}
_BEST: Final = "HIGHEST"
"""Of categories the best one is kept: of the highest alone it says who has it."""


def sets(formula: Formula) -> Sets | None:
    """The same as sets; None where it is not about them alone."""
    match formula:
        case Every(parts) | Some(parts):
            found = [sets(part) for part in parts]
            known = tuple(part for part in found if part is not None)
            if len(known) < len(found):
                return None
            return Both(known) if isinstance(formula, Every) else Either(known)
        case Stated(fact, positive):
            name = _OWN.get(fact.name)
            return None if name is None else _signed(_having(fact, name), positive)
        case Linked(relation, where, positive):
            return _signed(_related(relation.name, where), positive)


def _signed(found: Sets | None, positive: bool) -> Sets | None:
    return found if found is None or positive else Without(found)


def _having(fact: Fact, name: str) -> Having | None:
    """Whoever passes the fact, where everyone may know it."""
    if fact.field_class is not FieldClass.PUBLIC:
        return None
    match fact.test:
        case OneOf(values):
            return Having(name, tuple(sorted({str(each) for each in values})))
        case Is(bool(value)):
            return Having(name, ("true" if value else "false",))
        case _:
            return None


def _related(relation: str, where: Formula) -> Sets | None:
    """Whoever has one that is in force, or lasts now, and perhaps is of certain values."""
    parts = list(every(where))
    rest = [part for part in parts if not _is_now(part, _NOW.get(relation))]
    if len(rest) == len(parts):
        return None
    if not rest:
        return Without(Having(_ANY[relation], (NONE,)))
    return _of_values(relation, rest[0]) if len(rest) == 1 else None


def _is_now(part: Formula, name: str | None) -> bool:
    if not isinstance(part, Stated) or not part.positive or part.fact.name != name:
        return False
    return part.fact.field_class is FieldClass.PUBLIC and part.fact.test == Is(True)


def _of_values(relation: str, part: Formula) -> Sets | None:
    match part:
        case Stated(fact, True) if fact.name == _ANY[relation]:
            found = _having(fact, fact.name)
            known = relation != "categories" or (found is not None and found.values == (_BEST,))
            return found if known else None
        case Linked(related, where, True) if relation == "employments" and related.name == "organization":
            parts = list(every(where))
            return _of_employer(parts[0]) if len(parts) == 1 else None
        case _:
            return None


def _of_employer(part: Formula) -> Sets | None:
    if not isinstance(part, Stated) or not part.positive or part.fact.name not in _EMPLOYERS:
        return None
    return _having(part.fact, _EMPLOYERS[part.fact.name])


def implied(formula: Formula) -> Iterator[Sets]:
    """Sets in which everyone is who passes this, where it says more of one record than sets can."""
    match formula:
        case Linked(relation, where, True):
            now = [part for part in every(where) if _is_now(part, _NOW.get(relation.name))]
            if now:
                yield Without(Having(_ANY[relation.name], (NONE,)))
                for part in _single(every(where)):
                    found = _of_values(relation.name, part)
                    if found is not None:
                        yield found


def _single(parts: Iterator[Formula]) -> Iterator[Formula]:
    """Each part, a relation with each of its own conditions alone: somebody who passes all passes each."""
    for part in parts:
        match part:
            case Linked(relation, where, True):
                yield from (Linked(relation, each, True) for each in every(where))
            case _:
                yield part


def named(found: Sets) -> Iterator[Having]:
    """Every set that is mentioned."""
    match found:
        case Having():
            yield found
        case Without(part):
            yield from named(part)
        case Both(parts) | Either(parts):
            for each in parts:
                yield from named(each)


FACETS: Final[Mapping[str, str]] = {
    "REGION": "region",
    "STATUS": "status",
    "SEX": "sex",
    "SPECIALTY": "specialty",
    "POSITION": "position",
    "ORGANIZATION_KIND": "kind",
    "ORGANIZATION_REGION": "employer_region",
    "OWNERSHIP": "ownership",
    "CATEGORY": "category",
    "ELIGIBLE": "allowed",
}
"""Facets whose values are sets."""

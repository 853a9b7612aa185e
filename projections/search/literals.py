"""Conditions with every negation pushed to what it is about, as two-valued logic allows. Knows no SQL."""

from collections.abc import Iterator
from dataclasses import dataclass

from projections.search.condition import AllOf, AnyOf, Condition, Fact, NotOf, Quantifier, Related
from projections.search.errors import BadSearch

MOST_FACTS = 50
MOST_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """A part holds."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact passes its test, or does not."""

    fact: Fact
    positive: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """There is a related record that passes, or there is none. `quantifier` is the caller's own word."""

    relation: Related
    where: "Formula"
    positive: bool


Formula = Every | Some | Stated | Linked


def formula(condition: Condition, positive: bool = True) -> Formula:
    """The same condition, or its opposite, without a `not` around anything but a literal."""
    match condition:
        case NotOf(part):
            return formula(part, not positive)
        case AllOf(parts) | AnyOf(parts):
            inner = tuple(formula(part, positive) for part in parts)
            return Every(inner) if isinstance(condition, AllOf) == positive else Some(inner)
        case Fact():
            return Stated(condition, positive)
        case Related(quantifier=Quantifier.SOME):
            return Linked(condition, formula(condition.where), positive)
        case Related(quantifier=Quantifier.NONE):
            return Linked(condition, formula(condition.where), not positive)
        case Related():
            return Linked(condition, formula(condition.where, False), not positive)


def every(found: Formula) -> Iterator[Formula]:
    """What has to hold, without parts that are parts again."""
    if isinstance(found, Every):
        for part in found.parts:
            yield from every(part)
    else:
        yield found


def check_size(condition: Condition) -> None:
    """Raises BadSearch where there are too many facts, or relations stand too deep in one another."""
    paths = [path for path, _ in _sized(condition, 0)]
    if len(paths) > MOST_FACTS:
        raise BadSearch(paths[MOST_FACTS], f"should be at most {MOST_FACTS} facts in all")
    for path, depth in _sized(condition, 0):
        if depth > MOST_DEPTH:
            raise BadSearch(path, f"should be at most {MOST_DEPTH} relations deep")


def _sized(condition: Condition, depth: int) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Where each fact and relation stands, and how many relations are around it, itself among them."""
    match condition:
        case NotOf(part):
            yield from _sized(part, depth)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _sized(part, depth)
        case Related():
            yield condition.path, depth + 1
            yield from _sized(condition.where, depth + 1)
        case Fact():
            yield condition.path, depth

"""The counts of people that decide what may be told: a table, and every coarser one."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Final

from projections.analytics.exact import counted
from projections.analytics.question import SINGLE, Dimension, Key, Measure, Question, Scope
from projections.analytics.statements import people
from projections.analytics.suppression import Axes, Coarser, Counts, Lattice
from projections.search.answers import Answers

D = Dimension
Table = tuple[Dimension, ...]
Districts = Mapping[str, str]
"""The federal district of each region."""

EVERYONE: Final = Scope()
MOST_CELLS: Final = 50_000
_ORDER: Final = {dimension: place for place, dimension in enumerate(Dimension)}


def in_order(dimensions: Iterable[Dimension]) -> Table:
    """Dimensions in the order in which tables have them."""
    return tuple(sorted(dimensions, key=_ORDER.__getitem__))


async def lattice(
    answers: Answers,
    dimensions: Iterable[Dimension],
    day: dt.date,
    districts: Districts,
    *,
    at_place: bool = False,
    known: Mapping[Table, Counts] | None = None,
) -> Lattice:
    """How many people each cell has, in the table by all these dimensions and every coarser one.

    `at_place`: regions are those of organizations, of which a person may have several. `known`: tables that
    are counted already. Raises SearchError.
    """
    single = SINGLE - {D.REGION, D.FEDERAL_DISTRICT} if at_place else SINGLE
    counts: dict[Table, Counts] = dict(known or {})
    for table in _tables(in_order(dimensions)):
        if table in counts:
            continue
        summed = _summed(table, counts, single, districts)
        counts[table] = await people_of(answers, table, day, at_place=at_place) if summed is None else summed
    return Lattice({_named(table): known for table, known in counts.items()}, coarser_regions(districts))


def _tables(finest: Table) -> list[Table]:
    """The finest table and all coarser ones, each after those that it may be summed of."""
    found = [table for size in range(len(finest), -1, -1) for table in combinations(finest, size)]
    by_district = [
        tuple(D.FEDERAL_DISTRICT if each is D.REGION else each for each in table)
        for table in found
        if D.REGION in table
    ]
    return [*found, *by_district]


async def people_of(answers: Answers, table: Table, day: dt.date, *, at_place: bool = False) -> Counts:
    """How many people each cell of a table has. Raises SearchError."""
    question = Question(table, (Measure.WORKERS,), scope=EVERYONE, most=MOST_CELLS)
    rows = await counted(answers, people(question, day, at_place=at_place), question)
    return {key: int(told["workers"]) for key, told in rows}


def _summed(
    table: Table, counts: Mapping[Table, Counts], single: frozenset[Dimension], districts: Districts
) -> Counts | None:
    """A table as the sum of a finer one by a dimension of which everybody has one value."""
    for finer, known in counts.items():
        [*other] = set(finer) - set(table)
        if len(finer) == len(table) + 1 and set(table) < set(finer) and other[0] in single:
            place = finer.index(other[0])
            return _rekeyed(known, lambda key, at=place: key[:at] + key[at + 1 :])  # type: ignore[misc]
        if (
            D.FEDERAL_DISTRICT in table
            and other == [D.REGION]
            and D.REGION in single
            and len(finer) == len(table)
        ):
            place = finer.index(D.REGION)
            return _rekeyed(
                known,
                lambda key, at=place: (*key[:at], districts.get(key[at] or ""), *key[at + 1 :]),  # type: ignore[misc]
            )
    return None


def _rekeyed(counts: Counts, rekey: Callable[[Key], Key]) -> Counts:
    found: dict[Key, int] = {}
    for key, count in counts.items():
        new = rekey(key)
        found[new] = found.get(new, 0) + count
    return found


def _named(table: Table) -> Axes:
    return tuple(each.value for each in table)


def coarser_regions(districts: Districts) -> Mapping[str, Coarser]:
    """What a region is a part of."""
    return {D.REGION.value: Coarser(D.FEDERAL_DISTRICT.value, lambda region: districts.get(region or ""))}

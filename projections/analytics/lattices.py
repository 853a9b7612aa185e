"""The counts of people that decide what may be told: a table, and every coarser one."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from projections.analytics.crowd import Crowd, Table
from projections.analytics.question import Dimension, Key, Measure, Question, Scope
from projections.analytics.suppression import Axes, Coarser, Counts, Lattice
from projections.analytics.tables import Districts, Sums, tables
from projections.search.answers import Answers

D = Dimension
EVERYONE: Final = Scope()
MOST_CELLS: Final = 50_000
_ORDER: Final = {dimension: place for place, dimension in enumerate(Dimension)}


def in_order(dimensions: Iterable[Dimension]) -> Table:
    """Dimensions in the order in which tables have them."""
    return tuple(sorted(dimensions, key=_ORDER.__getitem__))


def of_everyone(dimensions: Iterable[Dimension]) -> Question:
    """The question of everyone by these dimensions."""
    return Question(in_order(dimensions), (Measure.WORKERS,), scope=EVERYONE, most=MOST_CELLS)


async def counted_by(
    answers: Answers,
    crowd: Crowd,
    districts: Districts,
    sums: Sequence[str] = (),
    whole: Iterable[Table] = (),
) -> tuple[Lattice, Mapping[Table, dict[Key, Sums]]]:
    """How many people each cell has, in the table of a crowd and every coarser one; of some all the sums.

    Raises SearchError.
    """
    all_of = {*whole}
    wanted = {each: each in all_of for each in every_table(crowd.question.by)}
    found = await tables(answers, crowd, sums, wanted, districts)
    counts = {named(table): _people(known) for table, known in found.items()}
    return Lattice(counts, coarser_regions(districts)), found


def _people(found: Mapping[Key, Sums]) -> Counts:
    return {key: int(told["workers"]) for key, told in found.items() if told["workers"]}


def every_table(finest: Table) -> list[Table]:
    """The finest table and all coarser ones."""
    found = [table for size in range(len(finest), -1, -1) for table in combinations(finest, size)]
    by_district = [
        tuple(D.FEDERAL_DISTRICT if each is D.REGION else each for each in table)
        for table in found
        if D.REGION in table
    ]
    return [*found, *by_district]


def named(table: Table) -> Axes:
    return tuple(each.value for each in table)


def coarser_regions(districts: Districts) -> Mapping[str, Coarser]:
    """What a region is a part of."""
    return {D.REGION.value: Coarser(D.FEDERAL_DISTRICT.value, lambda region: districts.get(region or ""))}

"""Answers for those who see no individuals: cells of whole tables, those that the lattice lets be told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from projections.analytics.checks import axes
from projections.analytics.exact import Sums, over, sums, value
from projections.analytics.lattices import EVERYONE, MOST_CELLS, Districts, Table, in_order, lattice
from projections.analytics.question import (
    POSTS,
    STATUSES,
    Dimension,
    Key,
    Measure,
    Question,
    ordered,
)
from projections.analytics.reader import Row
from projections.analytics.suppression import Counts, Lattice
from projections.search.answers import Answers

D, M = Dimension, Measure


@dataclass(frozen=True, slots=True)
class Protected:
    """One protected question over one state of the projection."""

    answers: Answers
    question: Question
    day: dt.date
    districts: Districts

    async def rows(self) -> tuple[list[Row], Row]:
        """The rows that may be told, in order, and the row over all. Raises SearchError."""
        whole, total = self._tables()
        found = await self._cells(whole)
        seen = await self._seen(axes(self.question), {whole.by: _people(found)})
        at_place = await self._at_place()
        rows = [
            row
            for key in ordered(list(found))
            if self._is_asked(key, whole.by)
            for row in [self._row(key, whole, found[key], seen, at_place)]
            if any(each is not None for each in row.values)
        ]
        less = over(found, whole.by, total.by)
        cells = await self._cells(total) if less is None else less
        key = tuple(self._value(each) for each in total.by)
        all_of_it = self._row(key, total, cells.get(key, {}), seen, at_place)
        return sorted(rows, key=_first), replace(all_of_it, keys=())

    def _tables(self) -> tuple[Question, Question]:
        """The whole table that the rows are cells of, and the one that the row over all is a cell of."""
        narrowed = in_order({each.dimension for each in self.question.where})
        by = in_order(self.question.dimensions)
        whole = replace(self.question, where=(), by=by, scope=EVERYONE, most=MOST_CELLS)
        return whole, replace(whole, by=narrowed)

    async def _cells(self, table: Question) -> dict[Key, Sums]:
        return await sums(self.answers, table, self.day)

    async def _seen(self, found: frozenset[Dimension], known: Mapping[Table, Counts]) -> Lattice | None:
        """What may be told of people; None: nothing of people is asked."""
        if set(self.question.measures) <= POSTS:
            return None
        return await lattice(self.answers, found, self.day, self.districts, known=known)

    async def _at_place(self) -> Lattice | None:
        """The same with the regions of organizations, where posts are held against people."""
        if M.VACANCIES not in self.question.measures:
            return None
        return await lattice(self.answers, self.question.dimensions, self.day, self.districts, at_place=True)

    def _is_asked(self, key: Key, by: tuple[Dimension, ...]) -> bool:
        asked = {each.dimension: each.values[0] for each in self.question.where}
        return all(asked.get(dimension, value) == value for dimension, value in zip(by, key, strict=True))

    def _value(self, dimension: Dimension) -> str:
        return next(each.values[0] for each in self.question.where if each.dimension is dimension)

    def _row(
        self, key: Key, table: Question, told: Sums, seen: Lattice | None, at_place: Lattice | None
    ) -> Row:
        shown = tuple(
            value(measure, told) if self._is_told(measure, key, table.by, seen, at_place) else None
            for measure in self.question.measures
        )
        by = dict(zip(table.by, key, strict=True))
        keys = (
            tuple(by[each] for each in self.question.by)
            if table.by and set(self.question.by) <= set(by)
            else ()
        )
        return Row(keys, shown, any(each is None for each in shown))

    def _is_told(
        self,
        measure: Measure,
        key: Key,
        by: tuple[Dimension, ...],
        seen: Lattice | None,
        at_place: Lattice | None,
    ) -> bool:
        """Whether a measure of a cell may be told: of people, where the cell that it speaks of is told."""
        if measure is M.POSTS:
            return True
        if measure is M.VACANCIES:
            return at_place is not None and _is_in(at_place, dict(zip(by, key, strict=True)))
        cell: dict[Dimension, str | None] = dict(zip(by, key, strict=True))
        if seen is None or not _is_in(seen, cell):
            return False
        if measure in STATUSES:
            return _is_in(seen, cell | {D.CREDENTIAL_STATUS: STATUSES[measure]})
        if measure is M.CATEGORY_SHARE:
            return _is_in(seen, cell | {D.CATEGORY: None})
        return True


def _people(found: Mapping[Key, Sums]) -> Counts:
    return {key: int(told["workers"]) for key, told in found.items() if told.get("workers")}


def _is_in(found: Lattice, cell: Mapping[Dimension, str | None]) -> bool:
    named = in_order(cell)
    return tuple(cell[each] for each in named) in found.told(tuple(each.value for each in named))


def _first(row: Row) -> tuple[bool, object]:
    first = row.values[0]
    return first is None, 0 if first is None else -first

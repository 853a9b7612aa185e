"""Answers for those who see no individuals: cells of whole tables, those that the lattice lets be told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from projections.analytics.checks import axes
from projections.analytics.columns import OF_PLACE
from projections.analytics.crowd import Crowd, Table
from projections.analytics.exact import Found, over, posts_of, value
from projections.analytics.lattices import EVERYONE, MOST_CELLS, counted_by, in_order, of_everyone
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
from projections.analytics.statements import of_people
from projections.analytics.suppression import Lattice
from projections.analytics.tables import Districts, Sums
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
        seen, of_people = await self._people(whole.by, total.by)
        posts = await posts_of(self.answers, whole, self.day)
        found = _together([of_people.get(whole.by, {}), *posts])
        at_place = await self._at_place()
        rows = [
            row
            for key in ordered(list(found))
            if self._is_asked(key, whole.by)
            for row in [self._row(key, whole, found[key], seen, at_place)]
            if any(each is not None for each in row.values)
        ]
        key = tuple(self._value(each) for each in total.by)
        told = over({at: each for rows in posts for at, each in rows.items() if self._is_asked(at, whole.by)})
        told |= of_people.get(total.by, {}).get(key, {})
        all_of_it = self._row(key, total, told, seen, at_place)
        return sorted(rows, key=_first), replace(all_of_it, keys=())

    def _tables(self) -> tuple[Question, Question]:
        """The whole table that the rows are cells of, and the one that the row over all is a cell of."""
        narrowed = in_order({each.dimension for each in self.question.where})
        by = in_order(self.question.dimensions)
        whole = replace(self.question, where=(), by=by, scope=EVERYONE, most=MOST_CELLS)
        return whole, replace(whole, by=narrowed)

    async def _people(self, *whole: Table) -> tuple[Lattice | None, Mapping[Table, Found]]:
        """What may be told of people, and the sums of these tables; None: nothing of people is asked."""
        if set(self.question.measures) <= POSTS:
            return None, {}
        crowd = Crowd(of_everyone(axes(self.question)), self.day)
        return await counted_by(self.answers, crowd, self.districts, of_people(self.question), whole)

    async def _at_place(self) -> Lattice | None:
        """The same with the regions of organizations, where posts are held against people."""
        if M.VACANCIES not in self.question.measures:
            return None
        crowd = Crowd(of_everyone(self.question.dimensions), self.day, OF_PLACE)
        found, _ = await counted_by(self.answers, crowd, self.districts)
        return found

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


def _together(found: Sequence[Found]) -> Found:
    """The sums of each cell, of all of these."""
    rows: Found = {}
    for each in found:
        for key, told in each.items():
            rows.setdefault(key, {}).update(told)
    return rows


def _is_in(found: Lattice, cell: Mapping[Dimension, str | None]) -> bool:
    named = in_order(cell)
    return tuple(cell[each] for each in named) in found.told(tuple(each.value for each in named))


def _first(row: Row) -> tuple[bool, object]:
    first = row.values[0]
    return first is None, 0 if first is None else -first

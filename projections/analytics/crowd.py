"""People in one pass: groups of those who are alike, from which rows and coarser rows are summed.

A person with several employments is counted where one of them repeats no earlier one in the facts that are
asked about (`staff.repeats`): so many sets of facts, so many counts beside each other, and each adds up over
what it is coarser in. Lists, as of specialties, are unfolded of groups and not of everybody.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from projections.analytics.columns import OF_PLACE, STAFF, Column
from projections.analytics.people import PEOPLE, RATES
from projections.analytics.question import OF_EMPLOYMENT, Dimension, Question
from projections.analytics.rows import Rows
from projections.repeats import DISTRICT, EMPLOYMENT, GROUP, KIND, OWNERSHIP, POSITION, REGION, bit
from projections.search.binder import Statement

D = Dimension
Table = tuple[Dimension, ...]

_AT_WORK: Final[Mapping[Dimension, str]] = {
    D.ORGANIZATION_KIND: KIND,
    D.OWNERSHIP: OWNERSHIP,
    D.EMPLOYMENT_KIND: EMPLOYMENT,
    D.POSITION_GROUP: GROUP,
    D.POSITION: POSITION,
}
_AT_PLACE: Final = {**_AT_WORK, D.REGION: REGION, D.FEDERAL_DISTRICT: DISTRICT}


def marked(question: Question, *, at_place: bool = False) -> bool:
    """Whether nobody has to be compared: each employment says what earlier one it is like."""
    scope, facts = question.scope, _AT_PLACE if at_place else _AT_WORK
    if scope is not None and scope.organizations is not None:
        return False
    several = {each.dimension for each in question.where if len(each.values) != 1}
    if several & OF_EMPLOYMENT or not question.dimensions & OF_EMPLOYMENT <= facts.keys():
        return False
    return _bit(question.dimensions, facts) is not None


def _once(number: int) -> str:
    """That an employment repeats no earlier one of the person, in the facts of this bit."""
    return f"(s.repeats & {1 << number}::bigint) = 0" if number else "s.head"


def _bit(dimensions: Iterable[Dimension], facts: Mapping[Dimension, str]) -> int | None:
    return bit(frozenset(facts[each] for each in dimensions if each in facts))


class Crowd(Rows):
    """People who are alike in all that is asked about, and how many of them count in each coarser table."""

    none = True
    adds_up = False
    """Whether what is unfolded adds up, as single credentials do and people do not."""

    def __init__(
        self, question: Question, day: dt.date, columns: Mapping[Dimension, Column] | None = None
    ) -> None:
        super().__init__(question, day, columns)
        self._facts = _AT_PLACE if columns is OF_PLACE else _AT_WORK
        self._narrowed = frozenset(each.dimension for each in question.where)
        self.lists = tuple(each for each in question.by if self._is_list(each))
        """The dimensions that are unfolded."""

    def _is_list(self, dimension: Dimension) -> bool:
        return bool(self.told.columns[dimension].unfolds)

    def bit(self, table: Iterable[Dimension]) -> int:
        """By which bit people of this table are told apart."""
        found = _bit({*table, *self._narrowed}, self._facts)
        if found is None:
            raise ValueError(table)
        return found

    def branch(self, table: Iterable[Dimension]) -> Table:
        """Which lists are unfolded for this table."""
        return self.lists if self.adds_up else tuple(each for each in self.lists if each in set(table))

    def statement(self, sums: Sequence[str], tables: Mapping[Table, bool]) -> Statement:
        """Rows of each branch: its number, the keys, then the sums (`names`).

        `tables`: those that rows are summed to; of which all sums are wanted, and not people alone.
        """
        branches = list(dict.fromkeys(self.branch(each) for each in tables))
        names = self.names_of(sums, tables)
        later = [self._unfolded(branch, number, names) for number, branch in enumerate(branches)]
        most = self.question.most + 1
        limited = " union all ".join(f"(select * from ({each}) b limit {most})" for each in later)
        kept = "materialized" if len(later) > 1 else "not materialized"
        return self.binder.statement(f"with crowd as {kept} ({self._alike(sums, tables)}) {limited}")

    def names_of(self, sums: Sequence[str], tables: Mapping[Table, bool]) -> list[str]:
        """The sums of a row, by the bit that they are told apart by."""
        return list(self._counts(sums, tables))

    def _alike(self, sums: Sequence[str], tables: Mapping[Table, bool]) -> str:
        """The groups of those who are alike."""
        counts = self._counts(sums, tables)
        bits = {self.bit(each) for each in tables}
        conditions = [*self._conditions(later=False), *self.scoped()]
        if RATES not in sums and len(bits) == 1:
            conditions.append(_once(min(bits)))
        keys = [
            f"{sql} as {name}"
            for sql, name, dimension in zip(self.groups, self.names, self.question.by, strict=True)
            if dimension not in self.lists
        ]
        groups = [*keys, *self._arrays()]
        where = f" where {' and '.join(conditions)}" if conditions else ""
        grouped = f" group by {', '.join(map(str, range(1, len(groups) + 1)))}" if groups else ""
        listed = ", ".join([*groups, *(f"{sql} as {name}" for name, sql in counts.items())])
        rows = f"select {listed} from staff s {self.told.joins()}{where}{grouped}"
        return f"select row_number() over () as place, c.* from ({rows}) c" if self._arrays() else rows

    def _counts(self, sums: Sequence[str], tables: Mapping[Table, bool]) -> dict[str, str]:
        """What is summed, by its name."""
        bits = sorted({self.bit(each) for each in tables})
        found = {f"workers_{each}": f"count(*) filter (where {_once(each)})" for each in bits}
        for name in sums:
            if name == RATES:
                found[RATES] = "coalesce(sum(s.rate), 0)"
                continue
            for number in {self.bit(table) for table, whole in tables.items() if whole}:
                if name != "workers":
                    value = PEOPLE[name].format(day=self.binder.bind(self.day, "date"))
                    found[f"{name}_{number}"] = f"coalesce(sum({value}) filter (where {_once(number)}), 0)"
        return found

    def _conditions(self, *, later: bool) -> list[str]:
        """Those of whole people, or `later` those of single values of a list."""
        return [
            sql
            for sql, narrowing in zip(self.conditions, self.question.where, strict=True)
            if later == self._is_unfolded(narrowing.dimension)
        ]

    def _is_unfolded(self, dimension: Dimension) -> bool:
        column = self.told.columns[dimension]
        whole = column is STAFF[D.SPECIALTY] and dimension not in self.question.by
        return bool(column.unfolds) and not whole

    def _arrays(self) -> list[str]:
        """The lists that are unfolded later, as they stand beside the employment."""
        used = {each for each in self.question.dimensions if self._is_unfolded(each)}
        found = {self.told.columns[each].unfolds for each in used}
        if any(self.told.columns[each] is not STAFF[D.SPECIALTY] for each in used):
            found.add("s.held_years")
        return sorted(found)

    def _unfolded(self, branch: Table, number: int, names: Sequence[str]) -> str:
        """The rows of one branch."""
        keys = [
            (sql if each in self.lists else f"s.{name}")
            if each not in self.lists or each in branch
            else f"null::{self.told.columns[each].type}"
            for each, sql, name in zip(self.question.by, self.groups, self.names, strict=True)
        ]
        listed = "".join(f"{sql} as {name}, " for sql, name in zip(keys, self.names, strict=True))
        sums = ", ".join(self._summed(name) for name in names)
        if not self._arrays():
            return f"select {number} as branch, {listed}{', '.join(names)} from crowd s"
        rows, later = "crowd s", self._conditions(later=True)
        if branch or later:
            unnested = ", ".join(f"{sql} as {name}" for name, sql in self.told.unfolded.items())
            where = f" where {' and '.join(later)}" if later else ""
            rows = self._each(f"(select s.*, {unnested} from crowd s) s{where}", listed, names)
            listed = "".join(f"s.{name}, " for name in self.names)
        return f"select {number} as branch, {listed}{sums} from {rows}{self._grouping()}"

    def _grouping(self) -> str:
        places = (str(place + 2) for place in range(len(self.names)))
        return f" group by {', '.join(places)}" if self.names else ""

    def _each(self, rows: str, listed: str, names: Sequence[str]) -> str:
        """Those who are alike once for each value, however often they have it."""
        return f"(select distinct s.place, {listed}{', '.join(f's.{name}' for name in names)} from {rows}) s"

    def _summed(self, name: str) -> str:
        return f"coalesce(sum(s.{name}), 0)::bigint as {name}"

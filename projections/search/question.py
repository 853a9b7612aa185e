"""A search as statements: its pages, its count, its facets."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from projections.search.binder import Binder, Statement
from projections.search.catalog import ROOTS
from projections.search.compiled import EMPLOYERS, Compiler, Shape
from projections.search.condition import Root, Search, Value
from projections.search.errors import BadSearch
from projections.search.facets import FACETS, Facet
from projections.search.keys import Key, is_by_match, keys
from projections.search.literals import Every, Formula, check_size, formula
from projections.search.matches import Matches, Total
from projections.search.paging import beyond, parts, whole_order
from projections.search.positions import Place, place
from projections.search.reader import Position
from projections.search.sights import Sights
from projections.search.staffed import Staff
from projections.search.text import Word

_MOST_WAYS = 16
_COLUMN = re.compile(r"\br\.[a-z_]+")
_LOOKED = "looked"
"""Those who are looked at, where they are asked for twice."""


@dataclass(frozen=True, slots=True)
class State:
    """What the projection says of itself. `seed`: of people's hashes; `day`: that of derived facts."""

    seed: int
    day: dt.date


class Question:
    """One statement's parts: the record `r`, the condition that makes it a hit, its order."""

    def __init__(
        self,
        search: Search,
        words: Sequence[Word] | None,
        state: State,
        shape: Shape = Shape.JOINED,
        among: Sequence[int] | None = None,
        staff: Staff | None = None,
    ) -> None:
        """`words`: those of the search's text, with their ways to match. `among`: workers, by their slots,
        among whom all hits are: nobody else is looked at; `staff`: the same of whom organizations employ.
        """
        check_size(search.where)
        self._search = search
        self._entity = ROOTS[search.root]
        self.binder = Binder()
        self._matches = None if words is None else Matches(search.root, words, self.binder)
        self._sights = Sights(search.sights, search.day, state.seed, self.binder)
        self._same_day = state.day == search.day
        self._compiler = Compiler(
            self.binder, self._sights, search.day, same_day=self._same_day, shape=shape, staff=staff
        )
        self._filter = self._compiler.condition(formula(search.where), self._entity, "r")
        self._records, self._named = f"{self._entity.table} r", ""
        if among is not None:
            numbers: list[Value] = [*among]
            slots = self.binder.bind(numbers, "integer[]")
            self._named = f"unnest({slots}) of_sets(place) join worker r on r.slot = of_sets.place"
            self._records = f"(select r.* from {self._named} offset 0) r"
        found = [] if self._matches is None else [self._matches.condition()]
        self._condition = " and ".join([self._filter, *found])

    def count(self) -> Statement:
        """How many hits there are."""
        return self._statement(f"select count(*) from {self._records} where {self._condition}")

    def count_beside(self, sure: int, parts: Sequence[Formula]) -> Statement:
        """How many hits there are, beside those that are known, among the workers who are named: those of
        whom these parts of the filter are not sure.
        """
        number = self.binder.bind(sure, "bigint")
        return self._statement(f"select {number} + count(*) from {self._records} where {self.rest(parts)}")

    def pieces(self) -> list[str]:
        """Conditions that together choose what the text finds, nobody twice; none where that is not known."""
        return (self._matches.pieces() if self._matches else None) or []

    def rest(self, parts: Sequence[Formula]) -> str:
        """The condition of a hit as far as these parts of the filter and the text say it."""
        found = self._compiler.condition(Every(tuple(parts)), self._entity, "r")
        return found if self._matches is None else f"{found} and {self._matches.condition()}"

    def facet(self, by: str, top: int) -> Statement:
        """The most frequent values of the hits, each with its count."""
        facet = FACETS[self._search.root].get(by)
        if facet is None:
            known = ", ".join(FACETS[self._search.root])
            raise BadSearch(("facets", "by"), f"should be of {known}")
        condition = self._in_sight(facet)
        source = facet.source(same_day=self._same_day).format(day=self._day)
        return self._statement(
            f"select f.value::text, count(*) from (select {facet.value} as value from {self._records}"
            f" {source} where {condition}) f group by f.value"
            ' order by count(*) desc, f.value::text collate "C" nulls last'
            f" limit {self.binder.bind(top, 'bigint')}"
        )

    def sorted_page(
        self, start: Position | None, stop: Position | None, limit: int, backwards: bool
    ) -> Statement:
        """A page as all hits put in order: best where they are few."""
        ordered = self._ordered(backwards)
        conditions = self._until(ordered, stop)
        if start is not None:
            conditions.append(beyond(ordered, place(start, ordered), self.binder))
        return self._statement(
            self._part(ordered, [self._condition, *conditions], whole_order(ordered), limit)
        )

    def walked_page(
        self, start: Position | None, stop: Position | None, limit: int, backwards: bool
    ) -> Statement:
        """A page as parts that an index gives in order, each begun only when those before did not fill it."""
        ordered = self._ordered(backwards)
        conditions = self._until(ordered, stop)
        begun = None if start is None else place(start, ordered)
        pieces = [
            self._part(ordered, [self._condition, *part.conditions, *conditions], part.order, limit)
            for part in parts(ordered, begun, self.binder)
        ]
        return replace(self._one_by_one(pieces, limit), hopeful=bool(ordered[0].join))

    def matched_page(
        self, start: Position | None, stop: Position | None, limit: int, backwards: bool
    ) -> Statement | None:
        """A page of the best matches, score by score, each begun only when those before did not fill it.

        None where it does not apply: to other orders, or to a text with too many ways to score.
        """
        ordered = self._ordered(backwards)
        totals = None if self._matches is None or not is_by_match(self._search) else self._matches.totals()
        if totals is None:
            return None
        begun = None if start is None else place(start, ordered)
        pieces: list[str] = []
        ways = enough = 0
        for total in totals if ordered[0].descending else totals[::-1]:
            scored = (Key(f"{total.score}::bigint", "bigint", descending=ordered[0].descending), *ordered[1:])
            conditions = self._until(scored, stop)
            if begun is not None:
                if _is_past(total.score, begun, ordered[0]):
                    continue
                conditions += [beyond(scored, begun, self.binder), self._reached(scored, begun)]
            ways += len(total.ways)
            if pieces and ways > _MOST_WAYS:  # enough for nearly every page, and soon planned
                enough = limit
                break
            pieces.append(self._merged(total, scored, conditions, limit))
        return replace(self._one_by_one(pieces, limit), enough=enough) if pieces else None

    def _merged(self, total: Total, ordered: Sequence[Key], conditions: Sequence[str], limit: int) -> str:
        """The hits of one score: of each way to it as many as are needed, put in order."""
        order = whole_order(ordered[1:])
        ways = [
            self._part(ordered, [self._filter, way.condition, *conditions], order, limit, fenced=way.fenced)
            for way in total.ways
        ]
        if len(ways) == 1:
            return ways[0]
        names = [replace(key, sql=f"k{place}") for place, key in enumerate(ordered)]
        whole = " union all ".join(f"({way})" for way in ways)
        bound = self.binder.bind(limit, "bigint")
        return f"select * from ({whole}) as found order by {whole_order(names[1:])} limit {bound}"

    def _reached(self, ordered: Sequence[Key], begun: Place) -> str:
        """Among hits of the score where the page begins: the names from where it begins, for an index."""
        score, name = ordered[0], ordered[1]
        if begun[0] is None or begun[1] is None:
            return "true"
        other = f"{score.sql} <> {self.binder.bind(begun[0], score.type)}"
        sign = "<=" if name.descending else ">="
        return f"({other} or {name.sql} {sign} {self.binder.bind(begun[1], name.type)})"

    def _one_by_one(self, pieces: Sequence[str], limit: int) -> Statement:
        """The pieces in their order, as far as they are needed."""
        if len(pieces) == 1:
            return self._statement(pieces[0])
        whole = " union all ".join(f"({piece})" for piece in pieces)
        return self._statement(f"{whole} limit {self.binder.bind(limit, 'bigint')}")

    def _ordered(self, backwards: bool) -> Sequence[Key]:
        """The order in which the page is walked."""
        forward = keys(self._search, None if self._matches is None else self._matches.score())
        return tuple(key.turned for key in forward) if backwards else forward

    def _until(self, ordered: Sequence[Key], stop: Position | None) -> list[str]:
        """The condition of not having come to the page's end."""
        opposite = tuple(key.turned for key in ordered)
        return [] if stop is None else [beyond(opposite, place(stop, opposite), self.binder)]

    def _part(
        self,
        ordered: Sequence[Key],
        conditions: Sequence[str],
        order: str,
        limit: int,
        *,
        fenced: bool = False,
    ) -> str:
        """`fenced`: the hits are all found before they are put in order."""
        key = "r.oid" if self._search.root is Root.ORGANIZATION else "r.id"
        shown = ", ".join(f"{each.sql} as k{place}" for place, each in enumerate(ordered))
        joins = " ".join(dict.fromkeys(each.join for each in ordered if each.join))
        where = " and ".join(conditions)
        rows = f"{self._records} {joins} where {where}"
        if fenced:
            rows = f"(select * from {self._records} where {where} offset 0) r {joins}"
        bound = self.binder.bind(limit, "bigint")
        return f"select {key} as key, {shown} from {rows} order by {order} limit {bound}"

    def _in_sight(self, facet: Facet) -> str:
        extent = self._compiler.extent(facet.field_class, self._entity, "r")
        return f"{self._condition} and {extent}"

    @property
    def _day(self) -> str:
        return self.binder.bind(self._search.day, "date")

    def _statement(self, sql: str) -> Statement:
        if f" from {EMPLOYERS} " not in sql:
            return self.binder.statement(sql)
        found = f"select distinct k.organization from {_LOOKED} r, unnest(r.organizations) k(organization)"
        columns = ", ".join(sorted({"r.organizations", *_COLUMN.findall(sql)}))
        return self.binder.statement(
            f"with {_LOOKED} as materialized (select {columns} from {self._named}),"
            f" {EMPLOYERS} as materialized ({found}) {sql.replace(self._records, f'{_LOOKED} r')}"
        )


def _is_past(score: int, begun: Place, key: Key) -> bool:
    """Whether all hits of a score stand before the place where a page begins."""
    first = begun[0]
    return isinstance(first, int) and (score > first if key.descending else score < first)

"""A search as statements: its pages, its count, its facets."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from projections.search.binder import Binder, Statement
from projections.search.catalog import ROOTS
from projections.search.compiled import Compiler
from projections.search.condition import Root, Search
from projections.search.errors import BadSearch
from projections.search.facets import FACETS, Facet
from projections.search.keys import Key, keys
from projections.search.literals import check_size, formula
from projections.search.paging import beyond, parts, whole_order
from projections.search.positions import place
from projections.search.reader import Position
from projections.search.sights import Sights
from projections.search.text import Level, Word

_MOST_WORDS_APART = 3


@dataclass(frozen=True, slots=True)
class State:
    """What the projection says of itself. `seed`: of people's hashes; `day`: that of derived facts."""

    seed: int
    day: dt.date


class Question:
    """One statement's parts: the record `r`, the condition that makes it a hit, its order."""

    def __init__(self, search: Search, words: Sequence[Word] | None, state: State) -> None:
        """`words`: those of the search's text, with their ways to match."""
        check_size(search.where)
        self._search, self._words, self._state = search, words, state
        self._entity = ROOTS[search.root]
        self.binder = Binder()
        self._sights = Sights(search.sights, search.day, state.seed, self.binder)
        self._compiler = Compiler(self.binder, self._sights, self.binder.bind(search.day, "date"))
        self._condition = self._where()

    def count(self) -> Statement:
        """How many hits there are."""
        return self._statement(f"select count(*) from {self._entity.table} r where {self._condition}")

    def facet(self, by: str, top: int) -> Statement:
        """The most frequent values of the hits, each with its count."""
        facet = FACETS[self._search.root].get(by)
        if facet is None:
            known = ", ".join(FACETS[self._search.root])
            raise BadSearch(("facets", "by"), f"should be of {known}")
        condition = self._in_sight(facet)
        source = facet.source(same_day=self._state.day == self._search.day).format(day=self._day)
        return self._statement(
            f"select f.value::text, count(*) from (select {facet.value} as value from {self._entity.table} r"
            f" {source} where {condition}) f group by f.value"
            ' order by count(*) desc, f.value::text collate "C" nulls last'
            f" limit {self.binder.bind(top, 'bigint')}"
        )

    def sorted_page(
        self, start: Position | None, stop: Position | None, limit: int, backwards: bool
    ) -> Statement:
        """A page as all hits put in order: best where they are few."""
        ordered, conditions = self._bounded(stop, backwards)
        if start is not None:
            conditions.append(beyond(ordered, place(start, ordered), self.binder))
        return self._statement(self._part(ordered, conditions, whole_order(ordered), limit))

    def walked_page(
        self, start: Position | None, stop: Position | None, limit: int, backwards: bool
    ) -> Statement:
        """A page as parts that an index gives in order, each begun only when those before did not fill it."""
        ordered, conditions = self._bounded(stop, backwards)
        begun = None if start is None else place(start, ordered)
        pieces = [
            self._part(ordered, [*part.conditions, *conditions], part.order, limit)
            for part in parts(ordered, begun, self.binder)
        ]
        if len(pieces) == 1:
            return self._statement(pieces[0])
        whole = " union all ".join(f"({piece})" for piece in pieces)
        return self._statement(f"{whole} limit {self.binder.bind(limit, 'bigint')}")

    def _bounded(self, stop: Position | None, backwards: bool) -> tuple[Sequence[Key], list[str]]:
        """The order in which the page is walked, and the condition of not having come to its end."""
        forward = keys(self._search, self._score())
        ordered = tuple(key.turned for key in forward) if backwards else forward
        opposite = tuple(key.turned for key in ordered)
        return ordered, [] if stop is None else [beyond(opposite, place(stop, opposite), self.binder)]

    def _part(self, ordered: Sequence[Key], conditions: Sequence[str], order: str, limit: int) -> str:
        key = "r.oid" if self._search.root is Root.ORGANIZATION else "r.id"
        shown = ", ".join(f"{each.sql} as k{place}" for place, each in enumerate(ordered))
        joins = " ".join(dict.fromkeys(each.join for each in ordered if each.join))
        where = " and ".join([self._condition, *conditions])
        return (
            f"select {key} as key, {shown} from {self._entity.table} r {joins} where {where}"
            f" order by {order} limit {self.binder.bind(limit, 'bigint')}"
        )

    def _where(self) -> str:
        asked = self._compiler.condition(formula(self._search.where), self._entity, "r")
        if self._words is None:
            return asked
        return f"{asked} and {self._found(self._words)}"

    def _found(self, words: Sequence[Word]) -> str:
        """The condition that every word matches."""
        if not all(word.levels for word in words):
            return "false"
        if self._search.root is Root.CREDENTIAL:
            return self._found_credentials(words)
        return self._has("r", " & ".join(f"({_any(level.own for level in word.levels)})" for word in words))

    def _found_credentials(self, words: Sequence[Word]) -> str:
        """Each word is of the credential or of its worker: few words are tried in every such division, each
        of which indexes can answer.
        """
        if len(words) > _MOST_WORDS_APART:
            return " and ".join(
                f"({self._of_credential(w, 'r')} or {self._of_worker([w], 'r')})" for w in words
            )
        ways = [
            " and ".join(
                [self._of_credential(w, "c") for w, own in zip(words, division, strict=True) if own]
                + [self._of_worker([w for w, own in zip(words, division, strict=True) if not own], "c")]
            )
            for division in product((True, False), repeat=len(words))
        ]
        found = " union all ".join(f"select c.id from credential c where {way}" for way in ways)
        return f"r.id in ({found})"

    def _of_credential(self, word: Word, alias: str) -> str:
        own = [self._has(alias, _any(level.own for level in word.levels))]
        if codes := sorted({code for level in word.levels for code in level.codes}):
            own.append(f"{alias}.specialty_code = any({self.binder.bind(codes, 'text[]')})")
        return f"({' or '.join(own)})"

    def _of_worker(self, words: Sequence[Word], alias: str) -> str:
        if not words:
            return "true"
        query = " & ".join(f"({_any(level.person for level in word.levels)})" for word in words)
        return f"{alias}.person in (select s.person from worker s where {self._has('s', query)})"

    def _has(self, alias: str, query: str) -> str:
        return f"{alias}.words @@ {self.binder.bind(query, 'text')}::tsquery" if query else "false"

    def _score(self) -> str | None:
        """How well a hit matches the text: for each word its best way, summed; None without a text."""
        if self._words is None:
            return None
        scores = [self._word_score(word) for word in self._words if word.levels]
        return f"({' + '.join(scores)})" if scores else "0::bigint"

    def _word_score(self, word: Word) -> str:
        cases = "".join(
            f" when {' or '.join(self._level(level))} then {level.score}" for level in word.levels
        )
        return f"case{cases} else 0 end"

    def _level(self, level: Level) -> Iterator[str]:
        if level.own:
            yield self._has("r", level.own)
        if level.person:
            yield self._has("w", level.person)
        if level.codes:
            yield f"r.specialty_code = any({self.binder.bind(list(level.codes), 'text[]')})"

    def _in_sight(self, facet: Facet) -> str:
        extent = self._compiler.extent(facet.field_class, self._entity, "r")
        return f"{self._condition} and {extent}"

    @property
    def _day(self) -> str:
        return self.binder.bind(self._search.day, "date")

    def _statement(self, sql: str) -> Statement:
        return self.binder.statement(sql)


def _any(queries: Iterator[str]) -> str:
    return " | ".join(query for query in queries if query)

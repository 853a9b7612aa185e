"""A search with all that its statements depend on, and the ways to ask it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from projections.search.among import Among, Few
from projections.search.binder import Statement
from projections.search.compiled import Shape
from projections.search.condition import AllOf, AnyOf, Condition, NotOf, Related, Search
from projections.search.counted import (
    bounds,
    counting_pieces,
    divided,
    faceting_pieces,
    finding_pieces,
    of_sets,
)
from projections.search.keys import is_by_match
from projections.search.literals import Formula
from projections.search.question import Question, State
from projections.search.reader import Position
from projections.search.sets import EVERYBODY
from projections.search.staffed import Staff, staffed
from projections.search.text import Word


@dataclass(frozen=True, slots=True)
class Asking:
    """A search with all that its statements depend on. `lag`: seconds that rights may be behind, if known."""

    search: Search
    words: tuple[Word, ...] | None
    state: State
    lag: float | None
    among: Among | None = None
    """Among whom all hits are; None: sets do not tell."""
    staff: Staff | None = None
    """Among whom those are whom organizations have to employ, where sets tell and they are few."""

    def question(self, shape: Shape = Shape.JOINED) -> Question:
        """A fresh question: each binds the values of one statement."""
        return Question(self.search, self.words, self.state, shape, staff=self.staff)

    def narrowed(self, found: Among) -> "Asking":
        """The same, with what sets told of it."""
        staff = staffed(self.search, self.state.day)
        if staff is None:
            return replace(self, among=found)
        few = found.doubtful
        return self if few is None else replace(self, staff=Staff(staff.relation, tuple(few), staff.rest))

    def _named(self, whom: Sequence[int]) -> Question:
        return Question(self.search, self.words, self.state, Shape.NAMED, whom)

    def pages(
        self, start: Position | None, stop: Position | None, limit: int, backwards: bool
    ) -> list[Statement]:
        """The ways to find a page; they say the same, at different cost."""
        asked = (start, stop, limit, backwards)
        found = []
        if self.among is not None and self.among.slots is not None:
            named = self._named(self.among.slots).sorted_page(*asked)
            if self.among.is_few(limit):
                return [replace(named, light=self.among.number <= self.among.few.light)]
            found.append(named)
        found += [self.question(shape).sorted_page(*asked) for shape in self._shapes(Shape.BY_SETS)]
        for shape in self._shapes(Shape.WALKED):
            question = self.question(shape)
            walk = question.matched_page if is_by_match(self.search) else question.walked_page
            found += [each for each in [walk(*asked)] if each is not None]
        return _distinct(found)

    def counts(self) -> list[Statement]:
        """The ways to count all hits."""
        known, rest = divided(self.search, self.state)
        question = self.question()
        if not rest and (pieces := question.pieces()):
            return [counting_pieces(pieces, known, question.binder), *self._counts_of_few()]
        found = list(self._counts_by_sets(rest))
        if self.among is not None and self._is_enough(self.among.doubtful, self.among.few):
            return found
        return _distinct([*found, *(self.question(shape).count() for shape in self._shapes(Shape.BY_SETS))])

    def _counts_of_few(self) -> Iterator[Statement]:
        """A look at each of those among whom all hits are, where they are few."""
        if self.among is not None and self.among.slots is not None:
            yield self._named(self.among.slots).count()

    def _is_enough(self, whom: Sequence[int] | None, few: Few) -> bool:
        """Whether to look at each of these workers needs no other way beside it: they are few, or what is
        asked of them makes the planner believe in ways that are far longer than it thinks.
        """
        return whom is not None and (len(whom) <= few.named or _asks_of(("licenses",), self.search.where))

    def _counts_by_sets(self, rest: Sequence[Formula]) -> Iterator[Statement]:
        """Of those whom sets leave in doubt each is looked at, the others are counted."""
        if self.among is None:
            return
        if self.among.doubtful is not None:
            count = self._named(self.among.doubtful).count_beside(self.among.sure, rest)
            yield replace(count, light=len(self.among.doubtful) <= self.among.few.light)
        elif (doubt := bounds(self.search, self.state).doubt) != EVERYBODY:
            sure = self.among.sure
            for several in (self.among.number - sure, None):
                question = self.question()
                pieces = [question.rest(rest)]
                count = counting_pieces(pieces, doubt, question.binder, sure, several)
                # A walk through everybody is thought to be far shorter than it is.
                yield replace(count, hopeful=several is None)

    def found(self, most: int) -> Statement | None:
        """The hits by number, at most so many: of a text that names tell; None: of other searches."""
        few = self.among is not None and self.among.slots is not None
        known, rest = divided(self.search, self.state)
        question = self.question()
        if few or rest or not of_sets(self.search, self.state) or not (pieces := question.pieces()):
            return None
        return finding_pieces(pieces, known, most, question.binder)

    def facets(self, by: str, top: int) -> list[Statement]:
        """The ways to count the hits by a facet."""
        found = []
        if self.among is not None and self.among.slots is not None:
            named = self._named(self.among.slots).facet(by, top)
            if self._is_enough(self.among.slots, self.among.few):
                return [replace(named, light=self.among.number <= self.among.few.light)]
            found.append(named)
        found += [self.question(shape).facet(by, top) for shape in self._shapes(Shape.BY_SETS)]
        return _distinct([*found, *self._facets_by_sets(by, top)])

    def _facets_by_sets(self, by: str, top: int) -> Iterator[Statement]:
        if not of_sets(self.search, self.state):
            return
        (known, rest), question = divided(self.search, self.state), self.question()
        pieces = [] if rest else question.pieces()
        found = faceting_pieces(pieces or [question.rest(rest)], known, by, top, question.binder)
        if found is not None:
            yield found

    def _shapes(self, other: Shape) -> list[Shape]:
        """The shapes to try: another one only where employers are asked about."""
        asks = _asks_of(("employments", "licenses"), self.search.where)
        return [Shape.JOINED, other] if asks else [Shape.JOINED]


def _asks_of(relations: Sequence[str], condition: Condition) -> bool:
    match condition:
        case NotOf(part):
            return _asks_of(relations, part)
        case AllOf(parts) | AnyOf(parts):
            return any(_asks_of(relations, part) for part in parts)
        case Related(name, where=where):
            return name in relations or _asks_of(relations, where)
        case _:
            return False


def _distinct(statements: Sequence[Statement]) -> list[Statement]:
    return list({each.sql: each for each in statements}.values())

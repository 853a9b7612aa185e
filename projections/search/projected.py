"""Searches answered by the projection."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from projections.at_once import AtOnce
from projections.database import Projection
from projections.errors import ProjectionUnavailable
from projections.search.among import among, narrowing
from projections.search.answers import Answers, Bounds, Row
from projections.search.asking import Asking
from projections.search.binder import Binder, Statement
from projections.search.condition import Root, Search
from projections.search.counted import counting, faceting, faceting_found
from projections.search.errors import SearchUnavailable
from projections.search.guarded import is_guarded
from projections.search.positions import position
from projections.search.question import State
from projections.search.reader import Bucket, Freshness, Hit, Position
from projections.search.text import LAST_LETTER, MOST_LEXEMES, Vocabulary, Word, begun, cut, matched, near
from projections.search.words import tokens
from sources.dictionary import Dictionaries, Dictionary
from sources.keys import Oid
from sources.registry import Registry

_STATE = Statement(
    "select a.seed, a.day, a.built_at, extract(epoch from now() - p.as_of)::float8 as lag"
    " from about a left join position p on p.registry = 'WORKERS'",
    (),
)
_FRESHNESS = Statement("select registry, as_of, revision from position order by registry", ())
MOST_FOUND: Final = 400_000
"""So many hits are told by number, and put in their places here."""
_WITH_SURNAMES: Final = frozenset({Root.WORKER, Root.CREDENTIAL})
_OLD_RIGHTS: Final = (
    "the worker registry was taken over more than {:g} s ago, and whom you may ask this of depends on it"
)


class ProjectionReader:
    """A SearchReader over the projection's tables."""

    def __init__(self, projection: Projection, dictionaries: Dictionaries, bounds: Bounds) -> None:
        self._projection, self._bounds = projection, bounds
        # A page, its count and its facets are asked for at once; nobody holds a connection while he waits.
        self._asking = AtOnce(self._ask)
        self._narrowed = AtOnce(self._narrow)
        self._found = AtOnce(self._find)
        self._specialties = {
            entry.code: tuple(tokens(entry.name or ""))
            for entry in dictionaries.entries(Dictionary.SPECIALTIES)
        }

    async def page(
        self, search: Search, *, after: Position | None, before: Position | None, limit: int, backwards: bool
    ) -> Sequence[Hit]:
        """Hits strictly between two positions, in order: the first `limit`, or backwards the last.

        Raises SearchError.
        """
        start, stop = (before, after) if backwards else (after, before)
        asking = await self._narrowed.found(search)
        self._check(asking)
        rows = await self._rows(asking.pages(start, stop, limit, backwards))
        hits = [_hit(search.root, row) for row in rows]
        return hits[::-1] if backwards else hits

    async def count(self, search: Search) -> int:
        """How many hits there are. Raises SearchError."""
        asking = await self._asking.found(search)
        self._check(asking)
        known = counting(search, asking.state)
        ways = (await self._narrowed.found(search)).counts() if known is None else [known]
        return int((await self._rows(ways))[0][0])

    async def facet(self, search: Search, by: str, top: int) -> Sequence[Bucket]:
        """The `top` most frequent values among all hits. Raises SearchError."""
        asking = await self._asking.found(search)
        self._check(asking, by)
        known = faceting(search, by, top, asking.state)
        if known is None and (found := await self._found.found(search)) is not None:
            known = faceting_found(found, by, top)
        ways = (await self._narrowed.found(search)).facets(by, top) if known is None else [known]
        return [Bucket(value, count) for value, count in await self._rows(ways)]

    async def freshness(self) -> Sequence[Freshness]:
        """How far each registry has been taken over. Raises SearchError."""
        async with self._answers() as answers:
            rows = await answers.looked_up(_FRESHNESS)
        return [Freshness(Registry(row["registry"]), row["as_of"], row["revision"]) for row in rows]

    async def _narrow(self, search: Search) -> Asking:
        """The search, with those named among whom all hits are, where sets tell them and they are few."""
        asking = await self._asking.found(search)
        statement = narrowing(search, asking.state, self._bounds.few)
        if statement is None:
            return asking
        async with self._answers() as answers:
            rows = await answers.looked_up(statement)
        return asking.narrowed(among(rows, self._bounds.few))

    async def _find(self, search: Search) -> Sequence[int] | None:
        """The hits by number, once for all facets; None: that is not soon told, or they are too many."""
        statement = (await self._narrowed.found(search)).found(MOST_FOUND + 1)
        if statement is None:
            return None
        async with self._answers() as answers:
            found: Sequence[int] = (await answers.looked_up(statement))[0]["slots"] or ()
        return found if len(found) <= MOST_FOUND else None

    async def _ask(self, search: Search) -> Asking:
        """The search and the projection's state; a text's words are looked up already."""
        words = None if search.text is None else cut(search.text)
        async with self._answers() as answers:
            rows = await answers.looked_up(_STATE)
            if not rows or rows[0]["built_at"] is None:
                raise SearchUnavailable("the projection is not built yet")
            row = rows[0]
            known = None if words is None else await self._matched(answers, search.root, words)
        return Asking(search, known, State(row["seed"], row["day"]), row["lag"])

    def _check(self, asking: Asking, facet: str | None = None) -> None:
        """Raises SearchUnavailable where rights decide what is found, and are too old for that."""
        fresh = asking.lag is not None and asking.lag <= self._bounds.rights_lag
        if not fresh and is_guarded(asking.search, facet):
            raise SearchUnavailable(_OLD_RIGHTS.format(self._bounds.rights_lag))

    async def _rows(self, ways: Sequence[Statement]) -> Sequence[Row]:
        async with self._answers() as answers:
            return await answers.rows(ways)

    async def _matched(self, answers: Answers, root: Root, words: Sequence[str]) -> tuple[Word, ...]:
        """The words with their ways to match; surnames like them are looked up in one statement."""
        if root not in _WITH_SURNAMES:
            return matched(root, words, Vocabulary())
        binder = Binder()
        like = binder.bind(sorted({each for word in words for each in near(word)}), "text[]")
        end = binder.bind(LAST_LETTER, "text")
        lexemes, most = binder.bind(begun(root, words), "text[]"), binder.bind(MOST_LEXEMES + 1, "bigint")
        rows = await answers.looked_up(
            binder.statement(
                f"select word, null, null from surname where variants && {like} union all"
                f" select null, b, array(select lexeme from word where lexeme >= b and lexeme < b || {end}"
                f" order by lexeme limit {most}) from unnest({lexemes}) b"
            )
        )
        surnames = sorted(row[0] for row in rows if row[0] is not None)
        known = {row[1]: row[2] if len(row[2]) <= MOST_LEXEMES else None for row in rows if row[1]}
        return matched(root, words, Vocabulary(surnames, self._specialties, known))

    @asynccontextmanager
    async def _answers(self) -> AsyncIterator[Answers]:
        try:
            async with self._projection.connection() as connection:
                yield Answers(connection, self._bounds)
        except ProjectionUnavailable as exc:
            raise SearchUnavailable(str(exc)) from exc


def _hit(root: Root, row: Row) -> Hit:
    key = Oid(row[0]) if root is Root.ORGANIZATION else row[0]
    return Hit(key, position(row[1:]))

"""The oracle: what a search finds, in which order, and how its hits are counted, by plain SQL alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.search.database import Line
from tests.search.roots import ROOTS, Root
from tests.search.statement import Statement
from tests.search.words import score, typed_words

Buckets = list[tuple[str | None, int]]


@dataclass(frozen=True)
class Search:
    """A search as it is asked: the root's name, and the GraphQL variables of its arguments."""

    root: str
    where: Mapping[str, Any] | None = None
    query: str | None = None
    order_by: tuple[Mapping[str, Any], ...] = ()
    size: int = 20
    facets: tuple[str, ...] = ()
    top: int = 10


@dataclass(frozen=True)
class Found:
    """All hits in their order, by the key that the gateway shows, and the facets that were asked."""

    keys: Sequence[str]
    facets: Mapping[str, Buckets]


class Oracle:
    """Answers searches over the oracle's database. A planted mistake is a subclass with one thing wrong."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._tokens: dict[str, Sequence[tuple[str, str]]] = {}

    def forget(self) -> None:
        """Rows changed: read the words again."""
        self._tokens.clear()

    async def found(self, search: Search) -> Found:
        """The answer."""
        root = ROOTS[search.root]
        scores = None if search.query is None else await self._scores(root, search.query)
        hits = await self._hits(search, root, scores)
        facets = {by: await self._facet(root, by, [each["id"] for each in hits]) for by in search.facets}
        return Found(
            [each["key"] for each in hits], {by: found[: search.top] for by, found in facets.items()}
        )

    async def _hits(self, search: Search, root: Root, scores: Mapping[str, int] | None) -> Sequence[Any]:
        statement = self.made()
        source, condition = root.source, statement.where(root.entity, "r", search.where or {})
        if scores is not None:
            statement.values += [list(scores), list(scores.values())]
            count = len(statement.values)
            source += (
                f" join unnest(${count - 1}::text[], ${count}::int[]) as s(id, score) on s.id = {root.id}"
            )
        order = ", ".join(self.order(search, root))
        asked = f"select {root.key} as key, {root.id} as id from {source} where {condition} order by {order}"
        found: Sequence[Any] = await self._line.fetch(asked, *statement.values)
        return found

    def made(self) -> Statement:
        """An empty statement."""
        return Statement()

    def order(self, search: Search, root: Root) -> list[str]:
        """What the hits are ordered by: as asked, and by their own key in the end."""
        orders = search.order_by or (({"by": "MATCH"},) if search.query is not None else ())
        parts = [part for each in orders for part in self.ordered(root, each)]
        return [*parts, f'{root.key} collate "C" asc']

    def ordered(self, root: Root, asked: Mapping[str, Any]) -> list[str]:
        """One order; nulls last unless they are wanted first."""
        descending = asked.get("direction") == "DESC"
        nulls = "first" if asked.get("nulls") == "FIRST" else "last"
        if asked["by"] == "MATCH":
            best = "asc" if descending else "desc"
            return [f"s.score {best}", f"{root.name} asc nulls last"]
        return [f"{root.orders[asked['by']]} {'desc' if descending else 'asc'} nulls {nulls}"]

    async def _facet(self, root: Root, by: str, ids: Sequence[str]) -> Buckets:
        """How many hits have each value, each hit once in each; without any, it counts under null."""
        asked = f"""
            select v.value, count(distinct {root.id}) as count
            from {root.source} left join lateral ({root.facets[by]}) as v(value) on true
            where {root.id} = any($1::text[])
            group by v.value order by count(distinct {root.id}) desc, v.value collate "C" asc nulls last"""
        return [(row["value"], row["count"]) for row in await self._line.fetch(asked, list(ids))]

    async def _scores(self, root: Root, query: str) -> Mapping[str, int]:
        """Whatever every word matches, with the sum of what the words are worth at best."""
        words = self.typed(query)
        total: dict[str, int] | None = None
        for word in words:
            worth = await self._matched(root.entity, word)
            total = worth if total is None else {
                key: total[key] + worth[key] for key in total.keys() & worth.keys()
            }  # fmt: skip
        return total or {}

    def typed(self, query: str) -> list[str]:
        """The words that were typed."""
        return typed_words(query)

    async def _matched(self, entity: str, word: str) -> dict[str, int]:
        if entity not in self._tokens:
            asked = "select distinct kind, token from token where root = $1"
            self._tokens[entity] = [tuple(row) for row in await self._line.fetch(asked, entity)]
        worth = [(kind, token, self.score(word, kind, token)) for kind, token in self._tokens[entity]]
        kinds, matching, scores = zip(*[each for each in worth if each[2]] or [("", "", 0)], strict=True)
        rows = await self._line.fetch(
            """select t.key, max(m.score) as score
            from unnest($2::text[], $3::text[], $4::int[]) as m(kind, token, score)
            join token t on t.root = $1 and t.kind = m.kind and t.token = m.token group by t.key""",
            entity,
            list(kinds),
            list(matching),
            list(scores),
        )
        return {row["key"]: row["score"] for row in rows}

    def score(self, word: str, kind: str, token: str) -> int:
        """What a word is worth beside another."""
        return _score(word, kind, token)


_score = lru_cache(maxsize=1_000_000)(score)

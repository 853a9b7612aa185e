"""Searches in few words, and what they find as registry numbers."""

from projections.search.condition import (
    AllOf,
    Condition,
    Fact,
    OneOf,
    Order,
    Quantifier,
    Related,
    Root,
    Search,
    Value,
)
from projections.search.projected import ProjectionReader
from tests.projections.search.rows import DAY

TRUE = AllOf()


def search(
    where: Condition = TRUE, *orders: Order, text: str | None = None, root: Root = Root.WORKER
) -> Search:
    return Search(root, where, DAY, orders, text)


def one_of(name: str, *values: Value) -> Fact:
    return Fact(name, OneOf(values))


def some(name: str, where: Condition = TRUE) -> Related:
    return Related(name, Quantifier.SOME, where)


def none(name: str, where: Condition = TRUE) -> Related:
    return Related(name, Quantifier.NONE, where)


def every(name: str, where: Condition = TRUE) -> Related:
    return Related(name, Quantifier.EVERY, where)


async def found(reader: ProjectionReader, asked: Search) -> list[str | None]:
    """The unique keys of all hits, in order; counted too, which must agree."""
    hits = await reader.page(asked, after=None, before=None, limit=100, backwards=False)
    assert await reader.count(asked) == len(hits)
    return [hit.position[-1] for hit in hits]

"""Looking ahead gives the same hits, with fewer searches."""

import datetime as dt
from uuid import UUID

import pytest

from gateway.export.ahead import ReadAhead
from projections.search.condition import AllOf, Root, Search
from projections.search.reader import Hit, Position
from tests.fake_search import FakeSearch

SEARCH = Search(Root.WORKER, AllOf(), dt.date(2026, 11, 22))
HITS = [Hit(UUID(int=number), (f"{number:05}",)) for number in range(1_000)]


async def walk(reader: ReadAhead, size: int) -> list[Hit]:
    """Every hit, page by page, as a connection asks for them: one more than the page has."""
    found: list[Hit] = []
    after: Position | None = None
    while True:
        hits = await reader.page(SEARCH, after=after, before=None, limit=size + 1, backwards=False)
        found += hits[:size]
        if len(hits) <= size:
            return found
        after = hits[size - 1].position


@pytest.mark.parametrize("size", [1, 7, 99, 100, 999, 1_000, 2_000])
@pytest.mark.parametrize("most", [1, 100, 101, 250, 5_000])
async def test_the_pages_are_the_same(size: int, most: int) -> None:
    assert await walk(ReadAhead(FakeSearch(HITS), most), size) == HITS


async def test_many_pages_are_few_searches() -> None:
    reader = FakeSearch(HITS)
    await walk(ReadAhead(reader, 400), 20)
    assert len(reader.pages) == 4


async def test_a_page_that_is_asked_again_is_not_sought_again() -> None:
    reader = FakeSearch(HITS)
    ahead = ReadAhead(reader, 500)
    first = await ahead.page(SEARCH, after=None, before=None, limit=11, backwards=False)
    after = first[9].position
    second = await ahead.page(SEARCH, after=after, before=None, limit=11, backwards=False)
    assert await ahead.page(SEARCH, after=after, before=None, limit=11, backwards=False) == second
    third = await ahead.page(SEARCH, after=second[9].position, before=None, limit=11, backwards=False)
    assert (third[0], len(reader.pages)) == (HITS[20], 2)


async def test_another_search_is_sought_for_itself() -> None:
    reader = FakeSearch(HITS)
    ahead = ReadAhead(reader, 500)
    for day in (22, 23):
        search = Search(Root.WORKER, AllOf(), dt.date(2026, 11, day))
        await ahead.page(search, after=HITS[3].position, before=None, limit=5, backwards=False)
    assert len(reader.pages) == 2

"""Connections: each row on one page once, cursors that belong to one connection, nothing asked in vain."""

import base64
from collections import Counter
from collections.abc import Sequence

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from resolvers.connection import MOST_FIRST, Connection, bounded, cursor, cursor_key, scope
from resolvers.errors import BadArgument, BadCursor

SCOPE = scope("numbers")


class Numbers:
    """Numbers as rows, and how often they were asked for."""

    def __init__(self, rows: Sequence[int]) -> None:
        self._rows = sorted(rows)
        self.asked: Counter[str] = Counter()

    def page(self, first: int, after: str | None = None, belongs_to: str = SCOPE) -> Connection:
        key = cursor_key(belongs_to, after)

        async def fetch() -> Sequence[int]:
            self.asked["rows"] += 1
            return [row for row in self._rows if key is None or row > int(key)][: first + 1]

        async def count() -> int:
            self.asked["count"] += 1
            return len(self._rows)

        return Connection(belongs_to, first, after, key=str, fetch=fetch, count=count)


@settings(deadline=None)
@given(rows=some.sets(some.integers()), first=some.integers(1, MOST_FIRST))
async def test_walking_all_pages_gives_every_row_once(rows: set[int], first: int) -> None:
    numbers, after, pages = Numbers(list(rows)), None, 0
    walked: list[int] = []
    while True:
        page = numbers.page(first, after)
        walked += await page.nodes()
        pages += 1
        info = await page.page_info()
        assert info.has_previous_page is (pages > 1)
        if not info.has_next_page:
            break
        assert len(await page.nodes()) == first
        after = info.end_cursor

    assert walked == sorted(rows)
    assert pages == max(1, -(-len(rows) // first))


async def test_the_rows_are_fetched_once_and_only_when_wanted() -> None:
    numbers = Numbers([1, 2, 3])
    page = numbers.page(2)
    assert numbers.asked == {}

    await page.edges()
    await page.nodes()
    await page.page_info()

    assert numbers.asked == {"rows": 1}


async def test_the_count_is_taken_only_when_asked_for_and_fetches_no_row() -> None:
    numbers = Numbers([1, 2, 3])

    assert await numbers.page(2).total_count() == 3
    assert numbers.asked == {"count": 1}


async def test_edges_carry_the_cursors_that_the_page_ends_with() -> None:
    page = Numbers([1, 2, 3]).page(2)

    edges, info = await page.edges(), await page.page_info()

    assert [edge.node for edge in edges] == [1, 2]
    assert (info.start_cursor, info.end_cursor) == (edges[0].cursor, edges[1].cursor)
    assert cursor_key(SCOPE, edges[1].cursor) == "2"


async def test_a_page_of_nothing_has_no_cursors() -> None:
    info = await Numbers([]).page(5).page_info()

    assert (info.start_cursor, info.end_cursor) == (None, None)
    assert (info.has_next_page, info.has_previous_page) == (False, False)


@pytest.mark.parametrize("first", [1, MOST_FIRST])
def test_a_page_size_within_the_bounds_is_taken(first: int) -> None:
    assert bounded(first) == first


@pytest.mark.parametrize("first", [0, -1, MOST_FIRST + 1, 10_000])
def test_a_page_size_beyond_the_bounds_is_refused_with_them(first: int) -> None:
    with pytest.raises(BadArgument) as raised:
        bounded(first)

    assert str(raised.value) == f"argument `first` must be from 1 to 100, but is {first}"


def test_a_connection_with_other_rows_or_order_has_another_scope() -> None:
    scopes = [scope("workers"), scope("licenses"), scope("workers", "77"), scope("workers", None)]
    scopes.append(scope("workers", "7", "7"))

    assert len(set(scopes)) == len(scopes)
    assert scope("workers", "77") == scope("workers", "77")


@settings(deadline=None)
@given(key=some.text())
def test_a_cursor_leads_back_to_its_key_in_its_own_connection_only(key: str) -> None:
    text = cursor(SCOPE, key)

    assert cursor_key(SCOPE, text) == key
    with pytest.raises(BadCursor, match="a cursor of another connection or of another filter"):
        cursor_key(scope("others"), text)


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "Курсор",
        "!!!!",
        encoded(None),
        encoded("text"),
        encoded([]),
        encoded([SCOPE]),
        encoded([SCOPE, 5]),
        encoded([SCOPE, "5", "6"]),
        encoded({SCOPE: "5"}),
        encoded([5, "5"]),
    ],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor) as raised:
        cursor_key(SCOPE, text)

    assert str(raised.value) == "argument `after` holds no cursor of Svod"


def test_no_cursor_is_the_beginning() -> None:
    assert cursor_key(SCOPE, None) is None

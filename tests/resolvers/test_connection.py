"""Connections: each row on one page once, cursors that belong to one connection, nothing asked in vain."""

import base64
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from loaders.pages import Page
from resolvers.connection import (
    Connection,
    bounded,
    cursor,
    cursor_key,
    edges,
    listing,
    nodes,
    page_info,
    scope,
    total_count,
)
from resolvers.context import MOST_FIRST
from resolvers.errors import BadArgument, BadCursor
from resolvers.link import Ask, Resolver
from tests.resolvers.infos import info

SCOPE = scope("numbers")


class Loader:
    """Gives what it was made with, and counts how often it was asked."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self._answer = answer
        self.asked = 0

    async def load(self, key: Any) -> Any:
        self.asked += 1
        return self._answer(key)


class Numbers:
    """Numbers as rows, and the loaders that are asked for them."""

    def __init__(self, rows: Sequence[int]) -> None:
        held = sorted(rows)
        self.rows = Loader(
            lambda page: [row for row in held if page.after is None or row > page.after][: page.limit]
        )
        self.count = Loader(lambda _: len(held))
        self._info = info("Connection", "nodes", loaders=SimpleNamespace(rows=self.rows, count=self.count))

    def page(self, first: int, after: str | None = None) -> Connection:
        return listing(
            ("numbers",),
            first,
            after,
            key=str,
            parse=int,
            page=lambda start, limit: Ask("rows", Page(None, start, limit)),
            count=Ask("count", None),
        )

    async def part(self, part: Resolver, page: Connection) -> Any:
        """One field of the connection."""
        return await part.resolve(page, self._info)


@settings(deadline=None)
@given(rows=some.sets(some.integers()), first=some.integers(1, MOST_FIRST))
async def test_walking_all_pages_gives_every_row_once(rows: set[int], first: int) -> None:
    numbers, after, pages = Numbers(list(rows)), None, 0
    walked: list[int] = []
    while True:
        page = numbers.page(first, after)
        walked += await numbers.part(nodes, page)
        pages += 1
        ends = await numbers.part(page_info, page)
        assert ends.has_previous_page is (pages > 1)
        if not ends.has_next_page:
            break
        assert len(await numbers.part(nodes, page)) == first
        after = ends.end_cursor

    assert walked == sorted(rows)
    assert pages == max(1, -(-len(rows) // first))


async def test_a_page_asks_for_nothing_before_something_of_it_is_wanted() -> None:
    numbers = Numbers([1, 2, 3])
    page = numbers.page(2)
    assert (numbers.rows.asked, numbers.count.asked) == (0, 0)

    assert await numbers.part(total_count, page) == 3
    assert (numbers.rows.asked, numbers.count.asked) == (0, 1)


def test_every_part_of_a_page_asks_the_same_question() -> None:
    page = Numbers([]).page(2)

    asked = [each.lookup.find(page, None) for each in (nodes, edges, page_info) if each.lookup]

    assert asked == [page.page] * 3
    assert hash(page.page)


async def test_edges_carry_the_cursors_that_the_page_ends_with() -> None:
    numbers = Numbers([1, 2, 3])
    page = numbers.page(2)

    found, ends = await numbers.part(edges, page), await numbers.part(page_info, page)

    assert [edge.node for edge in found] == [1, 2]
    assert (ends.start_cursor, ends.end_cursor) == (found[0].cursor, found[1].cursor)
    assert cursor_key(SCOPE, found[1].cursor) == "2"


async def test_a_page_of_nothing_has_no_cursors() -> None:
    numbers = Numbers([])
    ends = await numbers.part(page_info, numbers.page(5))

    assert (ends.start_cursor, ends.end_cursor) == (None, None)
    assert (ends.has_next_page, ends.has_previous_page) == (False, False)


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

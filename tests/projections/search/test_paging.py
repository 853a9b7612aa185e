"""Orders and pages: total, both directions, nulls as placed, right while rows change."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cmp_to_key
from itertools import product
from typing import Any

import pytest

from projections.search.condition import AllOf, Condition, Fact, OneOf, Order, Root, Search
from projections.search.errors import BadPosition, BadSearch
from projections.search.keys import KEYS
from projections.search.positions import position
from projections.search.projected import ProjectionReader
from projections.search.question import Question, State
from projections.search.reader import Hit, Position
from tests.projections.search.asking import TRUE, search, some
from tests.projections.search.rows import DAY, SEED, Rows, day, key
from tests.projections.search.test_text import WORKERS

Pages = list[Position]
ORDERS = [(root, by) for root, known in KEYS.items() for by in known]


async def pages(reader: ProjectionReader, asked: Search, size: int, *, backwards: bool) -> Pages:
    """All hits, page by page."""
    hits: list[Hit] = []
    while True:
        edge = (hits[0] if backwards else hits[-1]).position if hits else None
        page = await reader.page(
            asked,
            after=None if backwards else edge,
            before=edge if backwards else None,
            limit=size,
            backwards=backwards,
        )
        hits = [*page, *hits] if backwards else [*hits, *page]
        if len(page) < size:
            return [hit.position for hit in hits]


def in_order(found: Pages, orders: Sequence[Order]) -> Pages:
    """The same positions, put in order apart from SQL."""

    def compared(one: Position, other: Position) -> int:
        return compare(orders, one, other)

    return sorted(found, key=cmp_to_key(compared))


def compare(orders: Sequence[Order], one: Position, other: Position) -> int:
    last = Order("the unique key")
    for order, a, b in zip([*orders, last][: len(one)], one, other, strict=True):
        if a == b:
            continue
        if a is None or b is None:
            return -1 if (a is None) == order.nulls_first else 1
        left, right = (int(a), int(b)) if a.isdecimal() and b.isdecimal() and len(a) < 9 else (a, b)
        smaller = left < right  # type: ignore[operator]
        return -1 if smaller != order.descending else 1
    return 0


@pytest.mark.parametrize(("descending", "nulls_first"), [*product((False, True), repeat=2)])
@pytest.mark.parametrize(("root", "by"), ORDERS)
async def test_pages_make_up_the_whole_order(
    reader: ProjectionReader, root: Root, by: str, descending: bool, nulls_first: bool
) -> None:
    asked = search(TRUE, Order(by, descending, nulls_first), root=root)
    everything = await pages(reader, asked, 100, backwards=False)
    assert len(everything) == await reader.count(asked) > 0
    assert everything == in_order(everything, asked.orders)
    for backwards in (False, True):
        assert await pages(reader, asked, 2, backwards=backwards) == everything


SEVERAL = [
    (Order("ORGANIZATION", nulls_first=True), Order("NEAREST_EXPIRY", descending=True)),
    (Order("CATEGORY", descending=True), Order("ORGANIZATION"), Order("SPECIALTY", nulls_first=True)),
    (Order("ELIGIBLE"), Order("REGION", nulls_first=True), Order("STATUS"), Order("NAME", descending=True)),
    (Order("REGISTRY_NUMBER", descending=True), Order("NAME")),
    (Order("STATUS"), Order("STATUS", descending=True)),
]


@pytest.mark.parametrize("orders", SEVERAL)
@pytest.mark.parametrize("way", ["sorted_page", "walked_page"])
async def test_both_ways_to_a_page_give_the_same(
    connection: Any, orders: tuple[Order, ...], way: str
) -> None:
    async def positions(start: Position | None, limit: int, backwards: bool, by: str = way) -> Pages:
        question = Question(search(TRUE, *orders), None, State(SEED, DAY))
        statement = getattr(question, by)(start, None, limit, backwards)
        return [position(tuple(row)[1:]) for row in await connection.fetch(statement.sql, *statement.values)]

    everything = await positions(None, 100, False, "sorted_page")
    assert len(everything) == 7
    for place, edge in enumerate(everything):
        assert await positions(edge, 3, False) == everything[place + 1 : place + 4]
        assert await positions(edge, 3, True) == everything[:place][::-1][:3]


async def test_between_two_places(reader: ProjectionReader) -> None:
    asked = search(TRUE, Order("NEAREST_EXPIRY", descending=True, nulls_first=True))
    everything = await pages(reader, asked, 100, backwards=False)
    for first, last in product(range(7), repeat=2):
        for backwards in (False, True):
            hits = await reader.page(
                asked, after=everything[first], before=everything[last], limit=2, backwards=backwards
            )
            between = everything[first + 1 : last]
            assert [hit.position for hit in hits] == (between[-2:] if backwards else between[:2])


TEXTS = [
    "соловьев",
    "соловь",
    "сол",
    "а",
    "иванова м",
    "иванов врач",
    "петр больница",
    "анна",
    "ann",
    "sol",
    "врачь",
]


async def score_by_score(reader: ProjectionReader, asked: Search) -> None:
    """Both ways to pages of matches give the same, wherever a page begins, in both directions."""
    hits = await reader.page(asked, after=None, before=None, limit=1000, backwards=False)
    starts = [None, *(hit.position for hit in hits[:: max(1, len(hits) // 3)])]
    for start, backwards in product(starts, (False, True)):
        ways = (await reader._asking.found(asked)).pages(start, None, 3, backwards)
        if len(ways) == 1:  # past the last score there is
            continue
        every, best = [await reader._rows([replace(way, light=True)]) for way in ways]
        if len(best) >= ways[1].enough:
            assert [tuple(row) for row in best] == [tuple(row) for row in every]
        else:
            assert [tuple(row) for row in best] == [tuple(row) for row in every][: len(best)]


@pytest.mark.parametrize("text", [*WORKERS, *TEXTS])
async def test_score_by_score_is_the_same_as_all_sorted(reader: ProjectionReader, text: str) -> None:
    await score_by_score(reader, search(text=text))


@pytest.mark.parametrize("text", TEXTS)
async def test_the_same_among_thousands(demo: ProjectionReader, text: str) -> None:
    orders = (Order("MATCH", descending=len(text) % 2 == 0), Order("REGION", nulls_first=True))
    await score_by_score(demo, search(TRUE, *orders, text=text))


@pytest.mark.parametrize("text", ["и", "иванов", "врач", "анна и", "больница"])
async def test_pages_of_matches(reader: ProjectionReader, text: str) -> None:
    for asked in (
        search(text=text),
        search(TRUE, Order("MATCH", descending=True), Order("REGION"), text=text),
    ):
        everything = await pages(reader, asked, 100, backwards=False)
        for backwards in (False, True):
            assert await pages(reader, asked, 1, backwards=backwards) == everything


async def test_credentials_by_match(reader: ProjectionReader) -> None:
    asked = search(text="анестезиология", root=Root.CREDENTIAL)
    everything = await pages(reader, asked, 100, backwards=False)
    assert len(everything) == 2
    assert await pages(reader, asked, 1, backwards=True) == everything


async def test_the_next_page_is_right_when_rows_moved_appeared_and_vanished(
    changing: ProjectionReader, rows: Rows
) -> None:
    asked = search(TRUE, Order("NAME"))
    first = await changing.page(asked, after=None, before=None, limit=3, backwards=False)
    assert [hit.position[-1] for hit in first] == ["7", "4", "1"]
    await rows.execute(
        "update worker set name_key = 'аа' where registry_number = '2'"
    )  # moved before the place
    await rows.execute("delete from worker where registry_number = '1'")  # the very row of the place
    await rows.execute("update worker set name_key = 'яя' where registry_number = '4'")  # moved after it
    await rows.execute(
        "insert into worker select (jsonb_populate_record(w, jsonb_build_object('id', $1::uuid, 'slot', 8,"
        " 'registry_number', '8', 'name_key', 'ивановский'))).* from worker w where registry_number = '6'",
        key("8"),
    )
    rest = await changing.page(asked, after=first[-1].position, before=None, limit=9, backwards=False)
    assert [hit.position[-1] for hit in rest] == ["8", "6", "5", "3", "4"]
    back = await changing.page(asked, after=None, before=first[-1].position, limit=9, backwards=True)
    assert [hit.position[-1] for hit in back] == ["2", "7"]


async def test_a_null_that_becomes_a_value_moves_with_it(changing: ProjectionReader, rows: Rows) -> None:
    asked = search(TRUE, Order("NEAREST_EXPIRY"))
    before = await changing.page(asked, after=None, before=None, limit=4, backwards=False)
    assert [hit.position[-1] for hit in before] == ["4", "2", "1", "3"]
    await rows.execute("update worker set nearest_expiry = $1 where registry_number = '5'", day("2026-01-01"))
    rest = await changing.page(asked, after=before[-1].position, before=None, limit=9, backwards=False)
    assert [hit.position[-1] for hit in rest] == ["6", "7"]


WRONG: dict[str, Position] = {
    "of another order": ("77", "1"),
    "too short": ("1",),
    "without the unique key": ("2026-01-01", None),
    "no date": ("2026-13-01", "1"),
    "what no text can hold": ("2026-01-01", "1\x00"),
    "half a letter": ("2026-01-01", "\ud800"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_cursor_is_refused(reader: ProjectionReader, case: str) -> None:
    with pytest.raises(BadPosition):
        await reader.page(
            search(TRUE, Order("NEAREST_EXPIRY")), after=WRONG[case], before=None, limit=1, backwards=False
        )


@pytest.mark.parametrize("text", ["x", str(2**63), "1.5"])
async def test_a_number_that_is_none_is_refused(reader: ProjectionReader, text: str) -> None:
    asked = search(TRUE, Order("CATEGORY"))
    with pytest.raises(BadPosition):
        await reader.page(asked, after=(text, "1"), before=None, limit=1, backwards=False)


async def test_too_many_facts_or_too_deep_are_refused_by_their_path(reader: ProjectionReader) -> None:
    fact = Fact("sex", OneOf(("M",)), path=("where", "sexes"))
    with pytest.raises(BadSearch, match="at most 50 facts"):
        await reader.count(search(AllOf((fact,) * 51)))
    assert await reader.count(search(AllOf((fact,) * 50))) == 4
    deep: Condition = fact
    for _ in range(3):
        deep = some("employments", some("worker", deep))
    assert await reader.count(search(deep)) == 3
    with pytest.raises(BadSearch, match="6 relations deep"):
        await reader.count(search(some("employments", some("worker", deep))))

"""What sets of workers count is what a search finds; what they cannot tell is searched."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from auth.rights import FieldClass
from projections.database import Projection
from projections.search.between import sets
from projections.search.condition import AllOf, AnyOf, Condition, Fact, Is, NotOf, Search, Within
from projections.search.counted import counting, faceting
from projections.search.literals import formula
from projections.search.projected import ProjectionReader
from projections.search.question import Question, State
from projections.search.sets import FACETS
from tests.projections.search.asking import every, none, one_of, search, some
from tests.projections.search.rows import DAY, Rows

IN_FORCE, CURRENT = Fact("in_force", Is(True)), Fact("current", Is(True))


def having(relation: str, *facts: Condition) -> Condition:
    return some(relation, AllOf(facts))


KEPT: tuple[Condition, ...] = (
    AllOf(),
    AnyOf(),
    one_of("region", "77", "50"),
    one_of("region"),
    NotOf(one_of("region", "77")),
    AllOf((one_of("sex", "F"), one_of("status", "ACTIVE"))),
    AnyOf((one_of("sex", "F"), NotOf(one_of("status", "ACTIVE")))),
    Fact("allowed", Is(True)),
    NotOf(Fact("allowed", Is(True))),
    having("credentials", IN_FORCE),
    none("credentials", IN_FORCE),
    having("credentials", IN_FORCE, one_of("specialty", "8", "31")),
    having("categories", IN_FORCE),
    having("categories", IN_FORCE, one_of("category", "HIGHEST")),
    having("categories", IN_FORCE, one_of("specialty", "8")),
    having("employments", CURRENT),
    having("employments", AllOf((CURRENT,)), one_of("position", "34", "109")),
    NotOf(having("employments", CURRENT, one_of("position", "34"))),
    having("employments", CURRENT, some("organization", one_of("ownership", "PRIVATE"))),
    having("employments", CURRENT, some("organization", one_of("kind", "1", "2"))),
    none("employments", AllOf((CURRENT, some("organization", one_of("region", "77"))))),
    AllOf((one_of("region", "77"), having("credentials", IN_FORCE), NotOf(Fact("allowed", Is(False))))),
)
SEARCHED: tuple[Condition, ...] = (
    one_of("last_name", "Иванова"),
    Fact("registered_on", Within(dt.date(2020, 1, 1))),
    some("credentials"),
    every("credentials", IN_FORCE),
    having("credentials", Fact("in_force", Is(False))),
    having("credentials", IN_FORCE, one_of("kind", "PERIODIC")),
    having("credentials", IN_FORCE, NotOf(one_of("specialty", "8"))),
    having("credentials", AnyOf((IN_FORCE, one_of("specialty", "8")))),
    having("categories", IN_FORCE, one_of("category", "FIRST")),
    having("categories", IN_FORCE, one_of("category", "HIGHEST"), one_of("specialty", "8")),
    having("employments", one_of("position", "34")),
    having("employments", CURRENT, one_of("position", "34"), some("organization", one_of("kind", "1"))),
    having("employments", CURRENT, some("organization")),
    having("employments", CURRENT, some("organization", NotOf(one_of("kind", "1")))),
    AllOf((one_of("region", "77"), some("own_licenses"))),
    one_of("reasons", "NOT_EMPLOYED"),
    replace(one_of("region", "77"), field_class=FieldClass.INTERNAL),
)


@pytest.fixture(scope="module")
async def projection(projected: str) -> AsyncIterator[Projection]:
    """The projection of the demo registries."""
    found = Projection(projected)
    yield found
    await found.close()


async def both(projection: Projection, where: Condition, facet: str | None = None) -> tuple[Any, Any]:
    """The count or a facet of a search by sets, and as it is searched."""
    async with projection.connection() as connection:
        state = State(*await connection.fetchrow("select seed, day from about"))
        asked = Search(search().root, where, state.day)
        question = Question(asked, None, state)
        known = counting(asked, state) if facet is None else faceting(asked, facet, 5, state)
        assert known is not None
        plain = question.count() if facet is None else question.facet(facet, 5)
        rows = [await connection.fetch(each.sql, *each.values) for each in (known, plain)]
        return tuple(map(tuple, rows[0])), tuple(map(tuple, rows[1]))


@pytest.mark.parametrize("where", KEPT)
async def test_sets_count_what_is_found(projection: Projection, where: Condition) -> None:
    by_sets, searched = await both(projection, where)
    assert by_sets == searched


@pytest.mark.parametrize("facet", FACETS)
async def test_sets_give_the_facets_of_what_is_found(projection: Projection, facet: str) -> None:
    for where in KEPT:
        by_sets, searched = await both(projection, where, facet)
        assert by_sets == searched


async def test_sets_crossed_at_random_count_what_is_found(projection: Projection) -> None:
    for one, other in product(KEPT, KEPT):
        by_sets, searched = await both(projection, AllOf((AnyOf((one, NotOf(other))), NotOf(one))))
        assert by_sets == searched


@pytest.mark.parametrize("where", SEARCHED)
def test_other_conditions_are_searched(where: Condition) -> None:
    assert sets(formula(where), DAY) is None


def test_texts_and_other_days_are_searched() -> None:
    state = State(1, DAY)
    assert counting(search(), state) is not None
    assert counting(search(text="иванов"), state) is None
    assert counting(replace(search(), day=DAY + dt.timedelta(1)), state) is None
    assert faceting(search(), "ORGANIZATION", 5, state) is None


async def test_sets_are_kept_while_workers_change(rows: Rows, changing: ProjectionReader) -> None:
    asked = search(AllOf((one_of("region", "50"), one_of("status", "ACTIVE"))))
    before = await changing.count(asked)
    await rows.execute("update worker set region_code = '50' where region_code = '77'")
    after = await changing.count(asked)
    assert before == 0
    assert after == len(await changing.page(asked, after=None, before=None, limit=100, backwards=False)) > 0
    await rows.execute("update worker set status = 'SUSPENDED'")
    assert await changing.count(asked) == 0

"""Random aggregates and courses in time: the gateway counts what plain SQL counts over all registries in one
database."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from auth.principal import PUBLIC
from projections.analytics.suppression import LEAST
from resolvers.ids import global_id
from tests.asking import Asking
from tests.search.searched import PURPOSE, SEER
from tests.workforce import courses
from tests.workforce.asked import answered
from tests.workforce.oracle import Asked
from tests.workforce.questions import Values, question, values, where
from tests.workforce.world import World

AGGREGATES: Final = 300
COURSES: Final = 60
SEED: Final = 6


@pytest.fixture(scope="module")
async def known(world: World) -> Values:
    return await values(world.oracle)


Table = dict[tuple[str | None, ...], list[Decimal | None]]


async def told(asking: Asking, asked: Asked) -> tuple[Table, list[Decimal | None]]:
    """The rows and the row over all, as the gateway tells them to who sees everyone."""
    narrowed = where(asked, global_id)
    found = await answered(
        asking, SEER, *asked.measures, by=asked.by, where=narrowed, within=asked.within, purpose=PURPOSE
    )
    assert not found.errors, found.errors
    answer = found.data["workforce"]
    assert not answer["suppressed"]
    rows = {tuple(key["value"] for key in row["keys"]): _values(row) for row in answer["rows"]}
    return rows, _values(answer["total"])


def _values(row: Any) -> list[Decimal | None]:
    return [None if each is None else Decimal(each) for each in row["values"]]


async def difference(world: World, asked: Asked, *, with_total: bool = True) -> str | None:
    """How the two differ, in rows or in the row over all."""
    expected, (found, total) = await world.oracle.table(asked), await told(world.asking, asked)
    over = (await world.oracle.table(replace(asked, by=()))).get((), total) if with_total else total
    differing = {key for key in {**expected, **found} if expected.get(key) != found.get(key)}
    if list(over) != total:
        return f"{asked}: over all {over} is told as {total}"
    if differing and asked.by:
        key = min(differing, key=str)
        return (
            f"{asked}: {key}: {expected.get(key)} is told as {found.get(key)}, and {len(differing) - 1} more"
        )
    return None


async def test_the_gateway_counts_what_the_oracle_counts(world: World, known: Values) -> None:
    with_rows = 0
    for number in range(AGGREGATES):
        asked = question(known, SEED, number)
        assert await difference(world, asked, with_total=number % 4 == 0) is None, number
        with_rows += len(await world.oracle.people(asked)) > 1
    assert with_rows > AGGREGATES / 2, "most should count something"


@pytest.mark.parametrize(
    ("by", "measure", "narrowed"),
    [
        ("CREDENTIAL_STATUS", "WORKERS", "SPECIALTY"),
        ("DEPARTMENT", "VACANCIES", None),
        ("ORGANIZATION_KIND", "WORKERS", "ORGANIZATION_KIND"),
        ("POSITION_GROUP", "CREDENTIALS_EXPIRED", "SPECIALTY"),
    ],
)
async def test_over_all_is_what_it_would_be_alone(
    world: World, known: Values, by: str, measure: str, narrowed: str | None
) -> None:
    """Where rows do not add up: somebody is in several, or over all something else is meant."""
    of = {} if narrowed is None else {narrowed: tuple(known[narrowed])}
    assert await difference(world, Asked((by,), (measure,), of)) is None


async def test_the_gateway_draws_what_the_oracle_draws(world: World, known: Values) -> None:
    with_points = 0
    for number in range(COURSES):
        asked = courses.course(known, SEED, number, world.searched.today)
        expected = await courses.points(world.searched.line, asked)
        found, suppressed = await courses.told(world.asking, SEER, asked)
        assert not suppressed
        assert found == expected, (number, asked)
        with_points += len(expected) > 1
    assert with_points > COURSES / 3, "many should count something"


@pytest.mark.parametrize("of", sorted(set(courses.DAYS) - {courses.LICENSES}))
@pytest.mark.parametrize("by", ["SEX", "FEDERAL_DISTRICT"])
async def test_a_course_without_small_points_is_of_whole_years(world: World, of: str, by: str) -> None:
    """Else days could be cut off one by one, and what they leave is about nobody knows how few."""
    line, today = world.searched.line, world.searched.today
    cut = courses.Drawn(of, "YEAR", today - dt.timedelta(days=900), today, Asked((by,), (), {}))
    whole = replace(cut, start=cut.start.replace(month=1, day=1), end=today.replace(month=12, day=31))
    expected, people = await courses.points(line, whole), await courses.people(line, whole)
    found, suppressed = await courses.told(world.asking, PUBLIC, cut)
    assert suppressed
    assert found or by != "SEX"
    assert {key: expected[key] for key in found} == found
    assert all(people[key] >= LEAST for key in found)

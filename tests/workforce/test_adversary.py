"""All that somebody without a token can be told over four dimensions, held against an adversary."""

from decimal import Decimal
from itertools import combinations
from typing import Any, Final

import pytest

from auth.principal import PUBLIC
from projections.analytics.suppression import LEAST, _Lines
from tests.workforce.adversary import Adversary, Cell, kinds
from tests.workforce.asked import answered
from tests.workforce.oracle import Asked, Oracle
from tests.workforce.questions import FIELDS
from tests.workforce.world import World

AXES: Final = ("SEX", "AGE_BAND", "OWNERSHIP", "ELIGIBLE")
MEASURES: Final = ("WORKERS", "RATES", "MEAN_AGE_BAND")
TABLES: Final = [table for size in range(4) for table in combinations(AXES, size)]


async def table(world: World, by: tuple[str, ...], where: dict[str, Any] | None = None) -> dict[Any, Any]:
    """What a caller without a token is told: the rows, and the row over all under the key of nothing."""
    found = await answered(world.asking, PUBLIC, *MEASURES, by=by, where=where)
    assert not found.errors, found.errors
    answer = found.data["workforce"]
    assert answer["suppressed"]
    rows = {tuple(key["value"] for key in row["keys"]): row["values"] for row in answer["rows"]}
    return rows | {(): answer["total"]["values"]}


async def everything(world: World) -> list[Cell]:
    """Every figure that is told in any of the tables."""
    return [
        dict(zip(by, key, strict=True))
        for by in TABLES
        for key, values in (await table(world, by)).items()
        if len(key) == len(by) and values[0] is not None
    ]


async def small(oracle: Oracle) -> list[Cell]:
    """The figures about fewer than five people."""
    return [
        dict(zip(by, key, strict=True))
        for by in TABLES
        for key, count in (await oracle.people(Asked(by, ("WORKERS",), {}))).items()
        if 0 < count < LEAST
    ]


async def leaks(world: World) -> list[Cell]:
    """The small figures that follow."""
    values = {
        axis: [key[0] for key in await world.oracle.people(Asked((axis,), ("WORKERS",), {}))] for axis in AXES
    }
    adversary = Adversary(kinds(values))
    adversary.hear(await everything(world))
    hidden = await small(world.oracle)
    assert hidden, "there should be something to find"
    return [cell for cell in hidden if adversary.determines(cell)]


async def test_no_small_figure_follows_from_what_everyone_is_told(world: World) -> None:
    assert await leaks(world) == []


async def test_the_adversary_finds_what_follows_without_cubes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Lines, "cube", lambda *_: [])
    assert await leaks(world) != []


@pytest.mark.parametrize("by", [each for each in TABLES if len(each) == 2])
async def test_what_is_told_is_so_and_about_five_at_least(world: World, by: tuple[str, ...]) -> None:
    expected = await world.oracle.table(Asked(by, MEASURES, {}))
    people = await world.oracle.people(Asked(by, ("WORKERS",), {}))
    found = await table(world, by)
    del found[()]
    for key, values in found.items():
        assert [None if each is None else Decimal(each) for each in values] == expected[key]
        assert people[key] >= LEAST


@pytest.mark.parametrize("axis", AXES)
async def test_a_filter_tells_what_the_row_of_its_value_tells(world: World, axis: str) -> None:
    """So a filter makes no sets of people that no table has."""
    other = next(each for each in AXES if each != axis)
    by = tuple(sorted((axis, other), key=AXES.index))
    whole, rows = await table(world, (axis,)), await table(world, by)
    for (value,), values in list(whole.items())[:-1]:
        if value is None:
            continue
        given: Any = value == "true" if axis == "ELIGIBLE" else [value]
        narrowed = await table(world, (other,), {FIELDS[axis]: given})
        assert narrowed.pop(()) == values
        place = by.index(axis)
        assert narrowed == {
            (key[1 - place],): told for key, told in rows.items() if key and key[place] == value
        }

"""What the rule of small figures lets be told: populations by chance, and an adversary."""

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

import pytest

from projections.analytics import suppression
from projections.analytics.question import Key
from projections.analytics.suppression import LEAST, Axes, Coarser, Lattice
from tests.workforce.adversary import Adversary, Cell, kinds, tables

VALUES: Mapping[str, tuple[str | None, ...]] = {
    "region": ("a1", "a2", "a3", "b1", "b2"),
    "sex": ("F", "M"),
    "band": ("young", "old", None),
    "kind": ("clinic", "ward"),
}
MOST = 3
POPULATIONS = range(40)


def district(region: str | None) -> str | None:
    return None if region is None else region[0]


COARSER = {"region": Coarser("district", district)}


def population(seed: int) -> list[Cell]:
    """People, most of whom are alike."""
    random = Random(seed)
    return [
        {axis: values[int(len(values) * random.random() ** 2)] for axis, values in VALUES.items()}
        for _ in range(random.choice([30, 80, 200]))
    ]


def value(person: Cell, axis: str) -> str | None:
    return district(person["region"]) if axis == "district" else person[axis]


def counted(people: list[Cell], axes: Axes) -> dict[Key, int]:
    return dict(Counter(tuple(value(person, axis) for axis in axes) for person in people))


def every_table() -> list[Axes]:
    finest = tables(tuple(VALUES), MOST)
    return [*finest, *(tuple("district" if a == "region" else a for a in t) for t in finest if "region" in t)]


def lattice(people: list[Cell]) -> Lattice:
    return Lattice({axes: counted(people, axes) for axes in every_table()}, COARSER)


def told(found: Lattice) -> list[Cell]:
    return [dict(zip(axes, key, strict=True)) for axes in every_table() for key in found.told(axes)]


def small(people: list[Cell]) -> list[Cell]:
    return [
        dict(zip(axes, key, strict=True))
        for axes in every_table()
        for key, count in counted(people, axes).items()
        if count < LEAST
    ]


def leaks(people: list[Cell]) -> list[Cell]:
    """The small figures that follow from what is told."""
    adversary = Adversary(kinds(VALUES), {"district": ("region", district)})
    adversary.hear(told(lattice(people)))
    return [cell for cell in small(people) if adversary.determines(cell)]


@pytest.mark.parametrize("seed", POPULATIONS)
def test_no_small_figure_follows_from_all_that_is_told(seed: int) -> None:
    people = population(seed)
    assert leaks(people) == []


@pytest.mark.parametrize("seed", POPULATIONS)
def test_nothing_is_told_of_fewer_than_five(seed: int) -> None:
    people = population(seed)
    found = lattice(people)
    for axes in every_table():
        counts = counted(people, axes)
        assert all(counts[key] == n >= LEAST for key, n in found.told(axes).items())


def test_most_is_told_where_there_are_many() -> None:
    people = [each for seed in range(30) for each in population(seed)]
    found = lattice(people)
    shares = [len(found.told(axes)) / len(counted(people, axes)) for axes in every_table()]
    assert min(shares) > 0.5
    assert sum(shares) / len(shares) > 0.9


def nothing(*_: object) -> list[Key]:
    return []


def always(*_: object) -> bool:
    return True


def along_one(self: suppression._Lines, cell: Key, told: Mapping[Key, int]) -> list[Key]:
    """Only one more cell of the same row, as a table with two dimensions would want."""
    return [(*cell[:-1], self._others(cell, len(cell) - 1, told)[0])]


PLANTED: Mapping[str, tuple[type, str, Callable[..., object]]] = {
    "no cubes": (suppression._Lines, "cube", nothing),
    "finer tables are decided by themselves": (Lattice, "_is_under_told", always),
    "one more cell of the row": (suppression._Lines, "cube", along_one),
}


@pytest.mark.parametrize("leak", PLANTED)
def test_the_adversary_finds_a_leak(leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*PLANTED[leak])
    assert any(leaks(population(seed)) for seed in POPULATIONS)


def test_districts_that_do_not_count_give_regions_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def anywhere(self: suppression._Lines, key: Key, place: int) -> tuple[int, Key, None]:
        return place, (*key[:place], *key[place + 1 :]), None

    monkeypatch.setattr(suppression._Lines, "_line", anywhere)
    assert any(leaks(population(seed)) for seed in POPULATIONS)

"""Which cells may be told to those who see no individuals, so that none gives a small one away.

Cells under five people are never told. They could still follow from others: a total less all the rest. So
each of them gets a *cube*: on every dimension of its table another value, and every cell where these meet is
left out with it. And what is left out of a table is left out of all finer ones. Then people could be moved
round the cube's corners, one to the next, and no cell that is told would change: see docs/adr/0019.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeVar

from projections.analytics.question import Key

V = TypeVar("V")

LEAST: Final = 5
"""So many people have to be in what is told."""
TRIED: Final = 4
"""Values that are tried on each dimension for a cube."""

Axes = tuple[str, ...]
"""The dimensions of a table, by name."""
Counts = Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Coarser:
    """A dimension of which another one's values are parts: the regions of a federal district."""

    axis: str
    of: Callable[[str | None], str | None]


@dataclass(slots=True)
class Lattice:
    """Tables of people by some dimensions and by each choice of them; decides what of each is told."""

    counts: Mapping[Axes, Counts]
    coarser: Mapping[str, Coarser] = field(default_factory=dict)
    _told: dict[Axes, dict[Key, int]] = field(default_factory=dict)

    def told(self, axes: Axes) -> Mapping[Key, int]:
        """The cells of a table that are told, with their people."""
        if axes not in self._told:
            self._told[axes] = self._decided(axes)
        return self._told[axes]

    def _decided(self, axes: Axes) -> dict[Key, int]:
        cells = self.counts[axes]
        under = {key: n for key, n in cells.items() if self._is_under_told(axes, key)}
        told = {key: n for key, n in under.items() if n >= LEAST}
        small = [key for key, n in under.items() if 0 < n < LEAST]
        if not axes:
            return told
        lines = _Lines(cells, [self.coarser.get(axis) for axis in axes])
        for key in sorted(small, key=_order):
            for corner in lines.cube(key, told):
                told.pop(corner, None)
        return told

    def _is_under_told(self, axes: Axes, key: Key) -> bool:
        """Whether every coarser cell that it is a part of is told."""
        return all(parent in self.told(table) for table, parent in self._parents(axes, key))

    def _parents(self, axes: Axes, key: Key) -> Iterator[tuple[Axes, Key]]:
        for place, axis in enumerate(axes):
            yield _without(axes, place), _without(key, place)
            if axis in self.coarser:
                other = self.coarser[axis]
                yield _with(axes, place, other.axis), _with(key, place, other.of(key[place]))


class _Lines:
    """The cells of a table along each of its dimensions, those with the fewest people first."""

    def __init__(self, cells: Counts, coarser: Sequence[Coarser | None]) -> None:
        self._cells, self._coarser = cells, coarser
        self._lines: dict[tuple[int, Key, str | None], list[Key]] = {}
        for key in sorted(cells, key=lambda key: (cells[key], _order(key))):
            if cells[key] > 0:
                for place in range(len(coarser)):
                    self._lines.setdefault(self._line(key, place), []).append(key)

    def _line(self, key: Key, place: int) -> tuple[int, Key, str | None]:
        """Where else one may go along a dimension: to values of the same coarser one."""
        coarser = self._coarser[place]
        group = None if coarser is None else coarser.of(key[place])
        return place, _without(key, place), group

    def cube(self, small: Key, told: Mapping[Key, int]) -> list[Key]:
        """The other corners: people in each, where that can be, and as few told ones lost as can be."""
        ways = [self._others(small, place, told) for place in range(len(small))]
        cubes = [list(_corners(small, other)) for other in product(*ways)]
        losses = [self._loss(corners, told) for corners in cubes]
        least = min(losses)
        best = [corners for corners, loss in zip(cubes, losses, strict=True) if loss == least]
        return (
            best[0] if len(best) == 1 else min(best, key=lambda corners: [_order(each) for each in corners])
        )

    def _others(self, small: Key, place: int, told: Mapping[Key, int]) -> list[str | None]:
        """Other values on one dimension, the best first: five people have it, who are not told anyway."""
        line = [key for key in self._lines[self._line(small, place)] if key != small]
        enough = [key for key in line if self._cells[key] >= LEAST]
        hidden = [key for key in enough if key not in told]
        chosen = [*hidden[:TRIED], *enough[:TRIED]] or line[-TRIED:] or [small]
        return [key[place] for key in dict.fromkeys(chosen)]

    def _loss(self, corners: Sequence[Key], told: Mapping[Key, int]) -> tuple[int, int]:
        """How many corners are empty, and how many people are lost with them."""
        cells = self._cells
        return sum([not cells.get(each) for each in corners]), sum([told.get(each, 0) for each in corners])


def _corners(small: Key, other: Sequence[str | None]) -> Iterator[Key]:
    """Every cell where the cube's values meet, but the small one itself."""
    for chosen in product(*zip(small, other, strict=True)):
        if chosen != small:
            yield chosen


def _without(values: tuple[V, ...], place: int) -> tuple[V, ...]:
    return values[:place] + values[place + 1 :]


def _with(values: tuple[V, ...], place: int, value: V) -> tuple[V, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _order(key: Key) -> list[tuple[bool, str]]:
    return [(value is None, value or "") for value in key]

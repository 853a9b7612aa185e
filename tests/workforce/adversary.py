"""An adversary: takes every figure that was told as an equation and looks which small ones follow.

What he does not know is how many people there are of each kind, a kind being one value of every dimension. A
told figure is the sum of some of these numbers. A small figure follows when it is a combination of told ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Final

PRIME: Final = 2_147_483_647
"""Equations are solved in the numbers modulo this: what follows in fractions follows here, but for a chance
in two thousand million."""

Cell = Mapping[str, str | None]
"""A figure, by what it is about: values of some dimensions."""
Kinds = Sequence[Cell]


def kinds(values: Mapping[str, Sequence[str | None]]) -> list[Cell]:
    """Every kind of people that there may be."""
    return [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]


Coarser = Mapping[str, tuple[str, Callable[[str | None], str | None]]]
"""By a coarser dimension: of which one it is, and its value for each value of that."""


class Adversary:
    """Holds the equations so far, solved as far as they can be."""

    def __init__(self, known: Kinds, coarser: Coarser | None = None) -> None:
        self._kinds, self._coarser = known, coarser or {}
        self._rows: dict[int, list[int]] = {}

    def hear(self, told: Iterable[Cell]) -> None:
        """Take figures in."""
        for cell in told:
            row = self._reduced(self._row(cell))
            first = next((place for place, each in enumerate(row) if each), None)
            if first is not None:
                inverse = pow(row[first], -1, PRIME)
                self._rows[first] = [each * inverse % PRIME for each in row]

    def determines(self, cell: Cell) -> bool:
        """Whether a figure follows from what was heard."""
        return not any(self._reduced(self._row(cell)))

    def _row(self, cell: Cell) -> list[int]:
        return [
            int(all(self._of(kind, axis) == value for axis, value in cell.items())) for kind in self._kinds
        ]

    def _of(self, kind: Cell, axis: str) -> str | None:
        if axis in self._coarser:
            finer, whole = self._coarser[axis]
            return whole(kind[finer])
        return kind[axis]

    def _reduced(self, row: list[int]) -> list[int]:
        for first in sorted(self._rows):
            times = row[first]
            if times:
                row = [(a - times * b) % PRIME for a, b in zip(row, self._rows[first], strict=True)]
        return row


def tables(axes: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """Every choice of up to so many dimensions."""
    return [each for size in range(most + 1) for each in combinations(axes, size)]

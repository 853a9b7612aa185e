"""How often and how long: what whoever runs the gateway reads off a part of it."""

from bisect import bisect_left
from itertools import accumulate
from typing import Final

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which times are counted together."""


class Times:
    """How many took up to so long, and how long all of them together."""

    __slots__ = ("_counts", "total")

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Count one more."""
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    @property
    def up_to(self) -> list[tuple[str, float]]:
        """For each bound, and for all, how many took no longer."""
        return list(zip((*map(str, BOUNDS), "+Inf"), accumulate(map(float, self._counts)), strict=True))

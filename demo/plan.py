"""What to make: how many workers, from which seed, as of which day."""

from dataclasses import dataclass
from datetime import date

GENERATOR = 1
"""Raised when the same plan would make other rows than before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The same plan makes the same rows, byte by byte."""

    workers: int
    today: date
    seed: int = 1

"""What to make: how many workers, from which seed, as of which day, and how they fall into organizations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from demo.stories import WORKERS

GENERATOR = 1
"""Raised when the same plan would make other rows than before."""

STORY_REVISIONS = 1_000
"""Revisions set aside in each registry for the rows of demo/stories.py, which come first."""

_LARGEST = 6_000
_BATCH_WORKERS = 1_000
_REVISIONS_OF_WORKER = 60
_REVISIONS_OF_ORGANIZATION = 1_500

_SIZES = ((0.10, 0, 0), (0.25, 1, 1), (0.62, 2, 10), (0.89, 11, 49), (0.981, 50, 199), (0.9985, 200, 999))
"""Share of organizations up to here, smallest, largest; what is left is larger still."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the plan that is made at once: some organizations with all who work there."""

    number: int
    first_organization: int
    first_worker: int
    sizes: tuple[int, ...]
    """How many people each organization of the share employs as its own."""

    @property
    def workers(self) -> int:
        return sum(self.sizes)

    @property
    def first_revision(self) -> int:
        return (
            STORY_REVISIONS
            + self.first_worker * _REVISIONS_OF_WORKER
            + self.first_organization * _REVISIONS_OF_ORGANIZATION
        )

    @property
    def end_revision(self) -> int:
        organizations = len(self.sizes) * _REVISIONS_OF_ORGANIZATION
        return self.first_revision + self.workers * _REVISIONS_OF_WORKER + organizations


@dataclass(frozen=True, slots=True)
class Plan:
    """The same plan makes the same rows, byte by byte."""

    workers: int
    """With the stories' own, which are there even when this is less."""
    today: date
    seed: int = 1

    def shares(self) -> Iterator[Share]:
        """Everybody but the stories' own workers, share by share."""
        number = organization = worker = 0
        sizes: list[int] = []
        for size in self._sizes(max(0, self.workers - len(WORKERS))):
            sizes.append(size)
            if sum(sizes) >= _BATCH_WORKERS:
                share = Share(number, organization, worker, tuple(sizes))
                yield share
                number, organization, worker = number + 1, organization + len(sizes), worker + share.workers
                sizes = []
        if sizes:
            yield Share(number, organization, worker, tuple(sizes))

    def _sizes(self, workers: int) -> Iterator[int]:
        """The largest first, then as chance has it, until everybody is employed."""
        random = Random(f"sizes {self.seed}")  # noqa: S311 chance, not secrecy
        largest = max(1, min(_LARGEST, workers // 12))
        left = workers
        size = largest
        while left:
            yield size
            left -= size
            size = min(_size(random), largest, left)


def _size(random: Random) -> int:
    chance = random.random()
    for share, smallest, most in _SIZES:
        if chance < share:
            return (
                smallest if smallest == most else int(smallest * ((most + 1) / smallest) ** random.random())
            )
    return int(1000 * (_LARGEST / 1000) ** random.random())

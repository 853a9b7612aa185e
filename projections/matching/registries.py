"""What an evaluation asks: records by keys, of whoever reads the registries."""

import datetime as dt
from asyncio import gather
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from projections.coverage import ActivityCoverage
from projections.matching.logic import UNREAD
from sources.dictionary import Dictionaries

MOST: Final = 2_000
"""Records of which one step asks further; what lies beyond them is not read."""

Members = list[Any]
"""Related records; `UNREAD` among them stands for any number that were not read."""

Step = Callable[[Sequence[Any]], Awaitable[list[Members]]]
"""From records to the records related to each of them."""


class Records(Protocol):
    """Reads records in batches, under the names that the loaders have."""

    async def read(self, loader: str, keys: Sequence[Any]) -> Sequence[Any]:
        """What the loader gives for each key, in their order; `UNREAD` where its registry is away."""
        ...


@dataclass(frozen=True, slots=True)
class Registries:
    """The registries on a day, and the code lists by which their records are understood."""

    records: Records
    day: dt.date
    dictionaries: Dictionaries
    coverage: ActivityCoverage

    async def many(self, loader: str, keys: Sequence[Any]) -> list[Members]:
        """The records of each key; none where the key is null."""
        found = await self._read(loader, keys)
        return [[UNREAD] if each is UNREAD else list(each or ()) for each in found]

    async def one(self, loader: str, keys: Sequence[Any]) -> list[Members]:
        """The record of each key: one, or none."""
        return [[] if each is None else [each] for each in await self._read(loader, keys)]

    async def _read(self, loader: str, keys: Sequence[Any]) -> list[Any]:
        wanted = list(dict.fromkeys(key for key in keys if key is not None))
        found = dict(zip(wanted, await self.records.read(loader, wanted), strict=True)) if wanted else {}
        return [found.get(key) for key in keys]

    @staticmethod
    async def beyond(whose: Sequence[Members], step: Step) -> list[Members]:
        """What lies one step beyond each one's members, each of these asked once."""
        distinct = joined(whose)
        reached = [each for each in distinct if each is not UNREAD][:MOST]
        found: dict[Any, Members] = dict(zip(reached, await step(reached), strict=True))
        return [joined(found.get(each, [UNREAD]) for each in members) for members in whose]


def joined(members: Iterable[Members]) -> Members:
    """All members, each once."""
    return list(dict.fromkeys(each for some in members for each in some))


async def side_by_side(*steps: Awaitable[list[Members]]) -> list[Members]:
    """What several steps find for the same records, together."""
    return [joined(each) for each in zip(*await gather(*steps), strict=True)]

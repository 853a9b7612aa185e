"""How the registries are: each one's state, last revision and answer time, asked now."""

import asyncio
import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sources.errors import SourceError
from sources.feed import Feed
from sources.registry import Registry


class RegistryState(StrEnum):
    """Whether a registry answers."""

    OK = "OK"
    UNAVAILABLE = "UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class RegistryStatus:
    """One registry's state; `answer_time` in milliseconds, `updated_at` in UTC."""

    registry: Registry
    state: RegistryState
    revision: int | None
    updated_at: dt.datetime | None
    answer_time: float


async def registry_statuses(feeds: Mapping[Registry, Feed]) -> list[RegistryStatus]:
    """Every registry's status; one that fails is told as unavailable, since that is the answer here."""
    return list(await asyncio.gather(*(_status(registry, feed) for registry, feed in feeds.items())))


async def _status(registry: Registry, feed: Feed) -> RegistryStatus:
    started = time.perf_counter()
    try:
        found = await feed.state()
    except SourceError:
        return RegistryStatus(registry, RegistryState.UNAVAILABLE, None, None, _milliseconds(started))
    answered = _milliseconds(started)
    return RegistryStatus(registry, RegistryState.OK, found.revision, found.updated_at, answered)


def _milliseconds(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)

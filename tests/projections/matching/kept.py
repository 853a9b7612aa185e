"""Registries in memory: records by loader and key, and what was asked of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from projections.coverage import coverage
from projections.matching.logic import UNREAD
from projections.matching.registries import Registries
from sources.dictionary import Dictionaries

TODAY = dt.date(2026, 3, 15)
DICTIONARIES = Dictionaries.load()


class KeptRecords:
    """Answers from maps by loader; a loader that is `away` is unread."""

    def __init__(self, records: Mapping[str, Mapping[Any, Any]]) -> None:
        self.records = dict(records)
        self.away: set[str] = set()
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    async def read(self, loader: str, keys: Sequence[Any]) -> Sequence[Any]:
        self.asked.append((loader, tuple(keys)))
        if loader in self.away:
            return [UNREAD] * len(keys)
        return [self.records.get(loader, {}).get(key) for key in keys]

    @property
    def registries(self) -> Registries:
        """These, as of one day."""
        return Registries(self, TODAY, DICTIONARIES, coverage(DICTIONARIES))

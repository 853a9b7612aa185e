"""How far the projection has come, as this process knows it: for metrics and for who goes on from there."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog

from sources.errors import SourceError
from sources.registry import Registry

log = structlog.get_logger("projections.sync")


@dataclass(frozen=True, slots=True)
class Position:
    """How far a registry is here: of which database, up to which revision, and as of which moment."""

    origin: str
    revision: int
    as_of: dt.datetime


class Kept:
    """The positions of the registries, and what this process has done for them."""

    def __init__(self) -> None:
        self.holds = False
        """Whether this process keeps the projection."""
        self.rows: Counter[Registry] = Counter()
        """Rows that this process brought in after the build."""
        self.builds = 0
        self._positions: dict[Registry, Position] = {}
        self._away: set[Registry] = set()

    def position(self, registry: Registry) -> Position:
        """How far a registry is here."""
        return self._positions[registry]

    def lags(self, now: dt.datetime) -> dict[Registry, float]:
        """Seconds by which each registry's part may be behind."""
        return {each: (now - found.as_of).total_seconds() for each, found in self._positions.items()}

    def learn(self, rows: Iterable[Any]) -> None:
        """Take the positions over that the projection states."""
        self._positions = {Registry(registry): Position(*rest) for registry, *rest in rows}

    def advance(self, registry: Registry, revision: int, as_of: dt.datetime | None, rows: int) -> None:
        """Note what was brought in of a registry."""
        before = self._positions[registry]
        self._positions[registry] = Position(before.origin, revision, as_of or before.as_of)
        self.rows[registry] += rows

    def tell_away(self, registry: Registry, error: SourceError) -> None:
        """Say once that a registry cannot be followed."""
        if registry not in self._away:
            self._away.add(registry)
            log.warning("registry not followed", registry=registry.value, reason=type(error).__name__)

    def tell_back(self, registry: Registry) -> None:
        """Say that a registry is followed again."""
        if registry in self._away:
            self._away.discard(registry)
            log.info("registry followed again", registry=registry.value)

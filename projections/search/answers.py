"""How a search's statements are run: estimated first, bounded in time, the driver's faults in our words."""

import json
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final, TypeVar

import asyncpg

from projections.search.among import Few
from projections.search.binder import Statement
from projections.search.errors import SearchTimedOut, SearchTooCostly

Connection = Any
"""The driver's connection; it comes without types."""
Row = Any
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a search may use. `cost`: the planner's estimate, in its units; `seconds`: of each statement;
    `rights_lag`: seconds that the worker registry may be behind where rights decide what is found;
    `few`: what is done of few workers, and not of more.
    """

    cost: int = 2_000_000
    seconds: float = 5.0
    rights_lag: float = 60.0
    few: Few = field(default_factory=Few)


class Answers:
    """Runs statements on one connection."""

    def __init__(self, connection: Connection, bounds: Bounds) -> None:
        self._connection, self._bounds = connection, bounds

    async def rows(self, statements: Sequence[Statement]) -> Sequence[Row]:
        """The rows of the cheapest of these statements, which say the same; a light one stands alone.

        Raises SearchTooCostly when even the cheapest is over the limit, SearchTimedOut.
        """
        if statements[0].light:
            return await self.looked_up(statements[0])
        costs = [await self._cost(each) for each in statements]
        cheapest = min(costs)
        if cheapest > self._bounds.cost:
            raise SearchTooCostly(ceil(cheapest), self._bounds.cost)
        chosen = statements[_chosen(statements, costs)]
        found: Sequence[Row] = await self._timed(
            self._connection.fetch(chosen.sql, *chosen.values, timeout=self._bounds.seconds)
        )
        if len(found) < chosen.enough:
            return await self.rows([each for each in statements if each.enough == 0])
        return found

    async def looked_up(self, statement: Statement) -> Sequence[Row]:
        """The rows of a statement of our own, whose cost is known to be small."""
        found: Sequence[Row] = await self._timed(
            self._connection.fetch(statement.sql, *statement.values, timeout=self._bounds.seconds)
        )
        return found

    async def _cost(self, statement: Statement) -> float:
        told = await self._timed(
            self._connection.fetchval(
                f"explain (format json) {statement.sql}", *statement.values, timeout=self._bounds.seconds
            )
        )
        return float(json.loads(told)[0]["Plan"]["Total Cost"])

    async def _timed(self, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except (TimeoutError, asyncpg.QueryCanceledError) as exc:
            raise SearchTimedOut(self._bounds.seconds) from exc


_HOPE: Final = 8
"""So many times dearer than expected may be what is expected with hope."""


def _chosen(statements: Sequence[Statement], costs: Sequence[float]) -> int:
    """Which of these to run. Hits may all stand at the end of an order: a walk there has to promise a lot."""
    feared = [cost * _HOPE if each.hopeful else cost for each, cost in zip(statements, costs, strict=True)]
    return feared.index(min(feared))

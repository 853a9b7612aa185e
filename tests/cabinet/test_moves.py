"""One look at the projection serves every listener, and a slow one is told the newest only."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from contextlib import aclosing

from projections.moves import Moves, Standing
from projections.search.errors import SearchUnavailable
from sources.registry import Registry
from tests.cabinet.moving import MovingSearch

DAY = dt.date(2026, 9, 1)
INTERVAL = 0.01
PATIENCE = 60
"""Seconds after which what should come at once is not waited for any more."""


async def told(standings: AsyncGenerator[Standing, None]) -> int:
    """The next standing's revision of the worker registry."""
    return (await anext(standings)).revisions[Registry.WORKERS]


async def test_who_is_slow_is_told_the_newest_only() -> None:
    search = MovingSearch()
    moves = Moves(search, lambda: DAY, INTERVAL)
    async with (
        asyncio.timeout(PATIENCE),
        aclosing(moves.standings()) as slow,
        aclosing(moves.standings()) as quick,
    ):
        assert (await told(slow), await told(quick)) == (1, 1)
        for revision in (2, 3, 4):
            search.move()
            assert await told(quick) == revision
        assert await told(slow) == 4
    await moves.close()


async def test_the_turn_of_the_day_is_a_move() -> None:
    search, day = MovingSearch(), DAY
    moves = Moves(search, lambda: day, INTERVAL)
    async with asyncio.timeout(PATIENCE), aclosing(moves.standings()) as standings:
        assert (await anext(standings)).day == DAY
        day += dt.timedelta(days=1)
        assert (await anext(standings)).day == day
    await moves.close()


async def test_while_it_is_away_nothing_is_told() -> None:
    search = MovingSearch()
    moves = Moves(search, lambda: DAY, INTERVAL)
    async with asyncio.timeout(PATIENCE), aclosing(moves.standings()) as standings:
        assert await told(standings) == 1
        search.failing = SearchUnavailable("away")
        following = asyncio.ensure_future(told(standings))
        search.move()
        looks = search.looks
        await search.looked(looks + 3)
        assert not following.done()
        search.failing = None
        assert await following == 2
    await moves.close()


async def test_the_end_of_the_gateway_ends_the_listening() -> None:
    search = MovingSearch()
    moves = Moves(search, lambda: DAY, INTERVAL)
    async with asyncio.timeout(PATIENCE), aclosing(moves.standings()) as standings:
        await told(standings)
        following = asyncio.ensure_future(anext(standings, None))
        await asyncio.sleep(0)
        await moves.close()
        assert await following is None

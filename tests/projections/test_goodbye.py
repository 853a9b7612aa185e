"""The projection's database ends a connection, and a search asks before the driver has noticed."""

import asyncio

import asyncpg
import pytest

from projections.database import Projection
from projections.errors import ProjectionUnavailable
from tests.faulty import faulty

FOR_EVER = 30.0
"""Seconds after which a test that should have ended long ago is given up."""


async def ended(url: str, process: int) -> None:
    """End the server's process behind a connection, and wait until it is gone."""
    other = await asyncpg.connect(url)
    try:
        async with asyncio.timeout(FOR_EVER):
            while await other.fetchval("select pg_terminate_backend($1)", process):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        await other.close()


async def test_it_is_away_for_that_search_and_there_for_the_next(projected: str) -> None:
    async with faulty(projected) as proxy:
        proxy.lingering = True
        projection = Projection(proxy.url, timeout=FOR_EVER)
        async with projection.connection() as connection:
            before = await connection.fetchval("select pg_backend_pid()")
        await ended(projected, before)
        with pytest.raises(ProjectionUnavailable):
            async with projection.connection() as connection:
                await connection.fetchval("select 1")
        async with projection.connection() as connection:
            assert await connection.fetchval("select pg_backend_pid()") != before
        await projection.close()

"""What a search may use, and what it says when it may not be answered."""

import asyncio

import pytest

from gateway.servers import OwnServers
from projections.search.answers import Bounds
from projections.search.errors import SearchTimedOut, SearchTooCostly, SearchUnavailable
from projections.search.projected import ProjectionReader
from sources.registry import Registry
from tests.projections.search.asking import one_of, search
from tests.projections.search.conftest import searching
from tests.projections.search.rows import Rows, connected


async def test_a_costly_search_is_refused_with_its_estimate(small: str) -> None:
    async with searching(small, Bounds(cost=0)) as reader:
        with pytest.raises(SearchTooCostly) as refused:
            await reader.count(search(one_of("registry_number", "1")))
    assert refused.value.limit == 0
    assert refused.value.estimate > 0


async def test_what_sets_answer_is_never_too_costly(small: str) -> None:
    async with searching(small, Bounds(cost=0)) as reader:
        assert await reader.count(search(one_of("sex", "M"))) > 0


async def test_a_search_that_takes_too_long_is_stopped(own_servers: OwnServers, rows: Rows) -> None:
    url = own_servers.store_owner_url("changing")
    other = await connected(url)
    try:
        async with searching(url, Bounds(seconds=2.0)) as reader:
            async with other.transaction():
                await other.execute("lock table projection.worker, projection.term in access exclusive mode")
                with pytest.raises(SearchTimedOut, match="longer than 2 s"):
                    await reader.count(search())
            assert await reader.count(search()) == 7
    finally:
        await other.close()


async def test_what_is_not_built_is_unavailable(changing: ProjectionReader, rows: Rows) -> None:
    await rows.execute("update about set built_at = null")
    with pytest.raises(SearchUnavailable, match="not built"):
        await changing.count(search())
    await rows.execute("drop schema projection cascade")
    for asked in (changing.count(search()), changing.freshness()):
        with pytest.raises(SearchUnavailable, match="not built"):
            await asked


async def test_a_database_that_is_away_is_unavailable(small: str) -> None:
    async with searching("postgresql://nobody@127.0.0.1:1/nothing") as reader:
        with pytest.raises(SearchUnavailable, match="does not answer"):
            await reader.count(search())


async def test_freshness_is_told_of_every_registry(reader: ProjectionReader) -> None:
    told = await reader.freshness()
    assert {each.registry for each in told} == set(Registry)
    assert all(each.revision == 1 and each.as_of.tzinfo is not None for each in told)


async def test_many_searches_at_once(reader: ProjectionReader) -> None:
    counts = await asyncio.gather(*(reader.count(search(one_of("sex", sex))) for sex in "MF" * 20))
    assert counts == [4, 3] * 20

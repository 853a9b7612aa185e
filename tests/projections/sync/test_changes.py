"""Changes of the registries, brought in as they come, give what a fresh build gives."""

import datetime as dt
from collections.abc import Mapping

import pytest

from projections.sync.change import prepare
from projections.sync.day import turn
from projections.sync.definition import SCHEMA
from projections.sync.writing import writing
from sources.registry import Registry
from tests.conftest import NewProjection
from tests.projections.sync.changing import registrars
from tests.projections.sync.conftest import NewStore
from tests.projections.sync.projected import build, catch_up, same

Urls = Mapping[Registry, str]
LATER = ((-30,), (1, 3, 8), (408, 409))
"""Days after today that come one after the other."""


@pytest.mark.parametrize("batch", [7, 1_000_000])
async def test_random_changes_give_what_a_fresh_build_gives(
    own_registries: Urls,
    owner_urls: Urls,
    new_store: NewStore,
    new_projection: NewProjection,
    today: dt.date,
    batch: int,
) -> None:
    kept = await new_projection(own_registries)
    async with registrars(owner_urls, batch, today) as changing:
        for _ in range(4):
            await changing.change(100)
            assert await catch_up(kept, own_registries, batch) > 0
    fresh = await new_store()
    await build(fresh, own_registries, today)
    await same(kept, fresh)


async def test_another_snils_takes_everything_of_the_worker_along(
    own_registries: Urls, owner_urls: Urls, new_store: NewStore, new_projection: NewProjection, today: dt.date
) -> None:
    kept = await new_projection(own_registries)
    async with registrars(owner_urls, 5, today) as changing:
        await changing.learn()
        line = changing.lines[Registry.WORKERS]
        banned = "select w.* from worker w where exists (select from restriction r where r.worker_id = w.id)"
        for row in await line.fetch(banned):
            await changing.write("worker", "id", dict(row) | {"snils": changing.digits(11)})
    assert await catch_up(kept, own_registries) > 0
    fresh = await new_store()
    await build(fresh, own_registries, today)
    await same(kept, fresh)


async def test_the_day_turns_as_if_it_were_built_on_it(
    own_registries: Urls, owner_urls: Urls, new_store: NewStore, today: dt.date
) -> None:
    """Back and forth, by a day and by more; it is compared at the end of each line."""
    kept = await new_store()
    async with registrars(owner_urls, 8, today) as changing:
        await changing.change(300)
    await build(kept, own_registries, today)
    for later in LATER:
        days = [today + dt.timedelta(each) for each in later]
        async with writing(kept, SCHEMA) as connection:
            await prepare(connection)
            for day in days:
                assert await turn(connection, day)
                assert not await turn(connection, day), "it is turned once"
        fresh = await new_store()
        await build(fresh, own_registries, days[-1])
        await same(kept, fresh)

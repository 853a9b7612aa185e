"""The store makes its tables itself, once, however many start at once."""

import asyncio
from unittest import mock

import asyncpg
import pytest

from audit.errors import JournalUnavailable
from gateway.record import store_migrations
from gateway.record.store import Store, StoreState, StoreUrls, prepared
from gateway.record.store_migrations import Migration, MigrationFault, migrations


async def test_of_many_that_start_at_once_one_makes_the_tables(urls: StoreUrls) -> None:
    done = await asyncio.gather(*(prepared(urls, 30) for _ in range(8)))
    assert [each for each in done if each] == [[each.name for each in migrations()]]
    assert await prepared(urls, 30) == []


async def test_without_an_owner_of_its_own_the_gateways_account_makes_them(urls: StoreUrls) -> None:
    assert urls.owner is not None
    assert await prepared(StoreUrls(urls.owner), 30) == [each.name for each in migrations()]
    store = Store(StoreUrls(urls.owner), 10)
    await store.open()
    assert await store.state() is StoreState.OK
    await store.close()


async def test_an_account_that_may_not_make_them_makes_the_store_unavailable(urls: StoreUrls) -> None:
    await prepared(urls, 30)
    broken = Store(StoreUrls(urls.runtime), 10)
    with mock.patch.object(
        store_migrations, "migrations", return_value=[*migrations(), Migration(9, "x", "")]
    ):
        await broken.open()
        assert await broken.state() is StoreState.UNAVAILABLE
        with pytest.raises(JournalUnavailable):
            async with broken.connection():
                pass
    assert await broken.state() is StoreState.OK, "once the step is no longer wanted, it is found again"
    await broken.close()


async def test_a_step_that_was_changed_afterwards_is_refused(urls: StoreUrls) -> None:
    await prepared(urls, 30)
    changed = [Migration(each.number, each.name, each.text + " ") for each in migrations()]
    with (
        mock.patch.object(store_migrations, "migrations", return_value=changed),
        pytest.raises(MigrationFault, match="0001_journal was changed"),
    ):
        await prepared(urls, 30)


async def test_a_step_that_fails_leaves_nothing_behind(urls: StoreUrls) -> None:
    steps = [*migrations(), Migration(99, "0099_bad", "create table svod.half (); select 1/0")]
    with (
        mock.patch.object(store_migrations, "migrations", return_value=steps),
        pytest.raises(asyncpg.DivisionByZeroError),
    ):
        await prepared(urls, 30)
    connection = await asyncpg.connect(urls.owner)
    assert await connection.fetchval("select to_regclass('svod.half')") is None
    assert await connection.fetchval("select count(*) from svod.migration") == len(migrations())
    await connection.close()


async def test_steps_of_a_newer_svod_do_not_stop_this_one(urls: StoreUrls) -> None:
    newer = [*migrations(), Migration(900, "0900_newer", "create table svod.newer ()")]
    with mock.patch.object(store_migrations, "migrations", return_value=newer):
        await prepared(urls, 30)
    assert await prepared(urls, 30) == []

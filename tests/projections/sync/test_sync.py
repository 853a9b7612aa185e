"""Keeping: changes come by themselves, by one process at a time; a registry that is away stops alone."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import asyncpg
import pytest

from gateway.servers import OwnServers
from projections.sync import definition
from projections.sync.errors import KeptElsewhere
from projections.sync.lease import KEEP, held
from projections.sync.sync import Sync
from sources.errors import Nonsense, SourceError, Unavailable
from sources.registry import Registry
from sources.sql.copying import CopyingReader
from tests.conftest import NewProjection
from tests.demo.asking import asked
from tests.faulty import Mode, faulty
from tests.projections.sync.changing import Registrars, registrars, revision
from tests.projections.sync.conftest import NewStore
from tests.projections.sync.projected import DICTIONARIES, build, same

Urls = Mapping[Registry, str]
PATIENCE = 60.0
LICENSES = "select revision, as_of from projection.position where registry = 'LICENSES'"
LEASE = 24.0
"""Seconds; who is silent for half of them has lost it, and a crowded machine is silent for long."""
SHORT = 6.0
"""Where somebody is to lose it."""


@dataclass
class Calendar:
    """A day that a test may turn."""

    day: dt.date

    def __call__(self) -> dt.date:
        return self.day


@asynccontextmanager
async def syncing(
    url: str, registries: Urls, today: Callable[[], dt.date], lease: float = LEASE
) -> AsyncIterator[Sync]:
    """What keeps a projection, at rest."""
    readers = {registry: CopyingReader(registry, each, 60) for registry, each in registries.items()}
    sync = Sync(url, readers, DICTIONARIES, today, 0.02, lease)
    try:
        yield sync
    finally:
        await sync.close()


@asynccontextmanager
async def keeping(url: str, registries: Urls, today: Callable[[], dt.date]) -> AsyncIterator[Sync]:
    """Keep a projection beside the test."""
    async with syncing(url, registries, today) as sync:
        task = asyncio.create_task(sync.keep())
        try:
            yield sync
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def once(url: str, registries: Urls, today: dt.date, lease: float = LEASE) -> list[SourceError]:
    """Bring everything in once; the registries that were away."""
    async with syncing(url, registries, lambda: today, lease) as sync:
        return await sync.once(lambda _: None)


async def rebuild(url: str, registries: Urls, today: dt.date) -> None:
    """Build anew."""
    async with syncing(url, registries, lambda: today) as sync:
        await sync.rebuild(lambda _: None)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110 - others change it
            await asyncio.sleep(0.02)


async def value(url: str, statement: str) -> object:
    """One value of a projection; None while it is not there."""
    try:
        [(found,)] = await asked(url, statement)
    except asyncpg.UndefinedTableError:
        return None
    return found


async def is_built(url: str) -> bool:
    return await value(url, "select count(*) from projection.about where built_at is not null") == 1


def knowing(*syncs: Sync) -> Callable[[], Awaitable[bool]]:
    """Whether each of these knows how far every registry's part is, whoever keeps it."""

    async def know() -> bool:
        now = dt.datetime.now(dt.UTC)
        return all(set(each.kept.lags(now)) == set(Registry) for each in syncs)

    return know


async def rename(changing: Registrars, name: str) -> str:
    """Give some worker another surname; his registry number."""
    await changing.learn()
    line = changing.lines[Registry.WORKERS]
    row = dict(await line.fetchrow("select * from worker order by id limit 1"))
    await changing.write("worker", "id", row | {"last_name": name})
    return str(row["registry_number"])


async def is_called(url: str, number: str, name: str) -> bool:
    return (
        await value(url, f"select last_name from projection.worker where registry_number = '{number}'")
        == name
    )


async def test_it_is_built_and_changes_come_by_themselves(
    own_registries: Urls, owner_urls: Urls, new_store: NewStore, today: dt.date
) -> None:
    url = await new_store()
    async with keeping(url, own_registries, lambda: today) as sync:
        await until(lambda: is_built(url))
        async with registrars(owner_urls, 31, today) as changing:
            number = await rename(changing, "Переименованная")
            await until(lambda: is_called(url, number, "Переименованная"))
        assert sync.kept.holds
        assert sync.kept.rows[Registry.WORKERS] == 1
        assert sync.kept.builds == 1
        now = dt.datetime.now(dt.UTC)
        assert set(sync.kept.lags(now)) == set(Registry)


async def test_of_two_one_keeps_it_and_the_other_takes_over(
    own_registries: Urls, owner_urls: Urls, new_store: NewStore, today: dt.date
) -> None:
    url = await new_store()
    async with keeping(url, own_registries, lambda: today) as other:
        async with keeping(url, own_registries, lambda: today) as one:
            await until(lambda: is_built(url))
            await until(knowing(one, other))
            assert [one.kept.holds, other.kept.holds].count(True) == 1
            assert one.kept.builds + other.kept.builds == 1
            with pytest.raises(KeptElsewhere):
                await once(url, own_registries, today)

        async def taken_over() -> bool:
            return other.kept.holds

        await until(taken_over)
        async with registrars(owner_urls, 32, today) as changing:
            number = await rename(changing, "Принятая")
            await until(lambda: is_called(url, number, "Принятая"))


async def test_a_silent_holder_loses_the_lease(own_servers: OwnServers, new_store: NewStore) -> None:
    """As if its process had been stopped, or its machine cut off: the connection stands and nothing comes."""
    async with faulty(await new_store()) as proxy, held(proxy.url, KEEP, SHORT) as lease:
        assert lease is not None
        direct = own_servers.store_owner_url(proxy.url.rpartition("/")[2].removesuffix("_store"))
        async with held(direct, KEEP, SHORT) as second:
            assert second is None
        proxy.mode = Mode.HANG

        async def is_free() -> bool:
            async with held(direct, KEEP, SHORT) as found:
                return found is not None

        await until(is_free)


async def test_a_registry_that_is_away_stops_its_own_part_alone(
    own_registries: Urls, owner_urls: Urls, new_store: NewStore, new_projection: NewProjection, today: dt.date
) -> None:
    url = await new_projection(own_registries)
    async with faulty(own_registries[Registry.LICENSES]) as proxy:
        proxy.mode = Mode.REFUSE
        away = {**own_registries, Registry.LICENSES: proxy.url}
        [error] = await once(url, away, today)
        assert isinstance(error, Unavailable)
        assert error.registry is Registry.LICENSES
        async with keeping(url, away, lambda: today), registrars(owner_urls, 33, today) as changing:
            await changing.change(20, "license")
            number = await rename(changing, "Доступная")
            await until(lambda: is_called(url, number, "Доступная"))
            [before] = await asked(url, LICENSES)
            number = await rename(changing, "Следующая")
            await until(lambda: is_called(url, number, "Следующая"))
            again = await asked(url, LICENSES)
            assert again == [before], "its part stays as it was, and says as of when"
            proxy.mode = Mode.PASS
            await until(lambda: _reaches(url, owner_urls))
    fresh = await new_store()
    await build(fresh, own_registries, today)
    await same(url, fresh)


async def test_a_build_waits_for_a_registry_that_is_away(
    own_registries: Urls, new_store: NewStore, today: dt.date
) -> None:
    url = await new_store()
    async with faulty(own_registries[Registry.LICENSES]) as proxy:
        proxy.mode = Mode.REFUSE
        away = {**own_registries, Registry.LICENSES: proxy.url}
        with pytest.raises(Unavailable):
            await rebuild(url, away, today)
        assert await value(url, "select count(*) from projection_next.worker") == await value(
            own_registries[Registry.WORKERS], "select count(*) from worker"
        ), "the others are copied"
        async with keeping(url, away, lambda: today):
            assert not await is_built(url)
            proxy.mode = Mode.PASS
            await until(lambda: is_built(url))


async def test_the_day_turns_by_itself(
    own_registries: Urls, new_store: NewStore, new_projection: NewProjection, today: dt.date
) -> None:
    url, calendar = await new_projection(own_registries), Calendar(today)
    assert await once(url, own_registries, today) == []
    async with keeping(url, own_registries, calendar):
        calendar.day = today + dt.timedelta(40)

        async def is_turned() -> bool:
            return await value(url, "select day from projection.about") == calendar.day

        await until(is_turned)
    fresh = await new_store()
    await build(fresh, own_registries, calendar.day)
    await same(url, fresh)


async def test_another_version_is_built_beside_and_swapped(
    own_registries: Urls, new_projection: NewProjection, today: dt.date
) -> None:
    url = await new_projection(own_registries)
    seed = await value(url, "select seed from projection.about")
    connection = await asyncpg.connect(url)
    await connection.execute("update projection.about set fingerprint = 'of another version'")
    await connection.close()
    async with keeping(url, own_registries, lambda: today):

        async def is_replaced() -> bool:
            found = await value(url, "select fingerprint from projection.about")
            return found == definition.fingerprint(DICTIONARIES)

        await until(is_replaced)
        await until(lambda: _stands_alone(url))
    assert await value(url, "select seed from projection.about") == seed


async def test_what_a_build_left_that_was_killed_at_its_end_is_taken_away(
    own_registries: Urls, new_projection: NewProjection, today: dt.date
) -> None:
    url = await new_projection(own_registries)
    connection = await asyncpg.connect(url)
    await connection.execute("create schema projection_old; create table projection_old.about (day date)")
    await connection.close()
    async with keeping(url, own_registries, lambda: today):
        await until(lambda: _stands_alone(url))


async def _stands_alone(url: str) -> bool:
    schemas = await asked(url, "select nspname from pg_namespace where nspname like 'projection%'")
    return schemas == [("projection",)]


async def test_changes_go_on_while_it_is_rebuilt(
    own_registries: Urls, owner_urls: Urls, new_store: NewStore, new_projection: NewProjection, today: dt.date
) -> None:
    url = await new_projection(own_registries)
    async with (
        keeping(url, own_registries, lambda: today),
        registrars(owner_urls, 34, today) as changing,
    ):
        rebuilding = asyncio.create_task(rebuild(url, own_registries, today))
        while not rebuilding.done():
            await changing.change(5)
        await rebuilding
        await changing.change(20)
        await until(lambda: _reaches(url, owner_urls))
    fresh = await new_store()
    await build(fresh, own_registries, today)
    await same(url, fresh)


async def test_another_database_in_the_place_of_a_registry_is_noticed(
    own_servers: OwnServers, pristine: str, new_store: NewStore, today: dt.date
) -> None:
    await own_servers.copy_registries(pristine, "replaced")
    urls = own_servers.registry_urls("replaced")
    url = await new_store()
    assert await once(url, urls, today) == []
    origin = await value(url, "select origin from projection.position where registry = 'WORKERS'")
    await own_servers.copy_registries(pristine, "replaced")
    assert await once(url, urls, today) == []
    assert await value(url, "select origin from projection.position where registry = 'WORKERS'") != origin


async def test_a_registry_that_has_gone_back_waits(
    own_registries: Urls, new_projection: NewProjection, today: dt.date
) -> None:
    """A replica that lags must not cost a rebuild; what was said of it stays, and so does its moment."""
    url = await new_projection(own_registries)
    connection = await asyncpg.connect(url)
    ahead = "update projection.position set revision = revision + 1000 where registry = 'LICENSES'"
    await connection.execute(ahead)
    await connection.close()
    before = await asked(url, LICENSES)
    [error] = await once(url, own_registries, today)
    assert isinstance(error, Nonsense)
    assert await asked(url, LICENSES) == before


async def _reaches(url: str, registries: Urls) -> bool:
    """Whether the projection has come as far as each registry."""
    rows = dict(map(tuple, await asked(url, "select registry, revision from projection.position")))
    async with registrars(registries, 0, dt.date.min) as changing:
        return all([rows[each] == await revision(changing.lines[each], each) for each in registries])

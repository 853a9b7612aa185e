"""A registry that is down, hangs, breaks off or answers nonsense: our error, no driver's text."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg
import pytest

from sources.errors import Nonsense, Overloaded, SourceError, TimedOut, Unavailable
from sources.keys import Oid
from sources.registry import Registry
from sources.resilience import BreakerState, Limits
from sources.sql.database import Database
from sources.sql.organization import SqlOrganizations
from tests.faulty import Faulty, Mode, faulty

LIMITS = Limits(timeout=30.0, concurrency=2, retry_pause=0.0, least=1000)
"""Patient, and with a breaker that stays out of it."""
HASTY = replace(LIMITS, timeout=2.0)
"""In a hurry, though not on a crowded machine."""
FOR_EVER = 60.0
"""Seconds after which a test that should have ended long ago is given up."""
OID = Oid("1.2.643.5.1.13.13.12.2.77.1")
COLUMNS = ("short_name",)


@pytest.fixture(scope="module")
async def proxy(own_registries: Mapping[Registry, str]) -> AsyncIterator[Faulty]:
    """The organization registry behind a proxy."""
    async with faulty(own_registries[Registry.ORGANIZATIONS]) as proxy:
        yield proxy


@asynccontextmanager
async def reading(url: str, limits: Limits) -> AsyncIterator[tuple[SqlOrganizations, Database]]:
    """A source over this address."""
    database = Database(Registry.ORGANIZATIONS, url, limits)
    try:
        yield SqlOrganizations(database), database
    finally:
        await database.close()


async def fails(source: SqlOrganizations, error: type[SourceError]) -> None:
    """The read raises this error, whose text is ours alone."""
    with pytest.raises(error) as caught:
        await source.organizations_by_oid([OID], COLUMNS)
    assert type(caught.value) is error
    assert str(caught.value) == f"registry ORGANIZATIONS {error.fault}"


async def test_a_registry_that_is_down_at_the_start_is_found_when_it_comes(proxy: Faulty) -> None:
    proxy.mode = Mode.REFUSE
    async with reading(proxy.url, LIMITS) as (source, _):
        await fails(source, Unavailable)
        proxy.mode = Mode.PASS
        assert (await source.state()).revision > 0


async def test_nobody_listens() -> None:
    async with reading("postgresql://svod@127.0.0.1:1/none", LIMITS) as (source, _):
        await fails(source, Unavailable)


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:none/x", "http://127.0.0.1/", ""])
async def test_an_address_that_is_none(url: str) -> None:
    async with reading(url, LIMITS) as (source, _):
        await fails(source, Unavailable)


async def test_a_server_of_another_kind() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with reading(f"postgresql://svod@127.0.0.1:{port}/x", LIMITS) as (source, _):
        with pytest.raises(SourceError):
            await source.state()
    server.close()
    await server.wait_closed()


async def test_connections_that_were_lost_are_replaced(proxy: Faulty) -> None:
    async with reading(proxy.url, LIMITS) as (source, _):
        before = await source.state()
        proxy.mode = Mode.REFUSE
        await fails(source, Unavailable)
        proxy.mode = Mode.PASS
        assert await source.state() == before


async def test_a_connection_that_breaks_off_in_a_read_is_tried_again(proxy: Faulty) -> None:
    async with reading(proxy.url, LIMITS) as (source, _):
        before = await source.state()
        proxy.mode = Mode.CUT
        first = asyncio.create_task(source.state())
        made = proxy.connections
        while proxy.connections == made:  # noqa: ASYNC110 - the proxy tells by a number
            await asyncio.sleep(0)
        proxy.mode = Mode.PASS
        assert await first == before


async def test_a_registry_that_hangs_does_not_hold_us(proxy: Faulty) -> None:
    async with reading(proxy.url, HASTY) as (source, _):
        await source.state()
        proxy.mode = Mode.HANG
        async with asyncio.timeout(FOR_EVER):
            await asyncio.gather(*(fails(source, TimedOut) for _ in range(2)))
        proxy.mode = Mode.PASS
        await eventually(source)


async def test_a_slow_statement_is_ended_at_the_registry_though_nobody_can_tell_it(
    proxy: Faulty, owner_urls: Mapping[Registry, str]
) -> None:
    owner = await asyncpg.connect(owner_urls[Registry.ORGANIZATIONS])
    async with reading(proxy.url, HASTY) as (source, _):
        async with owner.transaction(), asyncio.timeout(FOR_EVER):
            await owner.execute("lock table organization in access exclusive mode")
            read = asyncio.create_task(fails(source, TimedOut))
            await until_waiting(owner, 1)
            proxy.mode = Mode.HANG
            await read
            await until_waiting(owner, 0)
        proxy.mode = Mode.PASS
        await eventually(source)
    await owner.close()


async def test_a_cancelled_read_leaves_the_pool_healthy(
    own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str]
) -> None:
    owner = await asyncpg.connect(owner_urls[Registry.ORGANIZATIONS])
    async with reading(own_registries[Registry.ORGANIZATIONS], LIMITS) as (source, database):
        async with owner.transaction():
            await owner.execute("lock table organization in access exclusive mode")
            reads = [asyncio.create_task(source.state()) for _ in range(LIMITS.concurrency)]
            await until_waiting(owner, LIMITS.concurrency)
            for read in reads:
                read.cancel()
            outcomes = await asyncio.gather(*reads, return_exceptions=True)
            assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
        states = await asyncio.gather(*(source.state() for _ in range(10)))
        assert len(set(states)) == 1
        assert database.guard.breaker.state is BreakerState.CLOSED
    await owner.close()


async def test_a_table_that_is_changed_meanwhile_is_read_anew(
    own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str]
) -> None:
    owner = await asyncpg.connect(owner_urls[Registry.ORGANIZATIONS])
    async with reading(own_registries[Registry.ORGANIZATIONS], LIMITS) as (source, _):
        oids = [row[0] for row in await owner.fetch("select oid from organization limit 2")]
        reads = [source.organizations_by_oid(oids, COLUMNS) for _ in range(LIMITS.concurrency)]
        before = (await asyncio.gather(*reads))[0]
        await owner.execute("alter table organization alter column short_name type text")
        assert await source.organizations_by_oid(oids, COLUMNS) == before
        await owner.execute("alter table organization alter column short_name type varchar")
    await owner.close()


async def test_the_breaker_leaves_a_broken_registry_alone_and_finds_it_again(proxy: Faulty) -> None:
    limits = replace(LIMITS, least=2, window=4, pause=0.2)
    async with reading(proxy.url, limits) as (source, database):
        proxy.mode = Mode.REFUSE
        await fails(source, Unavailable)
        await fails(source, Unavailable)
        asked = proxy.connections
        await fails(source, Overloaded)
        assert proxy.connections == asked
        proxy.mode = Mode.PASS
        await eventually(source)
        assert database.guard.breaker.state is BreakerState.CLOSED


@asynccontextmanager
async def broken(
    urls: Mapping[Registry, str], owner_urls: Mapping[Registry, str], table: str, rights: str
) -> AsyncIterator[SqlOrganizations]:
    """A source over tables that are not as they should be."""
    owner = await asyncpg.connect(owner_urls[Registry.ORGANIZATIONS])
    await owner.execute(f"create schema broken; {table}; {rights}")
    url = urls[Registry.ORGANIZATIONS]
    try:
        async with reading(f"{url}{'&' if '?' in url else '?'}search_path=broken", LIMITS) as (source, _):
            yield source
    finally:
        await owner.execute("drop schema broken cascade")
        await owner.close()


RIGHTS = "grant usage on schema broken to public; grant select on all tables in schema broken to public"


@pytest.mark.parametrize(
    "columns",
    [
        "1 as short_name, current_date as registered_on",
        "null::varchar as short_name, current_date as registered_on",
        "'x'::varchar as short_name, date '4000-01-01 BC' as registered_on",
        "'x'::varchar as short_name, current_timestamp as registered_on",
        "'x'::varchar as short_name",
    ],
)
async def test_a_table_outside_the_contract(
    own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str], columns: str
) -> None:
    table = f"create table broken.organization as select '{OID}'::varchar as oid, {columns}"
    async with broken(own_registries, owner_urls, table, RIGHTS) as source:
        for _ in range(3):
            with pytest.raises(Nonsense) as caught:
                await source.organizations_by_oid([OID], ("short_name", "registered_on"))
            assert str(caught.value) == "registry ORGANIZATIONS gave an answer outside its contract"


async def test_a_key_of_another_type(
    own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str]
) -> None:
    table = "create table broken.organization as select 1 as oid, 'x'::varchar as short_name"
    async with broken(own_registries, owner_urls, table, RIGHTS) as source:
        await fails(source, Nonsense)


async def test_no_table(own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str]) -> None:
    async with broken(own_registries, owner_urls, "select 1", RIGHTS) as source:
        await fails(source, Nonsense)


async def test_an_account_without_rights(
    own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str]
) -> None:
    table = f"create table broken.organization as select '{OID}'::varchar as oid, 'x'::varchar as short_name"
    async with broken(own_registries, owner_urls, table, "grant usage on schema broken to public") as source:
        await fails(source, Unavailable)


async def eventually(source: SqlOrganizations) -> None:
    """The registry answers again, sooner or later."""
    while True:
        try:
            await source.state()
        except SourceError:
            await asyncio.sleep(0.02)
        else:
            return


async def until_waiting(owner: asyncpg.Connection, statements: int) -> None:
    """So many statements wait for the locked table."""
    count = "select count(*) from pg_locks where relation = 'organization'::regclass and not granted"
    while await owner.fetchval(count) != statements:  # noqa: ASYNC110 - the server tells when asked
        await asyncio.sleep(0.01)

"""The connections to a registry: few, never lost, never handed out dirty, replaced when they have ended."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from sources.errors import Nonsense, Unavailable
from sources.registry import Registry
from sources.sql.lines import Lines
from sources.sql.statement import Planning, Statement
from sources.turns import Turns
from tests.faulty import Faulty, Mode, faulty

REGISTRY = Registry.LICENSES
FOR_EVER = 30.0
"""Seconds after which a test that should have ended long ago is given up."""

ME = Statement("select pg_backend_pid()", ())
SLEEP = Statement("select pg_sleep($1::float8)::text", ("seconds",))
FAIL = Statement("select 1 / $1::int", ("zero",))
PLANS = "select current_setting('plan_cache_mode'), pg_backend_pid()"
ONCE, ANEW = Statement(PLANS, ()), Statement(PLANS, (), Planning.ANEW)

_OTHERS = """
    select pid, state, query from pg_stat_activity
    where datname = current_database() and application_name = 'svod' and pid <> pg_backend_pid()
"""


class Pool:
    """Connections under test, and a look behind them."""

    def __init__(self, lines: Lines, turns: Turns, same: Any) -> None:
        self.lines = lines
        self.turns = turns
        self._same = same

    async def read(self, statement: Statement, *arguments: object) -> Any:
        """The first value, read within a turn as the guard does it."""
        if not self.turns.take():
            await self.turns.wait()
        try:
            return (await self.lines.rows(statement, list(arguments)))[0][0]
        finally:
            self.turns.give()

    async def read_as_guarded(self, statement: Statement) -> Any:
        """The same, and once more where the registry is unavailable, as the guard does it."""
        try:
            return await self.read(statement)
        except Unavailable:
            return await self.read(statement)

    async def connections(self) -> list[int]:
        """The connections that the server has."""
        return [row[0] for row in await self._same.fetch(_OTHERS)]

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Wait for what comes about behind."""
        async with asyncio.timeout(FOR_EVER):
            while not await condition():  # noqa: ASYNC110 - the server tells when asked
                await asyncio.sleep(0.01)

    async def until_connections(self, count: int) -> None:
        async def are_so_many() -> bool:
            return len(await self.connections()) == count

        await self.until(are_so_many)

    async def until_sleeping(self, count: int) -> None:
        async def sleep() -> bool:
            rows = await self._same.fetch(_OTHERS)
            asleep = [row for row in rows if row["state"] == "active" and "pg_sleep" in row["query"]]
            return len(asleep) == count

        await self.until(sleep)

    async def until_free(self) -> None:
        """Wait until every turn is free again, also those that something behind keeps."""
        async with asyncio.timeout(FOR_EVER), self.turns.all():
            pass

    async def kill(self) -> None:
        """The server ends every connection."""
        await self._same.fetch(f"select pg_terminate_backend(pid) from ({_OTHERS}) as others")
        await self.until_connections(0)


@asynccontextmanager
async def pool(url: str, count: int, behind: str | None = None) -> AsyncIterator[Pool]:
    """A pool over this address; what is behind is seen by the same account, past a proxy if there is one."""
    turns = Turns(count)
    lines = Lines(REGISTRY, url, FOR_EVER, turns)
    same = await asyncpg.connect(behind or url)
    made = Pool(lines, turns, same)
    try:
        yield made
        await made.until_free()
    finally:
        await lines.close()
        await made.until_connections(0)
        await same.close()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may need longer than a second to end what was given up."""
    monkeypatch.setattr("sources.sql.lines.LET_GO", FOR_EVER)


@pytest.fixture
async def two(own_registries: Mapping[Registry, str], patient: None) -> AsyncIterator[Pool]:
    """At most two connections."""
    async with pool(own_registries[REGISTRY], 2) as two:
        yield two


@pytest.fixture
async def one(own_registries: Mapping[Registry, str], patient: None) -> AsyncIterator[Pool]:
    """At most one connection."""
    async with pool(own_registries[REGISTRY], 1) as one:
        yield one


@pytest.fixture
async def proxy(own_registries: Mapping[Registry, str]) -> AsyncIterator[Faulty]:
    async with faulty(own_registries[REGISTRY]) as proxy:
        yield proxy


async def cancelled(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_first_read_opens_a_connection_and_the_next_uses_it(two: Pool) -> None:
    assert await two.connections() == []
    assert await two.read(ME) == await two.read(ME)
    assert len(await two.connections()) == 1


async def test_more_readers_than_connections(two: Pool) -> None:
    told = await asyncio.gather(*(two.read(ME) for _ in range(50)))
    assert set(told) == set(await two.connections())
    assert len(set(told)) == 2


async def test_a_read_that_was_cancelled_leaves_a_clean_connection(one: Pool) -> None:
    before = await one.read(ME)
    read = asyncio.create_task(one.read(SLEEP, 600.0))
    await one.until_sleeping(1)
    await cancelled(read)
    assert await asyncio.gather(*(one.read(ME) for _ in range(3))) == [before] * 3


async def test_a_read_that_was_cancelled_keeps_its_turn_until_its_connection_is_clean(one: Pool) -> None:
    read = asyncio.create_task(one.read(SLEEP, 600.0))
    await one.until_sleeping(1)
    await cancelled(read)
    assert not one.turns.take()
    await one.until_free()
    await one.until_sleeping(0)


async def test_a_read_that_was_cancelled_in_the_moment_of_its_answer(one: Pool) -> None:
    before = await one.read(ME)
    for moment in range(12):
        read = asyncio.create_task(one.read(ME))
        for _ in range(moment):
            await asyncio.sleep(0)
        read.cancel()
        await asyncio.gather(read, return_exceptions=True)
        assert await one.read(ME) == before


async def test_a_connection_that_is_opened_while_the_reader_gives_up_is_used_by_the_next(one: Pool) -> None:
    read = asyncio.create_task(one.read(ME))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await cancelled(read)
    assert not one.turns.take()
    await one.read(ME)
    assert len(await one.connections()) == 1


async def test_opening_that_hangs_ends_with_the_pool(
    proxy: Faulty,
) -> None:
    proxy.mode = Mode.HANG
    lines = Lines(REGISTRY, proxy.url, FOR_EVER, Turns(1))
    read = asyncio.create_task(lines.rows(ME, []))
    while not proxy.connections:  # noqa: ASYNC110 - the proxy tells by a number
        await asyncio.sleep(0)
    await cancelled(read)
    await lines.close()
    proxy.mode = Mode.PASS
    with pytest.raises(Unavailable):
        await lines.rows(ME, [])


async def test_waiting_readers_who_give_up_lose_nothing(two: Pool) -> None:
    sleepers = [asyncio.create_task(two.read(SLEEP, 600.0)) for _ in range(2)]
    await two.until_sleeping(2)
    waiting = [asyncio.create_task(two.read(ME)) for _ in range(10)]
    await asyncio.sleep(0)
    for each in waiting[::2]:
        await cancelled(each)
    for each in sleepers:
        await cancelled(each)
    assert set(await asyncio.gather(*waiting[1::2])) <= set(await two.connections())


async def test_connections_that_the_server_has_ended_are_replaced(two: Pool) -> None:
    before = set(await asyncio.gather(two.read(ME), two.read(ME)))
    await two.kill()
    after = set(await asyncio.gather(two.read_as_guarded(ME), two.read_as_guarded(ME)))
    assert len(after) == 2
    assert not before & after


async def test_a_read_just_after_the_servers_goodbye_is_tried_again(
    proxy: Faulty, own_registries: Mapping[Registry, str]
) -> None:
    proxy.lingering = True
    async with pool(proxy.url, 1, own_registries[REGISTRY]) as one:
        before = await one.read(ME)
        await one.kill()
        with pytest.raises(Unavailable):
            await one.read(ME)
        assert await one.read(ME) != before


async def test_a_connection_that_the_server_ends_in_a_read_is_replaced(one: Pool) -> None:
    read = asyncio.create_task(one.read(SLEEP, 600.0))
    await one.until_sleeping(1)
    await one.kill()
    with pytest.raises(Unavailable):
        await read
    assert [await one.read(ME)] == await one.connections()


async def test_a_statement_that_fails_costs_no_connection(one: Pool) -> None:
    before = await one.read(ME)
    for arguments in ([0], ["no number"]):
        with pytest.raises(Nonsense):
            await one.read(FAIL, *arguments)
    assert await one.read(ME) == before


async def test_a_read_that_hangs_and_was_given_up_frees_its_turn_in_the_end(
    proxy: Faulty, own_registries: Mapping[Registry, str]
) -> None:
    async with pool(proxy.url, 1, own_registries[REGISTRY]) as one:
        before = await one.read(ME)
        proxy.mode = Mode.HANG
        read = asyncio.create_task(one.read(ME))
        await asyncio.sleep(0)
        await cancelled(read)
        await one.until_free()
        proxy.mode = Mode.PASS
        assert await one.read(ME) != before


async def test_reads_by_key_are_planned_once_and_listings_anew(two: Pool) -> None:
    for _ in range(2):
        assert await two.read(ONCE) == "force_generic_plan"
        assert await two.read(ANEW) == "force_custom_plan"
    assert len(await two.connections()) == 2


async def test_one_connection_serves_both(one: Pool) -> None:
    for _ in range(2):
        assert await one.read(ONCE) == "force_generic_plan"
        assert await one.read(ANEW) == "force_custom_plan"
    assert len(await one.connections()) == 1


async def test_a_table_that_changes_is_read_anew(one: Pool, owner_urls: Mapping[Registry, str]) -> None:
    owner = await asyncpg.connect(owner_urls[REGISTRY])
    statement = Statement("select * from changing where 1 = any($1::int[])", ("numbers",))
    await owner.execute("create table changing as select 1 as number; grant select on changing to public")
    assert await one.read(statement, [1]) == 1
    await owner.execute("alter table changing alter column number type text")
    with pytest.raises(Unavailable):  # so that the guard tries again
        await one.read(statement, [1])
    assert await one.read(statement, [1]) == "1"
    await owner.execute("drop table changing")
    await owner.close()


async def test_few_statements_are_kept(one: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.sql.line.STATEMENTS_KEPT", 3)
    for number in [*range(10), 0]:
        assert await one.read(Statement(f"select {number}", ())) == number
    kept = Statement("select count(*) from pg_prepared_statements where statement ~ '^select [0-9]'", ())
    assert await one.read(kept) <= 3


async def test_what_rests_is_closed_and_what_is_used_stays(two: Pool) -> None:
    await asyncio.gather(two.read(ME), two.read(ME))
    two.lines._look()
    used = await two.read(ME)
    two.lines._look()
    await two.until_connections(1)
    assert await two.read(ME) == used
    two.lines._look()
    two.lines._look()
    await two.until_connections(0)


async def test_an_old_connection_is_replaced_even_when_it_is_always_used(
    one: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.sql.lines.OLDEST", 1)
    read = asyncio.create_task(one.read(SLEEP, 600.0))
    await one.until_sleeping(1)
    before = await one.connections()
    one.lines._look()
    await cancelled(read)
    await one.until_connections(0)
    assert await one.read(ME) not in before


async def test_closing_waits_for_a_read_that_runs(
    own_registries: Mapping[Registry, str], patient: None
) -> None:
    async with pool(own_registries[REGISTRY], 1) as one:
        read = asyncio.create_task(one.read(SLEEP, 2.0))
        await one.until_sleeping(1)
        await one.lines.close()
        assert await read == ""
        with pytest.raises(Unavailable):
            await one.read(ME)


async def test_closing_does_not_wait_for_ever(
    own_registries: Mapping[Registry, str],
    owner_urls: Mapping[Registry, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sources.sql.lines.LET_GO", 0.01)
    async with pool(own_registries[REGISTRY], 1) as one:
        read = asyncio.create_task(one.read(SLEEP, 600.0))
        await one.until_sleeping(1)
        await one.lines.close()
        with pytest.raises(Unavailable):
            await read
        await one.kill()

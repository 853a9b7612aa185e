"""The journal in a real database: one chain, only ever added to, found by what its entries say."""

import asyncio
from itertools import pairwise

import asyncpg
import pytest

from audit.chain import BEGINNING, Head, link
from audit.errors import JournalUnavailable
from audit.event import Actor, Holding, Released
from audit.filter import JournalFilter
from audit.journal import Journal
from gateway.record.store import Store, StoreUrls
from tests.audit.events import ANNA, BEGIN, BORIS, bodies, event

EVERYTHING = JournalFilter()


async def test_each_entry_holds_the_hash_of_the_one_before(journal: Journal) -> None:
    assert await journal.head() == Head(0, BEGINNING)
    await journal.append(bodies(2))
    newest = await journal.append([event(9).body()])
    entries = [each async for each in journal.entries()]
    assert [each.number for each in entries] == [1, 2, 3]
    assert [each.body for each in entries] == [*bodies(2), event(9).body()]
    before = BEGINNING
    for each in entries:
        assert (each.previous, each.hash) == (before, link(before, each.number, each.body))
        before = each.hash
    assert newest == await journal.head() == entries[-1].head


async def test_many_writers_make_one_chain(urls: StoreUrls, journal: Journal) -> None:
    """Several replicas at once: no number twice, none left out, every hash the one before's follower."""
    others = [Store(urls, timeout=30) for _ in range(4)]
    writers = [Journal(each) for each in others]
    await asyncio.gather(*(writer.append(bodies(3)) for writer in writers for _ in range(25)))
    for each in others:
        await each.close()
    entries = [each async for each in journal.entries()]
    assert [each.number for each in entries] == list(range(1, 301))
    assert all(later.previous == each.hash for each, later in pairwise(entries))


@pytest.mark.parametrize("statement", ["update journal.entry set body = ''", "delete from journal.entry"])
async def test_nobody_changes_an_entry_not_even_the_owner(
    urls: StoreUrls, journal: Journal, statement: str
) -> None:
    await journal.append(bodies(1))
    for url in (urls.runtime, urls.owner):
        for tried in (statement, "truncate journal.entry"):
            connection = await asyncpg.connect(url)
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(tried)
            await connection.close()


async def test_the_gateways_account_adds_through_the_one_function(urls: StoreUrls, journal: Journal) -> None:
    await journal.append(bodies(1))
    connection = await asyncpg.connect(urls.runtime)
    for tried in (
        "insert into journal.entry values (2, '', '', '{}')",
        "update journal.start set number = 5",
        "alter table journal.entry disable trigger all",
        "create table journal.more ()",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(tried)
    await connection.close()


async def test_entries_are_found_by_what_they_say(journal: Journal) -> None:
    other = event(
        1,
        actor=Actor("clerk", (Holding("employer", ("1.2.3",)),)),
        purpose=None,
        released=(Released((BORIS,), ("Worker.email",)),),
        refused=(),
    )
    await journal.append([event(0).body(), other.body()])
    expected = {
        JournalFilter(): [2, 1],
        JournalFilter(since=other.at): [2],
        JournalFilter(until=other.at): [1],
        JournalFilter(since=BEGIN, until=BEGIN): [],
        JournalFilter(subject=ANNA): [1],
        JournalFilter(subject=BORIS): [2],
        JournalFilter(actor="clerk"): [2],
        JournalFilter(role="regulator"): [1],
        JournalFilter(purpose="inspection"): [1],
        JournalFilter(request="request-1"): [2],
        JournalFilter(coordinate="Worker.snils"): [1],
        JournalFilter(coordinate="Worker.phone"): [1],
        JournalFilter(coordinate="Worker.passportNumber"): [1],
        JournalFilter(coordinate="Worker.email", actor="clerk"): [2],
        JournalFilter(coordinate="Worker.email", actor="inspector"): [],
        JournalFilter(subject="' or true --"): [],
    }
    for asked, numbers in expected.items():
        assert [each.number for each in await journal.page(asked, None, 10)] == numbers, asked
        assert await journal.count(asked) == len(numbers), asked


async def test_pages_go_from_the_newest_to_the_oldest(journal: Journal) -> None:
    await journal.append(bodies(5))
    first = await journal.page(EVERYTHING, None, 2)
    second = await journal.page(EVERYTHING, first[-1].number, 2)
    assert [each.number for each in (*first, *second)] == [5, 4, 3, 2]


async def test_without_its_database_it_is_unavailable_and_later_found_again(urls: StoreUrls) -> None:
    away = Store(StoreUrls("postgresql://nobody:x@/nothing?host=/nonexistent"), timeout=1)
    await away.open()
    for use in (Journal(away).append(bodies(1)), Journal(away).head()):
        with pytest.raises(JournalUnavailable):
            await use
    await away.close()

"""Group commit: entries that come together share a transaction; a fault is told to each that waits for it."""

import asyncio
from collections.abc import Sequence

import pytest

from audit.chain import BEGINNING, Head
from audit.errors import JournalUnavailable
from audit.group import GroupCommit


class Slow:
    """A journal whose transactions go on until they are let go."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.free = asyncio.Event()
        self.fault: Exception | None = None

    async def append(self, bodies: Sequence[str]) -> Head:
        self.batches.append(list(bodies))
        await self.free.wait()
        if self.fault is not None:
            raise self.fault
        return Head(len(self.batches), BEGINNING)


async def turns() -> None:
    """Let everything run that can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_comes_while_a_transaction_goes_on_shares_the_next() -> None:
    slow = Slow()
    group = GroupCommit(slow, 30, company=0, rest=0)
    first = asyncio.create_task(group.write("a"))
    await turns()
    others = [asyncio.create_task(group.write(body)) for body in "bcd"]
    await turns()
    assert slow.batches == [["a"]]
    assert not any(each.done() for each in (first, *others))
    slow.free.set()
    await asyncio.gather(first, *others)
    assert slow.batches == [["a"], ["b", "c", "d"]]
    assert group.head == Head(2, BEGINNING)


@pytest.mark.parametrize("fault", [JournalUnavailable(), RuntimeError("unforeseen")])
async def test_a_fault_is_everybodys_and_the_next_entry_is_tried_again(fault: Exception) -> None:
    slow = Slow()
    slow.free.set()
    slow.fault = fault
    group = GroupCommit(slow, 30, company=0, rest=0)
    outcomes = await asyncio.gather(group.write("a"), group.write("b"), return_exceptions=True)
    assert [type(each) for each in outcomes] == [JournalUnavailable] * 2
    slow.fault = None
    await group.write("c")
    assert slow.batches[-1] == ["c"]


async def test_an_entry_that_takes_too_long_is_a_fault() -> None:
    group = GroupCommit(Slow(), 0.01, rest=60)
    for _ in range(2):  # the second one at once
        with pytest.raises(JournalUnavailable):
            await group.write("a")


async def test_what_nobody_waits_for_any_more_is_not_written() -> None:
    slow = Slow()
    group = GroupCommit(slow, 30, company=0, rest=0)
    first = asyncio.create_task(group.write("a"))
    await turns()
    gone = asyncio.create_task(group.write("b"))
    stays = asyncio.create_task(group.write("c"))
    await turns()
    gone.cancel()
    slow.free.set()
    await asyncio.gather(first, stays)
    assert slow.batches == [["a"], ["c"]]


async def test_after_a_fault_nothing_is_tried_for_a_while() -> None:
    slow = Slow()
    slow.free.set()
    slow.fault = RuntimeError("away")
    group = GroupCommit(slow, 30, rest=60)
    for _ in range(3):
        with pytest.raises(JournalUnavailable):
            await group.write("a")
    assert slow.batches == [["a"]]


async def test_entries_of_a_busy_gateway_wait_for_company_and_a_lonely_one_does_not() -> None:
    slow = Slow()
    group = GroupCommit(slow, 30, company=0.2, rest=0)
    first = asyncio.create_task(group.write("a"))
    await turns()
    assert slow.batches == [["a"]]
    second = asyncio.create_task(group.write("b"))
    await turns()
    slow.free.set()
    await first
    await turns()
    third = asyncio.create_task(group.write("c"))
    await turns()
    assert slow.batches == [["a"]], "the second waits, since it came while the first was written"
    await asyncio.gather(second, third)
    assert slow.batches == [["a"], ["b", "c"]]

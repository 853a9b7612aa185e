"""The bound: nobody overtakes, and no turn is lost, whoever gives up when."""

import asyncio

import pytest

from sources.turns import Turns


async def waiting(turns: Turns, name: str, order: list[str]) -> None:
    await turns.wait()
    order.append(name)


async def started(turns: Turns, *names: str) -> tuple[list["asyncio.Task[None]"], list[str]]:
    """Who waits, in this order; and where they write down that they have their turn."""
    order: list[str] = []
    tasks = [asyncio.create_task(waiting(turns, name, order)) for name in names]
    await asyncio.sleep(0)
    return tasks, order


async def gone(task: "asyncio.Task[None]") -> None:
    with pytest.raises(asyncio.CancelledError):
        await task


def free(turns: Turns) -> int:
    """How many turns can be taken at once."""
    taken = 0
    while turns.take():
        taken += 1
    for _ in range(taken):
        turns.give()
    return taken


async def test_first_come_first_served() -> None:
    turns = Turns(1)
    assert turns.take()
    tasks, order = await started(turns, "a", "b", "c")
    for _ in tasks:
        turns.give()
        assert not turns.take()  # nobody overtakes who has been given his turn but does not know it yet
    await asyncio.gather(*tasks)
    assert order == ["a", "b", "c"]
    turns.give()
    assert free(turns) == 1


async def test_who_gives_up_is_passed_over() -> None:
    turns = Turns(1)
    assert turns.take()
    (a, b), order = await started(turns, "a", "b")
    a.cancel()
    turns.give()
    await gone(a)
    await b
    assert order == ["b"]


async def test_who_gives_up_just_when_it_is_his_turn_hands_it_on() -> None:
    turns = Turns(1)
    assert turns.take()
    (a, b), order = await started(turns, "a", "b")
    turns.give()
    a.cancel()
    await gone(a)
    await b
    assert order == ["b"]
    turns.give()
    assert free(turns) == 1


async def test_the_last_who_gives_up_just_then_leaves_the_turn_free() -> None:
    turns = Turns(1)
    assert turns.take()
    (a,), _ = await started(turns, "a")
    turns.give()
    a.cancel()
    await gone(a)
    assert free(turns) == 1


async def test_a_turn_that_is_kept_is_paid_by_the_next_that_is_given_back() -> None:
    turns = Turns(1)
    assert turns.take()
    (a,), order = await started(turns, "a")
    turns.keep()
    turns.give()
    await asyncio.sleep(0)
    assert order == []
    turns.give()
    await a
    assert order == ["a"]


async def test_every_turn_is_taken_when_all_have_ended() -> None:
    turns = Turns(2)
    assert turns.take()

    async def close() -> int:
        async with turns.all():
            return free(turns)

    closing = asyncio.create_task(close())
    await asyncio.sleep(0)
    assert not closing.done()
    turns.give()
    assert await closing == 0
    assert free(turns) == 2


async def test_whoever_gives_up_taking_every_turn_gives_back_what_he_had() -> None:
    turns = Turns(2)
    assert turns.take()

    async def close() -> None:
        async with turns.all():
            pytest.fail("a turn is still taken")

    closing = asyncio.create_task(close())
    await asyncio.sleep(0)
    closing.cancel()
    await gone(closing)
    assert free(turns) == 1

"""The change feed: whoever listens gets each change once and in order, whatever happens meanwhile."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from projections.feed import BATCH, WAITING, ChangeFeed, RegistryChange
from sources.errors import SourceError
from sources.registry import Registry
from tests.projections.fake_feed import PATIENCE, FakeFeed


class Listener:
    """Listens, and keeps the revisions that it was told of."""

    def __init__(self, feed: ChangeFeed) -> None:
        self._changes = cast("AsyncGenerator[RegistryChange, None]", feed.changes(Registry.WORKERS))
        self.events: list[RegistryChange] = []

    @property
    def revisions(self) -> list[int]:
        return [change.revision for event in self.events for change in event.changes]

    async def told(self, last: int) -> list[int]:
        """All revisions so far, once the last one is there."""
        async with asyncio.timeout(PATIENCE):
            while not self.revisions or self.revisions[-1] < last:
                self.events.append(await anext(self._changes))
        return self.revisions

    async def close(self) -> None:
        await self._changes.aclose()


@asynccontextmanager
async def listening(feed: ChangeFeed, registry: FakeFeed) -> AsyncIterator[Listener]:
    """A listener that has begun."""
    listener = Listener(feed)
    begun = asyncio.create_task(listener.told(registry.revision + 1))
    await registry.polled()
    registry.change()
    await begun
    try:
        yield listener
    finally:
        await listener.close()


def polls() -> list[str]:
    """The polls that run just now."""
    names = [task.get_coro().__qualname__ for task in asyncio.all_tasks()]  # type: ignore[union-attr]
    return [name for name in names if name == "ChangeFeed._poll"]


@pytest.fixture
def registry() -> FakeFeed:
    found = FakeFeed()
    found.change(10)
    return found


@pytest.fixture
async def feed(registry: FakeFeed) -> AsyncIterator[ChangeFeed]:
    made = ChangeFeed({Registry.WORKERS: registry}, interval=0.001)
    yield made
    await made.close()


async def test_a_listener_is_told_what_changes_from_now_on_in_order(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    async with listening(feed, registry) as listener:
        registry.change(3)

        assert await listener.told(14) == [11, 12, 13, 14]
        assert listener.events[-1].revision == 14
        assert listener.events[-1].registry is Registry.WORKERS
        assert registry.fruitful[0] == 10, "what was before is not read"


async def test_one_poll_serves_every_listener(feed: ChangeFeed, registry: FakeFeed) -> None:
    async with listening(feed, registry) as one, listening(feed, registry) as another:
        registry.change(5)

        assert (await one.told(17))[-6:] == (await another.told(17)) == [12, 13, 14, 15, 16, 17]
        assert polls() == ["ChangeFeed._poll"]
        assert len(registry.fruitful) == len(set(registry.fruitful))

    assert polls() == [], "nobody listens, so nobody asks"


async def test_a_burst_comes_whole_and_in_parts_without_a_pause(registry: FakeFeed) -> None:
    feed = ChangeFeed({Registry.WORKERS: registry}, interval=0.001)
    async with listening(feed, registry) as listener:
        registry.change(BATCH * 2 + 7)

        assert await listener.told(registry.revision) == list(range(11, registry.revision + 1))
        assert [len(event.changes) for event in listener.events[1:]] == [BATCH, BATCH, 7]


async def test_a_slow_listener_loses_nothing_and_holds_up_nobody(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    async with listening(feed, registry) as slow, listening(feed, registry) as quick:
        for _ in range(WAITING + 50):
            registry.change()
            await quick.told(registry.revision)

        assert await slow.told(registry.revision) == list(range(11, registry.revision + 1))


async def test_a_slow_listener_waits_for_a_registry_that_is_away(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    async with listening(feed, registry) as slow, listening(feed, registry) as quick:
        for _ in range(WAITING + 50):
            registry.change()
            await quick.told(registry.revision)
        registry.down = True
        catching_up = asyncio.create_task(slow.told(registry.revision))
        await registry.polled()
        registry.down = False

        assert await catching_up == list(range(11, registry.revision + 1))


async def test_a_registry_that_was_away_is_told_of_when_it_is_back(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    async with listening(feed, registry) as listener:
        registry.down = True
        registry.change(4)
        await registry.polled()
        registry.down = False

        assert await listener.told(15) == [11, 12, 13, 14, 15]


async def test_a_registry_that_is_away_at_first_is_an_error_and_no_poll(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    registry.down = True

    with pytest.raises(SourceError):
        await Listener(feed).told(11)

    assert polls() == []
    registry.down = False
    async with listening(feed, registry) as listener:
        assert listener.revisions == [11]


async def test_what_changes_while_a_listener_begins_is_told_once(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    async with listening(feed, registry) as earlier:
        answer = registry.delay()
        later = Listener(feed)
        told = asyncio.create_task(later.told(13))
        await asyncio.sleep(0)  # the registry has said 11 now, and the answer is on its way
        registry.change(2)
        await earlier.told(13)
        answer.set()

        assert await told == [12, 13]
        registry.change()
        assert await later.told(14) == [12, 13, 14]
        assert await earlier.told(14) == [11, 12, 13, 14]
        await later.close()


async def test_one_whose_answer_came_late_misses_nothing(feed: ChangeFeed, registry: FakeFeed) -> None:
    answer = registry.delay()
    first = Listener(feed)
    told = asyncio.create_task(first.told(14))
    await asyncio.sleep(0)
    registry.change(3)
    async with listening(feed, registry) as second:  # the poll begins with him, after 13
        answer.set()

        assert await told == [11, 12, 13, 14]
        assert second.revisions == [14]
    await first.close()


async def test_a_listener_is_not_told_what_changed_before_him(feed: ChangeFeed, registry: FakeFeed) -> None:
    """The poll may stand before his beginning: a change between the two is not his."""
    async with listening(feed, registry) as earlier:
        registry.down = True
        await registry.polled()
        registry.change(2)
        registry.down = False
        later = Listener(feed)
        told = asyncio.create_task(later.told(14))
        await asyncio.sleep(0)
        registry.change()

        assert await told == [14]
        assert await earlier.told(14) == [11, 12, 13, 14]
        await later.close()


async def test_a_listener_that_leaves_stops_the_poll_only_as_the_last(
    feed: ChangeFeed, registry: FakeFeed
) -> None:
    async with listening(feed, registry) as staying:
        async with listening(feed, registry):
            pass
        registry.change()

        assert (await staying.told(13))[-1] == 13


async def test_one_who_listens_again_begins_anew(feed: ChangeFeed, registry: FakeFeed) -> None:
    async with listening(feed, registry):
        pass
    registry.change(5)

    async with listening(feed, registry) as listener:
        assert listener.revisions == [17]


async def test_closing_ends_the_polls_and_the_listening(registry: FakeFeed) -> None:
    feed = ChangeFeed({Registry.WORKERS: registry}, interval=0.001)
    ended = []

    async def listen() -> None:
        ended.extend([change async for change in feed.changes(Registry.WORKERS)])

    task = asyncio.create_task(listen())
    await registry.polled()
    await feed.close()

    async with asyncio.timeout(PATIENCE):
        await task
    assert polls() == []

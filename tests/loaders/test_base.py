"""The contract of a loader: keys in their order, absence as absence, one read for many."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.loading import Loader
from loaders.base import ManyByKey, OneByKey
from sources.errors import SourceError, Unavailable
from sources.registry import Registry


class Squares:
    """Knows the squares of even numbers, and answers in an order of its own."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    async def one(self, keys: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(list(keys))
        return {key: key * key for key in sorted(keys, reverse=True) if key % 2 == 0}

    async def many(self, keys: Sequence[int]) -> Mapping[int, Sequence[int]]:
        return {key: [value] * 2 for key, value in (await self.one(keys)).items()}


@settings(deadline=None)
@given(keys=some.lists(some.integers(-50, 50)))
async def test_values_stand_where_their_keys_stand(keys: list[int]) -> None:
    one: OneByKey[int, int] = OneByKey(Squares().one)
    many: ManyByKey[int, int] = ManyByKey(Squares().many)

    assert await one.load_many(keys) == [key * key if key % 2 == 0 else None for key in keys]
    assert [list(each) for each in await many.load_many(keys)] == [
        [key * key] * 2 if key % 2 == 0 else [] for key in keys
    ]


async def test_many_asks_are_one_read_and_each_key_is_read_once() -> None:
    squares = Squares()
    loader: OneByKey[int, int] = OneByKey(squares.one)

    assert await asyncio.gather(*(loader.load(key) for key in (4, 2, 4, 6, 2))) == [16, 4, 16, 36, 4]
    assert squares.asked == [[4, 2, 6]]


async def test_what_was_read_is_not_read_again_absence_too() -> None:
    squares = Squares()
    loader: OneByKey[int, int] = OneByKey(squares.one)
    await loader.load_many([2, 3])

    assert await loader.load_many([3, 2]) == [None, 4]
    assert squares.asked == [[2, 3]]


async def test_no_keys_are_no_read() -> None:
    squares = Squares()

    assert await OneByKey(squares.one).load_many([]) == []
    assert squares.asked == []


async def test_a_failure_is_everybodys_whose_key_was_asked() -> None:
    async def failing(_: Sequence[int]) -> Mapping[int, int]:
        raise Unavailable(Registry.LICENSES)

    loader: OneByKey[int, int] = OneByKey(failing)
    found = await asyncio.gather(loader.load(1), loader.load(2), return_exceptions=True)

    assert [type(each) for each in found] == [Unavailable, Unavailable]
    with pytest.raises(SourceError, match="registry LICENSES is unavailable"):
        await loader.load(1)


async def test_one_who_is_told_to_wait_no_longer_stops_no_other() -> None:
    """An executor gives up what waits below a null; the same key may be waited for elsewhere."""
    squares = Squares()
    loader: OneByKey[int, int] = OneByKey(squares.one)

    async def waits() -> int | None:
        return await loader.load(4)

    given_up, other = asyncio.ensure_future(waits()), asyncio.ensure_future(waits())
    await asyncio.sleep(0)
    given_up.cancel()

    assert await other == 16
    assert given_up.cancelled()


async def test_many_answers_are_one_read_whatever_keeps_them() -> None:
    for shared in (False, True):
        squares = Squares()
        cache = Loader(squares.one).futures if shared else None
        loader: OneByKey[int, int] = OneByKey(squares.one, cache)

        first, second = await asyncio.gather(loader.answers([4, 3, 4]), loader.answers([2, 4]))

        assert (first, second) == ({4: 16, 3: None}, {2: 4, 4: 16})
        assert squares.asked == [[4, 3, 2]]
        assert await loader.answers([2, 6]) == {2: 4, 6: 36}
        assert await loader.load(6) == 36
        assert squares.asked == [[4, 3, 2], [6]]


async def test_answers_wait_for_what_others_have_asked_already() -> None:
    squares = Squares()
    shared = Loader(squares.one)
    loader: OneByKey[int, int] = OneByKey(squares.one, shared.futures)
    promised = loader.load(8)
    [missing], _ = shared.unknown([2])
    fetching = asyncio.ensure_future(shared.fetch([missing]))

    assert await loader.answers([2, 8, 4]) == {2: 4, 8: 64, 4: 16}
    assert await promised == 64
    await fetching
    assert sorted(map(sorted, squares.asked)) == [[2], [4], [8]]


async def test_answers_tell_the_failure_of_those_whose_read_has_failed() -> None:
    async def down(_keys: Sequence[int]) -> Mapping[int, int]:
        raise Unavailable(Registry.LICENSES)

    for cache in (None, Loader(down).futures):
        loader: OneByKey[int, int] = OneByKey(down, cache)
        found = await loader.answers([1, 2])
        assert [type(each) for each in found.values()] == [Unavailable, Unavailable]


async def test_who_no_longer_wants_answers_takes_them_from_nobody() -> None:
    squares, asked = Squares(), asyncio.Event()

    async def slow(keys: Sequence[int]) -> Mapping[int, int]:
        asked.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return await squares.one(keys)

    loader: OneByKey[int, int] = OneByKey(slow, Loader(slow).futures)
    gone = asyncio.ensure_future(loader.answers([2, 4]))
    await asked.wait()
    staying = asyncio.ensure_future(loader.answers([4]))
    await asyncio.sleep(0)
    gone.cancel()

    assert await staying == {4: 16}
    assert squares.asked == [[2, 4]]


async def test_what_answers_have_asked_is_promised_to_an_executor_too() -> None:
    """An executor waits for what it is promised; of keys that are on their way it would never hear."""
    squares, asked, may_go_on = Squares(), asyncio.Event(), asyncio.Event()

    async def slow(keys: Sequence[int]) -> Mapping[int, int]:
        asked.set()
        await may_go_on.wait()
        return await squares.one(keys)

    shared = Loader(slow)
    loader: OneByKey[int, int] = OneByKey(slow, shared.futures)
    answering = asyncio.ensure_future(loader.answers([2, 3]))
    await asked.wait()
    missing, promised = shared.unknown([2, 3])
    assert missing == []
    assert set(promised) == {2, 3}
    may_go_on.set()
    await asyncio.wait(promised.values())
    shared.adopt(promised)

    assert shared.column([2, 3]) == [4, None]
    assert await answering == {2: 4, 3: None}
    assert squares.asked == [[2, 3]]
    assert not shared.flying

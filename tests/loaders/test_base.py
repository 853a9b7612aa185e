"""The contract of a loader: keys in their order, absence as absence, one read for many."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

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

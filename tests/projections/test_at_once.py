"""What several want at the same moment is found once, whoever gives up."""

import asyncio

import pytest

from projections.at_once import AtOnce


class Finding:
    """Finds the length of a word when it is let; counts how often it was sent and how often stopped."""

    def __init__(self) -> None:
        self.sent = self.stopped = 0
        self.let = asyncio.Event()

    async def __call__(self, word: str) -> int:
        self.sent += 1
        try:
            await self.let.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        if not word:
            raise ValueError("no word")
        return len(word)


async def test_it_is_found_once_for_all_and_anew_for_the_next() -> None:
    finding = Finding()
    at_once = AtOnce(finding)
    asked = [asyncio.ensure_future(at_once.found(word)) for word in ("both", "both", "other")]
    await asyncio.sleep(0)
    finding.let.set()
    assert await asyncio.gather(*asked) == [4, 4, 5]
    assert finding.sent == 2
    assert await at_once.found("both") == 4
    assert finding.sent == 3


async def test_a_failure_is_told_to_all() -> None:
    finding = Finding()
    at_once = AtOnce(finding)
    asked = [asyncio.ensure_future(at_once.found("")) for _ in range(2)]
    await asyncio.sleep(0)
    finding.let.set()
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in told] == [ValueError, ValueError]
    assert finding.sent == 1


async def test_who_gives_up_stops_nobody_else() -> None:
    finding = Finding()
    at_once = AtOnce(finding)
    first, second = (asyncio.ensure_future(at_once.found("both")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    finding.let.set()
    assert await second == 4
    assert (finding.sent, finding.stopped) == (1, 0)


async def test_when_all_give_up_it_ends_and_the_next_begins_anew() -> None:
    finding = Finding()
    at_once = AtOnce(finding)
    asked = [asyncio.ensure_future(at_once.found("both")) for _ in range(2)]
    await asyncio.sleep(0.01)
    for each in asked:
        each.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    await asyncio.sleep(0.01)
    assert finding.stopped == 1
    finding.let.set()
    assert await at_once.found("both") == 4
    assert finding.sent == 2

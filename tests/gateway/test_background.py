"""Work beside the requests: begun with the gateway, begun again after a fault, ended with it."""

import asyncio

import pytest

from gateway import background
from gateway.background import running


async def test_works_go_on_until_the_end() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with running([work]):
        await begun.wait()
        assert not ended.is_set()
    assert ended.is_set()


async def test_a_fault_is_logged_and_the_work_begins_again(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(background, "PAUSE_SECONDS", 0)
    again = asyncio.Event()
    times = 0

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise RuntimeError("password=hunter2")
        again.set()
        await asyncio.Event().wait()

    async with running([work]), asyncio.timeout(30):
        await again.wait()
    printed = capsys.readouterr()
    # Where it goes depends on how the process that runs the test has set up its logging by now.
    told = printed.out + printed.err + caplog.text
    assert "RuntimeError" in told
    assert "hunter2" not in told

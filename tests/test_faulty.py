"""The proxy does to a registry what its modes say."""

from collections.abc import Mapping

import asyncpg
import pytest

from sources.registry import Registry
from tests.faulty import Mode, faulty

_BROKEN = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


async def test_a_registry_can_be_made_to_fail_and_to_work_again(registries: Mapping[Registry, str]) -> None:
    async with faulty(registries[Registry.WORKERS]) as proxy:
        line = await asyncpg.connect(proxy.url)
        assert await line.fetchval("select 1") == 1
        proxy.mode = Mode.HANG
        with pytest.raises(TimeoutError):
            await line.fetchval("select 1", timeout=0.2)
        line.terminate()

        proxy.mode = Mode.REFUSE
        with pytest.raises(_BROKEN):
            await asyncpg.connect(proxy.url)

        proxy.mode = Mode.PASS
        line = await asyncpg.connect(proxy.url)
        proxy.mode = Mode.CUT
        with pytest.raises(_BROKEN):
            await line.fetchval("select 1")
        line.terminate()

        proxy.mode = Mode.PASS
        line = await asyncpg.connect(proxy.url)
        assert await line.fetchval("select 1") == 1
        await line.close()

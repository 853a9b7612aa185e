"""After changes by chance in all registries, taken over into the projection, searches still find the same."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from gateway.servers import OwnServers
from tests.projections.sync.changing import registrars
from tests.projections.sync.test_sync import once
from tests.search.edges import change
from tests.search.proof import prove
from tests.search.searched import Searched, searched
from tests.search.test_proof import SEED
from tests.sizes import AFTER_CHANGES

ROUNDS = 1
CHANGES = 300
LEASE = 60.0
"""So long may a busy machine be silent: leases are tested elsewhere."""


@pytest.fixture(scope="module")
async def moving(own_servers: OwnServers, loaded: str, proved: Searched) -> AsyncIterator[Searched]:
    """Registries that this module may change."""
    await own_servers.copy_registries(loaded, "moving")
    async with searched(own_servers, "moving", proved.today) as found:
        yield found


@pytest.mark.parametrize("number", range(ROUNDS))
async def test_the_same_is_found_after_changes(moving: Searched, number: int) -> None:
    async with registrars(moving.owner_urls, number, moving.today) as changing:
        await changing.change(CHANGES)
    await change(moving.owner_urls, moving.today, Random(number))
    assert not await once(moving.projection_url, moving.urls, moving.today, LEASE), "no registry is away"
    await moving.changed()
    numbers = range(number * AFTER_CHANGES, (number + 1) * AFTER_CHANGES)
    async with moving.asker() as asker:
        found = await prove(asker, moving.oracle, moving.rows, moving.today, SEED, numbers)
    assert found.failure is None, found.failure.told()


async def test_without_taking_changes_over_the_searches_differ(moving: Searched) -> None:
    await change(moving.owner_urls, moving.today, Random(ROUNDS))
    await moving.changed()
    async with moving.asker() as asker:
        numbers = range(AFTER_CHANGES)
        found = await prove(asker, moving.oracle, moving.rows, moving.today, SEED, numbers, shrinking=False)
    assert found.failure is not None

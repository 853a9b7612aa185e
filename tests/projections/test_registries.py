"""How the registries are, asked now."""

from typing import NoReturn

import pytest

from projections.registries import RegistryState, registry_statuses
from sources.feed import RegistryState as Found
from sources.registry import Registry
from tests.projections.fake_feed import MOMENT, FakeFeed


async def test_each_registry_is_told_in_order_one_that_fails_too() -> None:
    up, away, empty = FakeFeed(), FakeFeed(), FakeFeed()
    up.change(3)
    away.down = True

    statuses = await registry_statuses(
        {Registry.WORKERS: up, Registry.LICENSES: away, Registry.QUALIFICATIONS: empty}
    )

    assert [(each.registry, each.state, each.revision, each.updated_at) for each in statuses] == [
        (Registry.WORKERS, RegistryState.OK, 3, MOMENT),
        (Registry.LICENSES, RegistryState.UNAVAILABLE, None, None),
        (Registry.QUALIFICATIONS, RegistryState.OK, 0, None),
    ]
    assert all(each.answer_time >= 0 for each in statuses)


async def test_the_registries_are_asked_side_by_side() -> None:
    one = FakeFeed()
    asked_another = one.delay()

    class Opening(FakeFeed):
        async def state(self) -> Found:
            asked_another.set()  # one after the other, nobody would ever come here
            return await super().state()

    statuses = await registry_statuses({Registry.WORKERS: one, Registry.LICENSES: Opening()})

    assert {each.state for each in statuses} == {RegistryState.OK}


async def test_a_fault_of_ours_is_no_state_of_a_registry() -> None:
    class Broken(FakeFeed):
        async def state(self) -> NoReturn:
            raise KeyError("revision")

    with pytest.raises(KeyError):
        await registry_statuses({Registry.WORKERS: Broken()})

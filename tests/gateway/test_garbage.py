"""The collector of garbage, once a server has started."""

import gc
from collections.abc import Iterator

import pytest

from gateway.transport.garbage import THRESHOLD, settle


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_what_was_made_so_far_is_not_looked_through_again() -> None:
    here: list[object] = []
    assert any(each is here for each in gc.get_objects())
    settle()
    assert gc.get_freeze_count() > 10_000
    assert not any(each is here for each in gc.get_objects())
    assert gc.get_threshold()[0] == THRESHOLD


def test_what_is_made_later_is_collected() -> None:
    settle()
    ring: list[object] = []
    ring.append(ring)
    del ring
    assert gc.collect() >= 1

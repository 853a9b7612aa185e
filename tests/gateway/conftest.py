"""A running gateway over the toy schema, as every test would find it if it were its own."""

from collections.abc import AsyncIterator

import pytest

from tests.gateway.door import Door, opened


@pytest.fixture(scope="package")
async def running() -> AsyncIterator[Door]:
    """The gateway with every setting at its default, for all tests of this folder."""
    async with opened() as door:
        yield door


@pytest.fixture
def door(running: Door) -> Door:
    """The same gateway, with nothing left behind it by an earlier test."""
    running.contexts.reset()
    running.readiness.answering, running.readiness.stored = {"WORKERS": True, "LICENSES": True}, True
    running.client.cookies.clear()
    return running

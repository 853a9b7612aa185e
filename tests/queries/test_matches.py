"""Marks of a page's hits, on both executors: a fixed number of calls, and open where a registry is away."""

import pytest

from sources.registry import Registry
from tests.asking import Asking

FILTER = """{
  regions: ["77"]
  credentials: { some: { inForce: true, validUntil: { from: "2026-01-01" } } }
  employments: { some: {
    current: true
    organization: { ownerships: [REGIONAL, PRIVATE], licenses: { some: { inForce: true } } }
  } }
  eligibility: { allowed: true }
}"""
PAGE = "{ workers(where: %s, first: %d) { edges { matches node { fullName } } } }"

MARKING = {
    "workers_by_id": 2,  # those that are shown, by the columns that are shown; those that are marked
    "credentials_by_worker": 1,
    "employments_by_worker": 1,
    "restrictions_by_worker": 1,
    "licenses_by_worker": 1,
    "organizations_by_oid": 1,
    "activities_by_license": 1,
}
"""Calls to all four registries: one for each step of the filter."""
LICENSES = ("licenses_by_holder", "organizations_by_holder")
"""Licences are asked of twice, of the organizations of all jobs and of those where he may practise now, where
these differ; and whose those are that name no OID."""


@pytest.fixture(params=["compiled", "walked"])
def executor(request: pytest.FixtureRequest, asking: Asking, walking: Asking) -> Asking:
    """One executor after the other."""
    return asking if request.param == "compiled" else walking


@pytest.mark.parametrize("first", [1, 20])
async def test_a_page_of_marks_takes_a_fixed_number_of_calls(executor: Asking, first: int) -> None:
    executor.clear()
    answer = await executor.ask(PAGE % (FILTER, first))

    assert not answer.errors
    edges = answer.data["workers"]["edges"]
    assert len(edges) == first
    assert all(edge["matches"] is True and edge["node"]["fullName"] for edge in edges)
    assert {name: calls for name, calls in executor.calls.items() if name not in LICENSES} == MARKING
    assert all(1 <= executor.calls[name] <= 2 for name in LICENSES)


async def test_nothing_is_read_for_marks_that_nobody_asked_for(executor: Asking) -> None:
    executor.clear()
    answer = await executor.ask((PAGE % (FILTER, 20)).replace("matches", "cursor"))

    assert not answer.errors
    assert executor.calls == {"workers_by_id": 1}


@pytest.mark.parametrize("away", [Registry.ORGANIZATIONS, Registry.LICENSES, Registry.QUALIFICATIONS])
async def test_marks_are_open_while_a_registry_is_away_that_decides(executor: Asking, away: Registry) -> None:
    executor.down.add(away)
    try:
        answer = await executor.ask(PAGE % (FILTER, 20))
    finally:
        executor.down.clear()

    # That it is away is said once, for the answer; every record is there.
    assert not answer.errors
    edges = answer.data["workers"]["edges"]
    assert {edge["matches"] for edge in edges} == {None}
    assert all(edge["node"] for edge in edges)
    assert {"registry": away, "state": "UNAVAILABLE"} in answer.extensions["registries"]

"""Whether a person may practise is the same in the projection as in an answer, for every worker."""

import datetime as dt
from collections.abc import Mapping

from auth.principal import Grant, Principal, Role
from gateway.servers import OwnServers
from projections.eligibility import EligibilityReason
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.demo.asking import asked
from tests.projections.sync.changing import registrars
from tests.projections.sync.conftest import NewStore
from tests.projections.sync.projected import build

PAGE = """
query ($after: String) {
  workers(first: 100, after: $after) {
    nodes { registryNumber eligibility { allowed reasons } }
    pageInfo { hasNextPage endCursor }
  }
}"""

TABLES = ("license", "license_activity", "organization", "credential", "employment", "restriction")

AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
"""Sees reasons."""

Standing = Mapping[str, tuple[bool, frozenset[str]]]


async def answered(asking: Asking) -> Standing:
    """What the gateway says of every worker, by registry number."""
    found: dict[str, tuple[bool, frozenset[str]]] = {}
    after = None
    while True:
        answer = await asking.ask(PAGE, {"after": after}, AUDITOR)
        assert not answer.errors
        page = answer.data["workers"]
        for node in page["nodes"]:
            said = node["eligibility"]
            found[node["registryNumber"]] = (said["allowed"], frozenset(said["reasons"]))
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def projected_standing(url: str) -> Standing:
    """What the projection has of every worker."""
    rows = await asked(url, "select registry_number, allowed, reasons from projection.worker")
    return {number: (allowed, _reasons(bits)) for number, allowed, bits in rows}


def _reasons(bits: int) -> frozenset[str]:
    return frozenset(each.value for place, each in enumerate(EligibilityReason) if bits & 1 << place)


async def test_every_worker_of_the_demo(
    projected: str, registries: Mapping[Registry, str], own_servers: OwnServers, today: dt.date
) -> None:
    async with asking_over(registries, own_servers.redis_url, today) as asking:
        expected = await answered(asking)
    found = await projected_standing(projected)
    assert len(found) == 2_000
    assert {reason for _, reasons in found.values() for reason in reasons} == set(EligibilityReason)
    assert found == expected


async def test_every_worker_after_random_changes(
    own_registries: Mapping[Registry, str],
    owner_urls: Mapping[Registry, str],
    own_servers: OwnServers,
    new_store: NewStore,
    today: dt.date,
) -> None:
    async with registrars(owner_urls, 11, today) as changing:
        for table in (
            "license",
            "license_activity",
            "organization",
            "credential",
            "employment",
            "restriction",
        ):
            await changing.change(300, table)
    url = await new_store()
    await build(url, own_registries, today)
    async with asking_over(own_registries, own_servers.redis_url, today) as asking:
        assert await projected_standing(url) == await answered(asking)

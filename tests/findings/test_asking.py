"""Who hears of which findings, and what of them: asked of the whole gateway."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest

from auth.principal import Grant, Principal, Role
from demo import stories
from gateway.servers import OwnServers
from tests.asking import Asking, asking_over
from tests.findings.world import World, found_wrong, reading
from tests.search.searched import reading as searching

LISTED = """
query Listed($where: FindingWhere, $first: Int = 100, $after: String) {
  findings(where: $where, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id kind severity rule registry remedy foundAt since
      worker { registryNumber } organization { oid } license { number } credential { number } subject { id }
      evidence { registry field record value }
    }
    counts(by: KIND) { value count }
    freshness { registry lagSeconds }
  }
}"""
HOSPITAL = stories.CITY_HOSPITAL


def caller(role: Role, snils: str | None = None, **extent: Any) -> Principal:
    """A caller with one grant."""
    return Principal(role.value, frozenset({Grant(role, **extent)}), snils)


EMPLOYER = caller(Role.EMPLOYER, organizations=frozenset({HOSPITAL}))
AUDITOR = caller(Role.AUDITOR)
ADMIN = caller(Role.ADMIN)


@pytest.fixture(scope="module")
async def plain(own_servers: OwnServers, pristine: str, today: dt.date) -> AsyncIterator[World]:
    """The demo data as it is."""
    await own_servers.copy_registries(pristine, "plain")
    async with found_wrong(own_servers, "plain", today, edges=False) as found:
        yield found


@pytest.fixture
async def asking(plain: World) -> AsyncIterator[Asking]:
    async with (
        reading(plain.projection_url) as findings,
        searching(plain.projection_url) as search,
        asking_over(
            plain.urls, plain.servers.redis_url, plain.today, findings=findings, search=search
        ) as asked,
    ):
        yield asked


async def listed(asking: Asking, principal: Principal, **where: Any) -> Any:
    """The connection; nothing went wrong."""
    answer = await asking.ask(LISTED, {"where": where}, principal)
    assert not answer.errors
    return answer.data["findings"]


async def test_the_demo_data_has_the_faults_that_were_planted(plain: World) -> None:
    assert await plain.kept() == await plain.expected()
    by_rule: dict[str, set[Any]] = {}
    for rule, _, number, oid, *_ in await plain.kept():
        by_rule.setdefault(rule, set()).add(number or oid)
    assert {stories.TWIN.registry_number, stories.OTHER_TWIN.registry_number} <= by_rule["duplicate_worker"]
    assert stories.DANGLING.registry_number in by_rule["dangling_employer"]
    assert stories.EXPIRED.registry_number in by_rule["expired_credential"] & by_rule["no_credential"]
    assert stories.UNKNOWN_CODES.registry_number in by_rule["unknown_position"]
    assert stories.UNKNOWN_CODES.registry_number in by_rule["unknown_credential_specialty"]
    assert stories.SUSPENDED_CLINIC in by_rule["no_license"] & by_rule["expired_license"]


async def test_an_employer_hears_all_of_his_own(asking: Asking, plain: World) -> None:
    found = await listed(asking, EMPLOYER, organizations=[HOSPITAL])
    told = {(each["rule"], each["worker"] and each["worker"]["registryNumber"]) for each in found["nodes"]}
    assert {
        ("expired_credential", stories.EXPIRED.registry_number),
        ("no_credential", stories.EXPIRED.registry_number),
        ("dangling_employer", stories.DANGLING.registry_number),
        ("duplicate_worker", stories.TWIN.registry_number),
        ("unknown_position", stories.UNKNOWN_CODES.registry_number),
    } <= told
    [double] = [each for each in found["nodes"] if each["rule"] == "duplicate_worker"]
    own, other = double["evidence"]
    assert own["value"] == stories.TWIN.registry_number
    assert (other["record"], other["value"]) == (None, None), "the other one is nobody of his"
    [expired] = [each for each in found["nodes"] if each["rule"] == "expired_credential"]
    assert [each["field"] for each in expired["evidence"]] == ["status", "validUntil"]
    [dangling] = [each for each in found["nodes"] if each["rule"] == "dangling_employer"]
    assert dangling["evidence"][0]["value"] == stories.GONE_ORGANIZATION
    assert found["totalCount"] == len(found["nodes"]) == sum(each["count"] for each in found["counts"])

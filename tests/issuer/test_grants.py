"""Grants that end: with the employment of the holder, with the organization; asked of the real registries."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from demo import stories
from sources.registry import Registry
from tests.gateway.door import PATIENCE
from tests.issuer.test_revoked import closed, socket_of
from tests.issuer.world import OwnIssuer, Replica, replica

OWN = "query($n: RegistryNumber!) { worker(registryNumber: $n) { snils } }"
HOLDER = stories.CARDIOLOGIST
ASKED = {"n": HOLDER.registry_number}


@pytest.fixture(scope="module")
async def changing(
    issuer: OwnIssuer, redis_url: str, own_registries: Mapping[Registry, str], today: date
) -> AsyncIterator[Replica]:
    """A gateway over registries that the test may change."""
    async with replica(issuer.url, redis_url, own_registries, today) as made:
        yield made


def token(issuer: OwnIssuer, oid: str, **more: Any) -> str:
    return issuer.token(roles=["employer"], organizations=[oid], **more)


def grants(answer: httpx.Response) -> Any:
    return answer.json().get("extensions", {}).get("grants")


async def test_a_holder_who_is_employed_there_sees_the_staff(changing: Replica, issuer: OwnIssuer) -> None:
    answer = await changing.ask(OWN, token(issuer, stories.CITY_HOSPITAL, snils=HOLDER.snils), ASKED)
    assert answer.json()["data"]["worker"]["snils"] == HOLDER.snils
    assert grants(answer) is None


async def test_a_holder_who_works_elsewhere_sees_nothing_of_it(changing: Replica, issuer: OwnIssuer) -> None:
    employers = {each.snils: {job.organization for job in each.jobs} for each in stories.WORKERS}
    stranger = next(snils for snils, oids in employers.items() if stories.CITY_HOSPITAL not in oids)
    answer = await changing.ask(OWN, token(issuer, stories.CITY_HOSPITAL, snils=stranger), ASKED)
    assert answer.json()["data"]["worker"]["snils"] is None
    assert grants(answer) == [
        {"role": "employer", "organization": stories.CITY_HOSPITAL, "reason": "EMPLOYMENT_ENDED"}
    ]


@pytest.mark.parametrize(
    ("oid", "reason"),
    [
        (stories.LIQUIDATED, "ORGANIZATION_CLOSED"),
        (stories.GONE_ORGANIZATION, "ORGANIZATION_UNKNOWN"),
    ],
)
async def test_an_organization_that_is_no_more(
    changing: Replica, issuer: OwnIssuer, oid: str, reason: str
) -> None:
    answer = await changing.ask(OWN, token(issuer, oid), ASKED)
    assert answer.status_code == 200
    assert grants(answer) == [{"role": "employer", "organization": oid, "reason": reason}]


async def test_when_the_employment_ends_so_does_the_grant_and_what_lives_on_it(
    changing: Replica, issuer: OwnIssuer, owner_urls: Mapping[Registry, str], today: date
) -> None:
    mine = token(issuer, stories.CITY_HOSPITAL, snils=HOLDER.snils)
    assert grants(await changing.ask(OWN, mine, ASKED)) is None
    async with socket_of(changing, mine) as line:
        workers = await asyncpg.connect(owner_urls[Registry.WORKERS])
        ended = await workers.execute(
            "update employment set ended_on = $2 where worker_id = (select id from worker where snils = $1)"
            " and started_on <= $2 and (ended_on is null or ended_on > $2)",
            HOLDER.snils,
            today - timedelta(days=1),
        )
        await workers.close()
        assert ended != "UPDATE 0"
        code, reason = await closed(line)
        assert (code, str(reason)[:12]) == (4403, "GRANTS_ENDED")
    async with asyncio.timeout(PATIENCE):
        while (lost := grants(await changing.ask(OWN, mine, ASKED))) is None:  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.05)
    assert [line["reason"] for line in lost] == ["EMPLOYMENT_ENDED"]

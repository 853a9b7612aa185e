"""Looking for a person by SNILS: counted, and telling nobody of somebody to no one who may not know."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.servers import OwnServers
from tests.asking import Asking, asking_over
from tests.queries.conftest import DAY

SNILS, NOBODYS = stories.CARDIOLOGIST.snils, "08765430300"
BY_SNILS = "query ($snils: Snils!) { worker(snils: $snils) { lastName snils } }"
MANY = "query ($snils: Snils!) { a: worker(snils: $snils) { id } b: worker(snils: $snils) { id } }"


def caller(role: Role, **extent: frozenset[str]) -> Principal:
    """A caller whom no other test is."""
    return Principal(f"{role} {uuid4()}", frozenset({Grant(role, **extent)}))


@pytest.fixture(scope="module")
async def counting(own_servers: OwnServers, asking: Asking) -> AsyncIterator[Asking]:
    """The gateway of these tests with three look-ups in an hour. (`asking` has loaded the data.)"""
    urls = own_servers.registry_urls("queries")
    async with asking_over(urls, own_servers.redis_url, DAY, lookups_per_hour=3) as asked:
        yield asked


async def test_the_fourth_in_an_hour_is_refused(counting: Asking) -> None:
    regulator = caller(Role.REGULATOR)
    first = await counting.ask(BY_SNILS, {"snils": SNILS}, regulator, "inspection")
    assert first.data["worker"]["snils"] == SNILS
    assert (await counting.ask(MANY, {"snils": NOBODYS}, regulator, "inspection")).data == {
        "a": None,
        "b": None,
    }
    counting.clear()

    refused = await counting.ask(BY_SNILS, {"snils": SNILS}, regulator, "inspection")

    assert refused.refusal is not None
    assert refused.refusal.status == 429
    assert int(refused.refusal.headers["Retry-After"]) == refused.errors[0]["extensions"]["retryAfter"] > 1000
    assert refused.errors[0]["extensions"]["code"] == "LOOKUPS_EXCEEDED"
    assert not counting.calls
    by_number = '{ worker(registryNumber: "%s") { snils } }' % stories.CARDIOLOGIST.registry_number
    assert (await counting.ask(by_number, None, regulator, "inspection")).data["worker"]["snils"] == SNILS


@pytest.mark.parametrize("role", [None, Role.INSURER, Role.REGULATOR, Role.ADMIN])
async def test_who_may_not_ask_is_told_so_however_often(counting: Asking, role: Role | None) -> None:
    """Without a purpose the regulator may not either: nothing is counted, nobody is asked."""
    principal = caller(role) if role else PUBLIC
    counting.clear()
    answers = [await counting.ask(BY_SNILS, {"snils": each}, principal) for each in (SNILS, NOBODYS) * 4]
    assert {answer.errors[0]["extensions"]["code"] for answer in answers} == {"FORBIDDEN"}
    assert all(answer.body() == answers[0].body() for answer in answers)
    assert not counting.calls


@pytest.mark.parametrize(
    "outsider",
    [
        caller(Role.EMPLOYER, organizations=frozenset({stories.PRACTICE})),
        caller(Role.REGULATOR, regions=frozenset({"23"})),
    ],
)
async def test_somebody_outside_is_nobody(asking: Asking, walking: Asking, outsider: Principal) -> None:
    for executor in (asking, walking):
        seen = []
        for snils in (SNILS, NOBODYS):
            executor.clear()
            answer = await executor.ask(BY_SNILS, {"snils": snils}, outsider, "inspection")
            seen.append((answer.body(), dict(executor.calls)))
        assert seen[0] == seen[1]
        assert seen[0][0]["data"] == {"worker": None}


async def test_without_redis_nobody_is_looked_for(own_servers: OwnServers, asking: Asking) -> None:
    urls, regulator = own_servers.registry_urls("queries"), caller(Role.REGULATOR)
    async with asking_over(urls, "redis://127.0.0.1:1/0", DAY) as alone:
        refused = await alone.ask(BY_SNILS, {"snils": SNILS}, regulator, "inspection")
        assert not alone.calls
        public = await alone.ask(
            '{ worker(registryNumber: "%s") { lastName } }' % stories.CARDIOLOGIST.registry_number
        )
    assert refused.refusal is not None
    assert (refused.refusal.status, refused.refusal.code) == (503, "LOOKUPS_UNAVAILABLE")
    assert public.data["worker"]["lastName"]

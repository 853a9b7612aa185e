"""Findings that come and go are told to who may hear of them, and to nobody else."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.faults import RequestError
from gateway.servers import OwnServers
from projections.findings.feed import FindingFeed
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.conftest import build
from tests.findings.world import reading
from tests.projections.sync.changing import registrars
from tests.projections.sync.test_sync import once

LISTEN = """
subscription($where: FindingWhere) {
  findingsChanged(where: $where) {
    openedCount
    closed
    opened { rule organization { oid } worker { registryNumber } evidence { value } }
  }
}"""
RATES = {"kinds": ["OVER_RATE", "EXPIRED_BUT_ACTIVE"]}
ADMIN = Principal("admin", frozenset({Grant(Role.ADMIN)}))
EMPLOYER = Principal(
    "employer", frozenset({Grant(Role.EMPLOYER, organizations=frozenset({stories.CITY_HOSPITAL}))})
)
ELSEWHERE = Principal("regulator", frozenset({Grant(Role.REGULATOR, regions=frozenset({"23"}))}))
GROUP = "listened"


@pytest.fixture
async def asking(own_servers: OwnServers, pristine: str, today: dt.date) -> AsyncIterator[Asking]:
    await own_servers.copy_registries(pristine, GROUP)
    await own_servers.make_store(GROUP)
    url, urls = own_servers.store_owner_url(GROUP), own_servers.registry_urls(GROUP)
    await build(url, urls, today)
    async with (
        reading(url) as findings,
        asking_over(urls, own_servers.redis_url, today, findings=findings, feed_interval=0.05) as asked,
    ):
        yield asked


async def changed(servers: OwnServers, today: dt.date, rate: str) -> None:
    """Banned by a court, and of this rate now: the sync takes it over."""
    async with registrars(servers.owner_urls(GROUP), 1, today) as changing:
        line = changing.lines[Registry.WORKERS]
        row = await line.fetchrow(
            "select e.* from employment e join worker w on w.id = e.worker_id where w.registry_number = $1",
            stories.BANNED.registry_number,
        )
        await changing.write("employment", "id", dict(row) | {"rate": rate})
    assert not await once(servers.store_owner_url(GROUP), servers.registry_urls(GROUP), today)


async def heard(answers: AsyncGenerator[Any, None]) -> Any:
    """The next event."""
    answer = await asyncio.wait_for(anext(answers), 60)
    assert not answer.errors
    return answer.data["findingsChanged"]


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> asyncio.Semaphore:
    """Released once for each who listens: what happens before that, he does not hear of."""
    begun, place = asyncio.Semaphore(0), FindingFeed._listening

    @asynccontextmanager
    async def telling(feed: FindingFeed) -> AsyncIterator[Any]:
        async with place(feed) as marks:
            begun.release()
            yield marks

    monkeypatch.setattr(FindingFeed, "_listening", telling)
    return begun


async def test_it_is_told_that_findings_come_and_go(
    asking: Asking, listening: asyncio.Semaphore, own_servers: OwnServers, today: dt.date
) -> None:
    async with (
        aclosing(await asking.listen(LISTEN, {"where": RATES}, ADMIN)) as admins,
        aclosing(await asking.listen(LISTEN, {"where": RATES}, EMPLOYER)) as employers,
        aclosing(await asking.listen(LISTEN, {"where": RATES}, ELSEWHERE)) as others,
    ):
        waiting = [asyncio.create_task(heard(each)) for each in (admins, employers, others)]
        for _ in waiting:
            await listening.acquire()
        await changed(own_servers, today, "1.75")
        told, own = await waiting[0], await waiting[1]
        [finding] = told["opened"]
        assert (told["openedCount"], told["closed"], finding["rule"]) == (1, 0, "over_rate")
        assert (finding["worker"], finding["organization"], finding["evidence"]) == (None, None, None)
        [finding] = own["opened"]
        assert finding["worker"]["registryNumber"] == stories.BANNED.registry_number
        assert finding["organization"]["oid"] == stories.CITY_HOSPITAL
        assert [each["value"] for each in finding["evidence"]] == ["1.75"]
        await changed(own_servers, today, "1.00")
        told = await heard(admins)
        assert (told["openedCount"], told["closed"], told["opened"]) == (0, 1, [])
        assert not waiting[2].done(), "nothing of this is of another region"
        waiting[2].cancel()
        await asyncio.gather(waiting[2], return_exceptions=True)


async def test_who_may_hear_of_nobody_is_refused(asking: Asking) -> None:
    answers = await asking.listen(LISTEN, {}, PUBLIC)
    with pytest.raises(RequestError) as refused:
        await anext(answers)
    assert refused.value.code == "FORBIDDEN"

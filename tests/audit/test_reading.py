"""Who reads the journal: the auditor all of it, a worker what is about himself, and nobody else anything."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from audit.event import Released
from audit.event import event as told
from audit.filter import JournalFilter
from auth.principal import PUBLIC, Grant, Principal, Role
from demo.stories import CARDIOLOGIST, PROPRIETOR
from gateway.record.kept import StoredJournal
from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import Asking, asking_over

AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
HIMSELF = Principal("anna", frozenset({Grant(Role.WORKER)}), CARDIOLOGIST.snils)
OTHER = Principal("proprietor", frozenset({Grant(Role.WORKER)}), PROPRIETOR.snils)
NOT_AUDITORS = {
    "public": PUBLIC,
    **{
        role.value: Principal(role.value, frozenset({Grant(role)}))
        for role in Role
        if role is not Role.AUDITOR
    },
}
CARD = f'{{ worker(registryNumber: "{CARDIOLOGIST.registry_number}") {{ id snils phone passportNumber }} }}'
BOTH = (
    "{ "
    + " ".join(
        f'w{each.registry_number}: worker(registryNumber: "{each.registry_number}") {{ snils }}'
        for each in (CARDIOLOGIST, PROPRIETOR)
    )
    + " }"
)
ENTRIES = """
query ($where: JournalWhere, $first: Int! = 20, $after: String) {
  journal(where: $where, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      number actor roles regions purpose request document hash
      released { subjects values masks } refused { coordinate reason rows }
    }
  }
}
"""
ACCESSES = """
{ viewer { accesses(first: 10) { totalCount nodes { at roles organizations purpose values masks } } } }
"""


@pytest.fixture(scope="module", params=[True, False], ids=["engine", "graphql-core"])
async def asking(
    request: pytest.FixtureRequest,
    registries: Mapping[Registry, str],
    own_servers: OwnServers,
    today: dt.date,
) -> AsyncIterator[Asking]:
    """A gateway with a store of its own, on each executor, in which some have looked at persons."""
    compiled: bool = request.param
    group = f"reading{compiled:d}"
    await own_servers.make_store(group)
    journal = StoredJournal(StoreUrls(own_servers.store_url(group), own_servers.store_owner_url(group)), 10)
    redis = own_servers.redis_url
    async with asking_over(registries, redis, today, journal=journal, compiled=compiled) as asked:
        inspector = Principal("inspector", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))}))
        await asked.ask(CARD, principal=inspector, purpose="complaint")
        federal = Principal("federal", frozenset({Grant(Role.REGULATOR)}))
        await asked.ask(BOTH, principal=federal, purpose="inspection")
        yield asked


async def entries(asking: Asking, **asked: Any) -> Any:
    answer = await asking.ask(ENTRIES, asked, principal=AUDITOR)
    assert not answer.errors
    return answer.data["journal"]


async def worker_id(asking: Asking) -> str:
    return str((await asking.ask(CARD)).data["worker"]["id"])


async def test_the_auditor_sees_who_saw_what(asking: Asking) -> None:
    found = await entries(asking, where={"actor": "inspector"})
    [entry] = found["nodes"]
    assert found["totalCount"] == 1
    assert (entry["roles"], entry["regions"], entry["purpose"]) == (["regulator"], ["77"], "complaint")
    assert entry["released"][0]["values"] == ["Worker.snils", "Worker.phone"]
    assert [each["coordinate"] for each in entry["refused"]] == ["Worker.passportNumber"]


@pytest.mark.parametrize(
    ("where", "actors"),
    [
        ({"purpose": "inspection"}, ["federal"]),
        ({"coordinate": "Worker.phone"}, ["inspector"]),
        ({"role": "regulator"}, ["federal", "inspector"]),
        ({"role": "regulator", "from": "2000-01-01T00:00:00Z"}, ["federal", "inspector"]),
        ({"role": "regulator", "to": "2000-01-01T00:00:00Z"}, []),
        ({"actor": "nobody"}, []),
    ],
    ids=str,
)
async def test_the_auditor_filters(asking: Asking, where: dict[str, str], actors: list[str]) -> None:
    assert [each["actor"] for each in (await entries(asking, where=where))["nodes"]] == actors


async def test_the_auditor_finds_what_is_about_a_person(asking: Asking) -> None:
    subject = await worker_id(asking)
    found = await entries(asking, where={"subject": subject, "role": "regulator"})
    assert [each["actor"] for each in found["nodes"]] == ["federal", "inspector"]


async def test_pages_follow_each_other(asking: Asking) -> None:
    where = {"role": "regulator"}
    first = await entries(asking, where=where, first=1)
    assert first["pageInfo"]["hasNextPage"]
    second = await entries(asking, where=where, first=1, after=first["pageInfo"]["endCursor"])
    assert [each["actor"] for each in (*first["nodes"], *second["nodes"])] == ["federal", "inspector"]
    foreign = await asking.ask(ENTRIES, {"after": first["pageInfo"]["endCursor"]}, principal=AUDITOR)
    assert foreign.errors[0]["extensions"]["code"] == "BAD_CURSOR"


async def test_to_read_the_journal_is_an_entry(asking: Asking) -> None:
    subject = await worker_id(asking)
    await entries(asking, where={"subject": subject})
    [entry] = (await entries(asking, where={"coordinate": "Query.journal", "subject": subject}, first=1))[
        "nodes"
    ]
    assert (entry["actor"], entry["released"][0]["values"]) == ("auditor", ["Query.journal"])


@pytest.mark.parametrize("name", NOT_AUDITORS)
async def test_nobody_else_reads_the_journal(asking: Asking, name: str) -> None:
    plain = await asking.ask("{ journal { totalCount nodes { actor } } }", principal=NOT_AUDITORS[name])
    assert plain.data == {"journal": None}
    assert [each["coordinate"] for each in plain.extensions["access"]] == ["Query.journal"]
    asked = await asking.ask(ENTRIES, {"where": {"actor": "x"}}, principal=NOT_AUDITORS[name])
    assert asked.errors[0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_worker_sees_who_saw_him_and_nothing_of_others(asking: Asking) -> None:
    answer = await asking.ask(ACCESSES, principal=HIMSELF)
    assert not answer.errors
    nodes = [each for each in answer.data["viewer"]["accesses"]["nodes"] if each["roles"] == ["regulator"]]
    assert [(each["purpose"], each["values"], each["masks"]) for each in nodes] == [
        ("inspection", ["Worker.snils"], []),
        ("complaint", ["Worker.snils", "Worker.phone"], []),
    ]
    others = await asking.ask(ACCESSES, principal=OTHER)
    seen = others.data["viewer"]["accesses"]
    assert [each["purpose"] for each in seen["nodes"]] == ["inspection"]
    assert seen["totalCount"] == 1


@pytest.mark.parametrize("name", NOT_AUDITORS)
async def test_who_is_no_worker_has_no_accesses(asking: Asking, name: str) -> None:
    answer = await asking.ask(ACCESSES, principal=NOT_AUDITORS[name])
    assert not answer.errors
    assert answer.data["viewer"] in (None, {"accesses": None})


async def test_the_journal_of_its_readers_is_sound(asking: Asking) -> None:
    await entries(asking)
    kept = asking.journal
    assert kept is not None
    [newest] = await kept.page(JournalFilter(), None, 1)
    assert told(newest.body).released == (Released(("Journal",), ("Query.journal",)),)

"""Each answer that releases or refuses something personal is an entry before it leaves; others are none."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest

from audit.event import Event, Refused, Released
from audit.event import event as told
from audit.filter import JournalFilter
from audit.verify import verified
from auth.principal import PUBLIC, Grant, Principal, Role
from demo.stories import CARDIOLOGIST, CITY_HOSPITAL, PROPRIETOR
from gateway.record.kept import StoredJournal
from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from resolvers.ids import parsed_id
from sources.registry import Registry
from tests.asking import Asking, asking_over

NUMBER, OTHER = CARDIOLOGIST.registry_number, PROPRIETOR.registry_number
CARD = f'query Card {{ worker(registryNumber: "{NUMBER}") {{ lastName snils phone }} }}'
REGULATOR = Principal("inspector", frozenset({Grant(Role.REGULATOR)}), session="s-1", token_id="t-1")
AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
HIMSELF = Principal("anna", frozenset({Grant(Role.WORKER)}), CARDIOLOGIST.snils)
EMPLOYER = Principal("clerk", frozenset({Grant(Role.EMPLOYER, frozenset({CITY_HOSPITAL}))}))
AWAY = StoreUrls("postgresql://nobody:x@/nothing?host=/nonexistent")


@dataclass(frozen=True)
class Kept:
    """The journal, and where it stood when the test began."""

    journal: StoredJournal
    since: int = 0


@pytest.fixture(scope="module", params=[True, False], ids=["engine", "graphql-core"])
async def whole(
    request: pytest.FixtureRequest,
    registries: Mapping[Registry, str],
    own_servers: OwnServers,
    today: dt.date,
) -> AsyncIterator[tuple[Asking, StoredJournal]]:
    """A gateway with a store of its own, on each executor."""
    compiled: bool = request.param
    group = f"answers{compiled:d}"
    await own_servers.make_store(group)
    journal = StoredJournal(StoreUrls(own_servers.store_url(group), own_servers.store_owner_url(group)), 10)
    redis = own_servers.redis_url
    async with asking_over(registries, redis, today, journal=journal, compiled=compiled) as asked:
        yield asked, journal


@pytest.fixture
def asking(whole: tuple[Asking, StoredJournal]) -> Asking:
    """The gateway."""
    return whole[0]


@pytest.fixture
async def kept(whole: tuple[Asking, StoredJournal]) -> Kept:
    """Its journal from here on."""
    return Kept(whole[1], (await whole[1].journal.head()).number)


async def bodies(kept: Kept) -> list[str]:
    """What has been put on record since the test began, oldest first."""
    found = await kept.journal.page(JournalFilter(), None, 100)
    return [each.body for each in reversed(found) if each.number > kept.since]


async def events(kept: Kept) -> list[Event]:
    """The same, read."""
    return [told(each) for each in await bodies(kept)]


async def subject_of(asking: Asking, number: str) -> str:
    """How the journal names a worker."""
    answer = await asking.ask('{ worker(registryNumber: "%s") { id } }' % number)
    return f"Worker:{parsed_id(answer.data['worker']['id'])[1]}"


async def test_an_entry_says_who_saw_what_of_whom_and_why(asking: Asking, kept: Kept) -> None:
    answer = await asking.ask(CARD, principal=REGULATOR, purpose="Inspection")
    assert answer.data["worker"]["snils"] == CARDIOLOGIST.snils
    [entry] = await events(kept)
    subject = await subject_of(asking, NUMBER)
    assert entry.released == (Released((subject,), ("Worker.snils", "Worker.phone")),)
    assert entry.refused == ()
    actor = entry.actor
    assert (actor.subject, actor.session, actor.token) == ("inspector", "s-1", "t-1")
    assert [(each.role, each.regions) for each in actor.holdings] == [("regulator", None)]
    assert (entry.purpose, entry.operation, entry.request) == ("inspection", "Card", "test")
    assert entry.document == sha256(CARD.encode()).hexdigest()


async def test_masks_and_values_are_told_apart(asking: Asking, kept: Kept) -> None:
    await asking.ask(CARD, principal=AUDITOR)
    [entry] = await events(kept)
    assert entry.released[0].values == ()
    assert set(entry.released[0].masks) == {"Worker.snils", "Worker.phone"}


async def test_of_several_workers_each_is_told_with_what_was_given_of_him(asking: Asking, kept: Kept) -> None:
    """An employer sees the one whom he employs, and of the other is refused."""
    query = (
        f'{{ a: worker(registryNumber: "{NUMBER}") {{ snils phone }}'
        f' b: worker(registryNumber: "{OTHER}") {{ snils birthDate }} }}'
    )
    answer = await asking.ask(query, principal=EMPLOYER)
    [entry] = await events(kept)
    subject = await subject_of(asking, NUMBER)
    assert [each.subjects for each in entry.released] == [(subject,)]
    assert answer.data["b"] == {"snils": None, "birthDate": None}
    assert set(entry.refused) == {
        Refused("Worker.snils", "EXTENT", 1),
        Refused("Worker.birthDate", "EXTENT", 1),
    }


async def test_a_page_is_one_entry_that_names_everyone_on_it(asking: Asking, kept: Kept) -> None:
    query = "{ workers(first: 50) { nodes { id snils email formerLastName restrictions { kind } } } }"
    answer = await asking.ask(query, principal=REGULATOR, purpose="inspection")
    [entry] = await events(kept)
    expected: dict[str, set[str]] = {}
    for node in answer.data["workers"]["nodes"]:
        given = {f"Worker.{name}" for name, value in node.items() if name != "id" and value is not None}
        expected[f"Worker:{parsed_id(node['id'])[1]}"] = given
    found = {subject: set(each.values) for each in entry.released for subject in each.subjects}
    assert found == expected


async def test_what_only_everyone_may_see_is_no_entry(asking: Asking, kept: Kept) -> None:
    query = f'{{ worker(registryNumber: "{NUMBER}") {{ lastName employments {{ startedOn }} }} }}'
    for principal in (PUBLIC, AUDITOR, HIMSELF):
        assert (await asking.ask(query, principal=principal)).data["worker"]
    assert await events(kept) == []


async def test_a_refusal_is_an_entry(asking: Asking, kept: Kept) -> None:
    await asking.ask(CARD)
    [entry] = await events(kept)
    assert (entry.actor.subject, entry.released) == ("public", ())
    assert set(entry.refused) == {Refused("Worker.snils", "ROLE", 1), Refused("Worker.phone", "ROLE", 1)}


async def test_an_operation_that_is_refused_as_a_whole_is_an_entry(asking: Asking, kept: Kept) -> None:
    answer = await asking.ask(CARD, mode="reject")
    assert answer.refusal is not None
    query = '{ worker(snils: "%s") { lastName } }' % CARDIOLOGIST.snils
    await asking.ask(query, principal=AUDITOR)
    rejected, asked = await events(kept)
    assert set(rejected.refused) == {Refused("Worker.phone", "ROLE"), Refused("Worker.snils", "ROLE")}
    [found] = asked.refused
    assert found.coordinate.startswith("Query.worker(snils")


async def test_to_find_a_person_by_snils_is_an_entry(asking: Asking, kept: Kept) -> None:
    query = '{ worker(snils: "%s") { lastName } }' % CARDIOLOGIST.snils
    answer = await asking.ask(query, principal=REGULATOR, purpose="inspection")
    assert answer.data["worker"]
    [entry] = await events(kept)
    assert entry.released == (Released((await subject_of(asking, NUMBER),), ("Query.worker(snils:)",)),)


async def test_reasons_of_an_eligibility_are_of_the_worker(asking: Asking, kept: Kept) -> None:
    query = f'{{ worker(registryNumber: "{NUMBER}") {{ eligibility {{ reasons }} }} }}'
    answer = await asking.ask(query, principal=HIMSELF)
    assert not answer.errors
    [entry] = await events(kept)
    assert entry.released == (Released((await subject_of(asking, NUMBER),), ("Eligibility.reasons",)),)


async def test_no_snils_stands_in_the_journal(asking: Asking, kept: Kept) -> None:
    snils = CARDIOLOGIST.snils
    named = Principal(
        f"user {snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}", REGULATOR.grants, session=snils
    )
    query = 'query q_%s { worker(snils: "%s") { snils inn } }' % (snils, snils)
    await asking.ask(query, principal=named, purpose="inspection")
    [body] = await bodies(kept)
    assert snils not in body
    assert told(body).actor.subject == "user ***-***-*** **"


async def test_the_journal_of_all_this_is_sound(asking: Asking, kept: Kept) -> None:
    for principal in (REGULATOR, AUDITOR, PUBLIC):
        await asking.ask(CARD, principal=principal, purpose="inspection")
    journal = kept.journal.journal
    result = await verified(await journal.start(), journal.entries())
    assert (result.sound, result.entries) == (True, kept.since + 3)


@pytest.fixture
async def without_store(
    registries: Mapping[Registry, str], own_servers: OwnServers, today: dt.date
) -> AsyncIterator[Asking]:
    """A gateway whose store is away."""
    journal = StoredJournal(AWAY, 1)
    async with asking_over(registries, own_servers.redis_url, today, journal=journal) as asked:
        yield asked


async def test_without_the_journal_nothing_personal_leaves(without_store: Asking) -> None:
    answer = await without_store.ask(CARD, principal=REGULATOR, purpose="inspection")
    assert answer.body().keys() == {"errors"}
    assert [each["extensions"]["code"] for each in answer.errors] == ["JOURNAL_UNAVAILABLE"]
    assert answer.refusal is not None
    assert answer.refusal.status == 503


async def test_without_the_journal_everything_else_leaves(without_store: Asking) -> None:
    public: dict[str, Any] = {"registryNumber": NUMBER}
    query = (
        "query ($registryNumber: RegistryNumber!) { worker(registryNumber: $registryNumber) { lastName } }"
    )
    for principal in (PUBLIC, REGULATOR):
        answer = await without_store.ask(query, public, principal=principal)
        assert (answer.data["worker"]["lastName"], answer.errors) == ("Иванова", [])
    refused = await without_store.ask(CARD)
    assert refused.data["worker"]["snils"] is None
    assert not refused.errors

"""A saved search runs with the rights that its owner has now, and tells honestly when it cannot run."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from auth.principal import Grant, Principal, Role
from demo import stories
from gateway.record.store import StoreUrls
from tests.asking import Asking
from tests.cabinet.saving import ONE, SAVE, codes, messages, named, saved, somebody
from tests.memory_journal import MemoryJournal

BANNED = {"workers": {"where": {"restrictions": {"some": {"kinds": ["PRACTICE_BAN"]}}}}}
RUN = ONE % "problem totalCount workers { totalCount nodes { registryNumber } }"
DIRECT = """{
  workers(where: { restrictions: { some: { kinds: [PRACTICE_BAN] } } }) {
    totalCount nodes { registryNumber }
  }
}"""
EMPLOYER = frozenset({Grant(Role.EMPLOYER, frozenset({stories.CITY_HOSPITAL}))})


@pytest.fixture
def journal(asking: Asking) -> MemoryJournal:
    """The journal, with nothing in it."""
    assert isinstance(asking.journal, MemoryJournal)
    asking.journal.events.clear()
    return asking.journal


async def test_the_rights_are_those_of_now(asking: Asking) -> None:
    auditor = somebody(Role.AUDITOR)
    kept = await saved(asking, auditor, "запреты", BANNED)
    for grants in (auditor.grants, EMPLOYER, frozenset({Grant(Role.REGULATOR, regions=frozenset({"23"}))})):
        caller = replace(auditor, grants=grants)
        run = await asking.ask(RUN, {"id": kept["id"]}, caller)
        direct = await asking.ask(DIRECT, {}, caller)
        assert not run.errors
        assert run.data["savedSearch"]["workers"] == direct.data["workers"]
        assert run.data["savedSearch"]["totalCount"] == direct.data["workers"]["totalCount"]
    all_of_them = await asking.ask(RUN, {"id": kept["id"]}, auditor)
    some = await asking.ask(RUN, {"id": kept["id"]}, replace(auditor, grants=EMPLOYER))
    assert all_of_them.data["savedSearch"]["totalCount"] > some.data["savedSearch"]["totalCount"]


async def test_who_may_not_ask_any_more_is_told_so(asking: Asking, journal: MemoryJournal) -> None:
    auditor = somebody(Role.AUDITOR)
    kept = await saved(asking, auditor, "запреты", BANNED)
    journal.events.clear()
    caller = replace(auditor, grants=frozenset({Grant(Role.ANALYST)}))
    answer = await asking.ask(RUN, {"id": kept["id"]}, caller)
    assert sorted(codes(answer)) == ["FORBIDDEN", "FORBIDDEN"]
    assert answer.data["savedSearch"]["workers"] is None
    assert answer.data["savedSearch"]["totalCount"] is None
    assert answer.data["savedSearch"]["problem"] == "WorkerWhere.restrictions may not be used (ROLE)"
    [event] = journal.events
    [refused] = event.refused
    assert (refused.coordinate, refused.reason) == ("WorkerWhere.restrictions", "ROLE")


async def test_what_may_not_be_asked_is_not_kept(asking: Asking) -> None:
    answer = await asking.ask(SAVE, named("x", BANNED), somebody())
    assert codes(answer) == ["FORBIDDEN"]
    assert not answer.executed, "it is refused before anything is done"


async def test_what_it_finds_by_measures_is_on_record(asking: Asking, journal: MemoryJournal) -> None:
    auditor = somebody(Role.AUDITOR)
    kept = await saved(asking, auditor, "запреты", BANNED)
    assert not journal.events, "nothing is released by saving"
    await asking.ask(ONE % "name where problem", {"id": kept["id"]}, auditor)
    assert not journal.events, "nor by looking at it"
    for field in ("totalCount", "workers { nodes { registryNumber } }"):
        journal.events.clear()
        await asking.ask(ONE % field, {"id": kept["id"]}, auditor)
        [event] = journal.events
        assert {name for each in event.released for name in each.values} == {
            "RestrictionWhere.kinds",
            "WorkerWhere.restrictions",
        }
        assert "PRACTICE_BAN" not in event.body()


@pytest.fixture
async def owner_line(kept_in: StoreUrls) -> AsyncIterator[Any]:
    """A connection that changes the store as its owner may."""
    connection = await asyncpg.connect(kept_in.owner)
    yield connection
    await connection.close()


CHANGED = [
    ('{"where": {"or": [{"hair": "RED"}]}}', "where.or[0].hair", {"or": [{"hair": "RED"}]}),
    ('{"where": {"hair": ["RED"]}}', "where.hair", {"hair": ["RED"]}),
    ('{"where": {"and": [{"statuses": ["ACTIVE", "RETIRED"]}]}}', "where.and[0].statuses[1]", None),
    ('{"where": {"registeredFrom": 7}}', "where.registeredFrom", None),
    ('{"orderBy": [{"by": "SHOE_SIZE"}]}', "orderBy[0].by", None),
    ('{"query": "a b c d e f g h i j k"}', "query", None),
]


@pytest.mark.parametrize(("asked", "path", "where"), CHANGED, ids=[each[1] for each in CHANGED])
async def test_what_the_schema_does_not_know_any_more_is_told_and_not_run(
    asking: Asking, owner_line: Any, asked: str, path: str, where: Any
) -> None:
    caller: Principal = somebody()
    kept = await saved(asking, caller, "старый")
    key = "(select id from cabinet.saved_search where name = 'старый' order by created_at desc limit 1)"
    await owner_line.execute(f"update cabinet.saved_search set asked = $1 where id = {key}", asked)
    asking.clear()
    answer = await asking.ask(RUN.replace("problem", "problem where"), {"id": kept["id"]}, caller)
    found = answer.data["savedSearch"]
    assert found["problem"].startswith(f"{path}: ")
    assert codes(answer) == ["BAD_USER_INPUT", "BAD_USER_INPUT"]
    assert all(message.startswith(f"{path}: ") for message in messages(answer))
    assert (found["workers"], found["totalCount"]) == (None, None)
    assert not asking.calls
    if where is not None:
        assert found["where"] == where

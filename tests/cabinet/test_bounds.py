"""What is not kept: too many, too long, names that are taken, what is a person's own; also two at once."""

import asyncio
from typing import Any

import asyncpg
import pytest

from auth.principal import Grant, Principal, Role
from demo.stories import CARDIOLOGIST
from gateway.record.store import StoreUrls
from tests.asking import Asking
from tests.cabinet.saving import MINE, RENAME, SAVE, codes, messages, named, saved, somebody

SNILS = CARDIOLOGIST.snils
WRITTEN = f"{SNILS[:3]}-{SNILS[3:6]}-{SNILS[6:9]} {SNILS[9:]}"


async def test_nobody_keeps_more_than_he_may_though_all_come_at_once(asking: Asking) -> None:
    caller = somebody()
    answers = await asyncio.gather(*(asking.ask(SAVE, named(f"n{i}"), caller) for i in range(12)))
    refused = [answer for answer in answers if answer.errors]
    assert len(refused) == 7
    assert {*map(str, codes(refused[0]))} == {"BAD_USER_INPUT"}
    assert messages(refused[0]) == ["input: you may keep 5 saved searches; delete one first"]
    assert (await asking.ask(MINE, {}, caller)).data["savedSearches"]["totalCount"] == 5
    await saved(asking, somebody(), "another caller is not concerned")


async def test_of_equal_names_at_once_one_is_kept(asking: Asking) -> None:
    caller = somebody()
    answers = await asyncio.gather(*(asking.ask(SAVE, named("одно"), caller) for _ in range(4)))
    refused = [answer for answer in answers if answer.errors]
    assert len(refused) == 3
    assert messages(refused[0]) == ["name: should be another one: a saved search of yours has this one"]
    other = await saved(asking, caller, "другое")
    answer = await asking.ask(RENAME, {"id": other["id"], "name": "одно"}, caller)
    assert codes(answer) == ["BAD_USER_INPUT"]
    await saved(asking, somebody(), "одно")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (" \t ", "from 1 to 100 characters, not 0"),
        ("x" * 101, "from 1 to 100 characters, not 101"),
        ("a\u0007b", "no control characters"),
        ("a\u0000b", "no control characters"),
        (f"о {WRITTEN}", "no SNILS"),
    ],
)
async def test_a_name_that_cannot_be_given_is_refused(asking: Asking, name: str, told: str) -> None:
    answer = await asking.ask(SAVE, named(name), somebody())
    assert codes(answer) == ["BAD_USER_INPUT"]
    assert messages(answer)[0].startswith("name: should h")
    assert told in messages(answer)[0]
    assert SNILS not in str(answer.body())


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ({}, "input: give exactly one of"),
        ({"workers": {}, "licenses": {}}, "input: give exactly one of"),
        ({"workers": {"query": "?"}}, "query: should have a letter or a digit"),
        ({"workers": {"query": "a b c d e f g h i"}}, "query: should be at most 8 words"),
        ({"workers": {"query": f"Иванова {WRITTEN}"}}, "query: should hold no SNILS"),
        ({"workers": {"query": "a\u0000"}}, "query: should have no null characters"),
        ({"workers": {"where": {"lastName": SNILS}}}, "where.lastName: should hold no SNILS"),
        ({"workers": {"orderBy": [{"by": "MATCH"}]}}, "orderBy: MATCH orders what a text finds"),
        ({"workers": {"orderBy": []}}, "orderBy: give from 1 to 4 keys"),
        (
            {
                "workers": {
                    "where": {
                        "employments": {"some": {"startedOn": {"from": "2026-02-01", "to": "2026-01-01"}}}
                    }
                }
            },
            "where.employments.some.startedOn.from: should not be after",
        ),
        ({"workers": {"where": {"or": [{"lastName": "я" * 20_000}]}}}, "32768 bytes"),
    ],
)
async def test_what_is_wrong_is_refused_by_its_path(
    asking: Asking, search: dict[str, Any], told: str
) -> None:
    caller = somebody()
    answer = await asking.ask(SAVE, named("x", search), caller)
    assert codes(answer) == ["BAD_USER_INPUT"]
    assert told in messages(answer)[0]
    assert SNILS not in str(answer.body())
    assert (await asking.ask(MINE, {}, caller)).data["savedSearches"]["totalCount"] == 0


async def test_a_filter_of_no_such_shape_is_refused_by_its_path(asking: Asking) -> None:
    answer = await asking.ask(
        SAVE, named("x", {"workers": {"where": {"and": [{"statuses": ["NOT_ONE"]}]}}}), somebody()
    )
    assert codes(answer) == ["BAD_USER_INPUT"]
    assert ".workers.where.and[0].statuses[0]: " in messages(answer)[0]


async def test_what_is_a_persons_own_is_not_kept(asking: Asking, kept_in: StoreUrls) -> None:
    inspector = Principal("inspector-of-births", frozenset({Grant(Role.REGULATOR)}))
    born = {"and": [{"not": {"bornOn": "1980-01-31"}}]}
    answer = await asking.ask(SAVE, named("x", {"workers": {"where": born}}), inspector, "inspection")
    assert codes(answer) == ["BAD_USER_INPUT"]
    assert messages(answer)[0].startswith("where.and[0].not.bornOn: WorkerWhere.bornOn is personal")
    connection = await asyncpg.connect(kept_in.owner)
    try:
        assert not await connection.fetchval(
            "select count(*) from cabinet.saved_search where asked::text like '%bornOn%'"
        )
    finally:
        await connection.close()


async def test_nobody_reads_in_the_store_whose_it_is(asking: Asking, kept_in: StoreUrls) -> None:
    caller = Principal(f"somebody {SNILS}", frozenset({Grant(Role.ANALYST)}))
    kept = await saved(asking, caller, f"{asking.gateway.compiled is None}")
    connection = await asyncpg.connect(kept_in.owner)
    try:
        rows = await connection.fetch("select s::text from cabinet.saved_search s")
    finally:
        await connection.close()
    assert any("77" in row[0] for row in rows)
    assert not any(SNILS in row[0] or "somebody" in row[0] for row in rows)
    assert kept["id"]

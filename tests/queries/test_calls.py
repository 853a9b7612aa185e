"""One question, one call a registry and step, however many rows there are."""

import pytest

from tests.asking import Asking

FIELDS = "fullName employments { organization { shortName } } licenses { status }"

FOUR_CALLS = {"employments_by_worker": 1, "organizations_by_oid": 1, "licenses_by_worker": 1}


async def test_the_card_of_one_worker_takes_four_calls(asking: Asking) -> None:
    asking.clear()
    answer = await asking.ask('{ worker(registryNumber: "77200000000001") { %s } }' % FIELDS)
    assert not answer.errors
    assert asking.calls == {"workers_by_registry_number": 1} | FOUR_CALLS


@pytest.mark.parametrize("first", [1, 100])
async def test_cards_of_many_workers_take_four_calls(asking: Asking, first: int) -> None:
    asking.clear()
    answer = await asking.ask("{ workers(first: %d) { nodes { %s } } }" % (first, FIELDS))
    assert not answer.errors
    assert len(answer.data["workers"]["nodes"]) == first
    assert asking.calls == {"workers_page": 1} | FOUR_CALLS


async def test_a_record_reached_by_aliases_is_asked_once(asking: Asking) -> None:
    asking.clear()
    query = """{
      one: worker(registryNumber: "77200000000001") { lastName }
      two: worker(registryNumber: "77200000000001") { firstName }
      three: worker(registryNumber: "77200000000002") { firstName }
    }"""
    answer = await asking.ask(query)
    assert answer.data["two"] == {"firstName": "Анна"}
    assert asking.calls == {"workers_by_registry_number": 1}


async def test_eligibility_of_many_takes_as_many_calls_as_of_one(asking: Asking) -> None:
    asking.clear()
    answer = await asking.ask("{ workers(first: 50) { nodes { eligibility { allowed } } } }")
    assert not answer.errors
    assert set(asking.calls.values()) == {1}


async def test_a_count_is_taken_only_when_asked_for(asking: Asking) -> None:
    asking.clear()
    await asking.ask("{ workers { totalCount } }")
    assert asking.calls == {"workers_count": 1}


async def test_nothing_is_asked_where_nothing_is_wanted(asking: Asking) -> None:
    asking.clear()
    answer = await asking.ask("{ __typename dictionaries(names: [REGIONS]) { title entries { code } } }")
    assert len(answer.data["dictionaries"][0]["entries"]) == 89
    assert not asking.calls

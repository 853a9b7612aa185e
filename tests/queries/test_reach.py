"""Whose staff an employer sees: his organizations' and their branches', as the registries say just now."""

import pytest

from auth.principal import Grant, Principal, Role
from demo import stories
from sources.registry import Registry
from tests.asking import Asking

OF_THE_BRANCH = stories.ON_LEAVE
STAFF = (
    "query ($number: RegistryNumber!)"
    " { worker(registryNumber: $number) { snils phone employments { rate } } }"
)


def employer(*oids: str) -> Principal:
    """The employer of these organizations."""
    return Principal("employer", frozenset({Grant(Role.EMPLOYER, frozenset(oids))}))


@pytest.mark.parametrize(
    ("oid", "sees"),
    [
        (stories.CITY_HOSPITAL, True),
        (stories.BRANCH, True),
        (stories.PRACTICE, False),
        (stories.LIQUIDATED, False),
    ],
)
async def test_staff_of_a_branch(asking: Asking, walking: Asking, oid: str, sees: bool) -> None:
    for executor in (asking, walking):
        executor.clear()
        answer = await executor.ask(STAFF, {"number": OF_THE_BRANCH.registry_number}, employer(oid))
        assert (answer.data["worker"]["snils"] == OF_THE_BRANCH.snils) is sees
        assert (answer.data["worker"]["employments"][0]["rate"] is not None) is sees
        assert executor.calls["reached_by_organization"] == 1


async def test_a_branch_does_not_reach_its_parent(asking: Asking) -> None:
    number = stories.CARDIOLOGIST.registry_number
    answer = await asking.ask(STAFF, {"number": number}, employer(stories.BRANCH))
    assert answer.data["worker"]["snils"] is None


async def test_many_rows_and_organizations_are_one_call(asking: Asking) -> None:
    asking.clear()
    caller = employer(stories.CITY_HOSPITAL, stories.PRACTICE, stories.HEART_CLINIC)
    await asking.ask("{ workers(first: 100) { nodes { snils phone employments { rate } } } }", None, caller)
    assert asking.calls["reached_by_organization"] == 1


async def test_nobody_elses_organizations_are_asked_for(asking: Asking) -> None:
    asking.clear()
    regulator = Principal("regulator", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))}))
    await asking.ask(STAFF, {"number": OF_THE_BRANCH.registry_number}, regulator, "inspection")
    await asking.ask("{ workers { nodes { lastName } } }", None, employer(stories.CITY_HOSPITAL))
    assert "reached_by_organization" not in asking.calls


async def test_who_cannot_be_told_is_not_seen(asking: Asking, walking: Asking) -> None:
    """Without the organization registry nobody knows whether the employer's organization still works."""
    for executor in (asking, walking):
        executor.down.add(Registry.ORGANIZATIONS)
        try:
            number = stories.CARDIOLOGIST.registry_number
            answer = await executor.ask(STAFF, {"number": number}, employer(stories.CITY_HOSPITAL))
        finally:
            executor.down.clear()
        assert (answer.data["worker"]["snils"], answer.data["worker"]["phone"]) == (None, None)
        assert {error["extensions"]["code"] for error in answer.errors} == {"REGISTRY_UNAVAILABLE"}

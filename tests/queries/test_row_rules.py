"""What rows decide: by whom they are about, asked for a whole page at once."""

import pytest

from auth.principal import Grant, Principal, Role
from demo import stories
from sources.registry import Registry
from tests.asking import Asking

EMPLOYER = Principal("e", frozenset({Grant(Role.EMPLOYER, frozenset({stories.CITY_HOSPITAL}))}))
ANOTHER = Principal("e", frozenset({Grant(Role.EMPLOYER, frozenset({"1.2.643.5.1.13.13.12.2.23.1"}))}))
STAFF = """query($oid: Oid!) { organization(oid: $oid) {
  employments(first: 50) { nodes { rate personnelNumber worker { snils phone email birthYear } } }
} }"""


@pytest.mark.parametrize(("caller", "sees"), [(EMPLOYER, True), (ANOTHER, False)], ids=["own", "another"])
async def test_whom_a_department_employs_is_its_own_organizations_to_see(
    asking: Asking, walking: Asking, caller: Principal, sees: bool
) -> None:
    query = "query($oid: Oid!) { organization(oid: $oid) { departments { employments { kind } } } }"
    for each in (asking, walking):
        answer = await each.ask(query, {"oid": stories.CITY_HOSPITAL}, caller)
        assert not answer.errors
        departments = answer.data["organization"]["departments"]
        assert departments
        assert all((each["employments"] is not None) is sees for each in departments)


async def test_a_page_of_staff_asks_once_a_step_whom_it_is_about(asking: Asking, walking: Asking) -> None:
    for each in (asking, walking):
        each.clear()
        answer = await each.ask(STAFF, {"oid": stories.CITY_HOSPITAL}, EMPLOYER)
        assert not answer.errors
        nodes = answer.data["organization"]["employments"]["nodes"]
        assert len(nodes) > 1
        assert all(each["rate"] and each["worker"]["snils"].isdigit() for each in nodes)
        assert each.calls == {
            "organizations_by_oid": 1,
            "employments_page_by_organization": 1,
            "subjects_by_id": 1,
            "reached_by_organization": 1,
            "workers_by_id": 1,
        }


async def test_an_employer_who_cannot_be_told_from_others_gets_nothing(
    asking: Asking, walking: Asking
) -> None:
    """The organization registry says how far he reaches; without it, each row is an error."""
    query = "{ workers(first: 3) { nodes { snils } } }"
    told = []
    for each in (asking, walking):
        each.down.add(Registry.ORGANIZATIONS)
        try:
            answer = await each.ask(query, principal=EMPLOYER)
        finally:
            each.down.clear()
        assert [node["snils"] for node in answer.data["workers"]["nodes"]] == [None] * 3
        told.append([(error["path"], error["extensions"]["code"]) for error in answer.errors])
    assert told[0] == told[1]
    assert len(told[0]) == 3

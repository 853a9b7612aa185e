"""Who works in a department is told of nobody whose department would not be told on his employment."""

from typing import Any

from auth.principal import Grant, Principal, Role
from sources.registry import Registry
from tests.asking import Asking

AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
ALL = """
query ($after: String) {
  organizations(first: 20, after: $after) {
    nodes {
      oid region { code }
      departments { id employments { id endedOn worker { region { code } } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
ONE = """
query ($id: ID!) {
  node(id: $id) { ... on Department { employments { id rate department { id } worker { region { code } } } } }
}
"""


async def departments(asking: Asking) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every department in which somebody works or worked, with its organization."""
    found, after = [], None
    while True:
        page = (await asking.ask(ALL, {"after": after}, AUDITOR)).data["organizations"]
        found += [
            (node, each) for node in page["nodes"] for each in node["departments"] if each["employments"]
        ]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def test_a_regulator_is_told_of_nobody_outside_his_region(asking: Asking, walking: Asking) -> None:
    mixed = [
        (owner["region"]["code"], each)
        for owner, each in await departments(asking)
        if {one["worker"]["region"]["code"] for one in each["employments"]} - {owner["region"]["code"]}
    ]
    assert mixed, "nobody of another region works anywhere, so this proves nothing"
    region, department = mixed[0]
    regulator = Principal("r", frozenset({Grant(Role.REGULATOR, regions=frozenset({region}))}))
    inside = [each["id"] for each in department["employments"] if each["worker"]["region"]["code"] == region]
    for executor in (asking, walking):
        executor.clear()
        answer = await executor.ask(ONE, {"id": department["id"]}, regulator)
        told = answer.data["node"]["employments"]
        assert [each["id"] for each in told] == inside
        assert all(each["rate"] and each["department"]["id"] == department["id"] for each in told)
        line = {"coordinate": "Department.employments", "outcome": "WITHHELD", "reason": "EXTENT"}
        assert answer.extensions["access"] == [line | {"rows": len(department["employments"]) - len(inside)}]
        assert executor.calls["subjects_by_id"] <= 1


async def test_an_employer_is_told_of_nobody_who_has_left(asking: Asking) -> None:
    left = [
        (owner["oid"], each)
        for owner, each in await departments(asking)
        if any(one["endedOn"] for one in each["employments"])
    ]
    assert left, "nobody has left anything, so this proves nothing"
    for oid, department in left[:5]:
        employer = Principal("e", frozenset({Grant(Role.EMPLOYER, frozenset({oid}))}))
        answer = await asking.ask(ONE, {"id": department["id"]}, employer)
        assert all(each["department"] is not None for each in answer.data["node"]["employments"])
        lines = answer.extensions.get("access", [])
        assert {each["coordinate"] for each in lines} <= {"Department.employments"}
        hidden = sum(each["rows"] for each in lines)
        assert len(answer.data["node"]["employments"]) + hidden == len(department["employments"])


async def test_whoever_sees_all_costs_no_more(asking: Asking) -> None:
    owner, department = (await departments(asking))[0]
    asking.clear()
    answer = await asking.ask(ONE, {"id": department["id"]}, AUDITOR)
    assert len(answer.data["node"]["employments"]) == len(department["employments"])
    assert "subjects_by_id" not in asking.calls
    assert owner["oid"]


async def test_who_cannot_be_told_is_not_told(asking: Asking) -> None:
    _, department = (await departments(asking))[0]
    regulator = Principal("r", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))}))
    asking.down.add(Registry.WORKERS)
    try:
        answer = await asking.ask(ONE, {"id": department["id"]}, regulator)
    finally:
        asking.down.clear()
    assert not answer.data["node"]["employments"]

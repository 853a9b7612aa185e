"""Reject mode: the whole answer or a refusal that names all that stands in its way, and never a part."""

import orjson
import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from tests.asking import Asking

HOSPITAL = frozenset({stories.CITY_HOSPITAL})
EMPLOYER = Principal("employer", frozenset({Grant(Role.EMPLOYER, HOSPITAL)}))
BOTH = Principal("both", frozenset({Grant(Role.EMPLOYER, HOSPITAL), Grant(Role.INSURER)}))
FIELDS = """
query ($numbers: [_Any!]!) {
  _entities(representations: $numbers) { ... on Worker { lastName snils birthDate } }
}
"""
STAFF, OTHER = stories.CARDIOLOGIST, stories.PROPRIETOR


def representations(*workers: stories.Worker) -> dict[str, object]:
    return {"numbers": [{"__typename": "Worker", "registryNumber": each.registry_number} for each in workers]}


async def test_what_is_wholly_his_leaves(asking: Asking, walking: Asking) -> None:
    for executor in (asking, walking):
        answer = await executor.ask(FIELDS, representations(STAFF), EMPLOYER, mode="reject")
        assert answer.data["_entities"][0]["snils"] == STAFF.snils
        assert "access" not in answer.extensions


@pytest.mark.parametrize(
    ("caller", "decision"), [(EMPLOYER, "WITHHELD"), (BOTH, "MASK")], ids=["employer", "employer and insurer"]
)
async def test_one_row_that_is_not_holds_all_back(
    asking: Asking, walking: Asking, caller: Principal, decision: str
) -> None:
    for executor in (asking, walking):
        answer = await executor.ask(FIELDS, representations(STAFF, OTHER), caller, mode="reject")
        assert not answer.executed
        assert answer.refusal is not None
        assert answer.refusal.status == 403
        [error] = answer.errors
        assert error["extensions"] == {
            "code": "FORBIDDEN",
            "refusals": [
                {"coordinate": "Worker.birthDate", "decision": "WITHHELD", "reason": "EXTENT"},
                {"coordinate": "Worker.snils", "decision": decision, "reason": "EXTENT"},
            ],
        }
        body = orjson.dumps(answer.body()).decode()
        assert not any(held in body for held in (STAFF.snils, STAFF.last_name, STAFF.registry_number))


async def test_a_person_who_may_not_be_found_is_refused_as_nobody_is(asking: Asking) -> None:
    outsider = Principal("outsider", frozenset({Grant(Role.EMPLOYER, frozenset({stories.PRACTICE}))}))
    query = "query ($snils: Snils!) { worker(snils: $snils) { lastName } }"
    answers = [
        await asking.ask(query, {"snils": snils}, outsider, mode="reject")
        for snils in (STAFF.snils, "08765430300")
    ]
    assert answers[0].body() == answers[1].body()
    assert [each["coordinate"] for each in answers[0].errors[0]["extensions"]["refusals"]] == [
        "Query.worker(snils:)"
    ]


async def test_before_any_registry_is_asked_where_no_row_is_needed(asking: Asking) -> None:
    asking.clear()
    answer = await asking.ask(FIELDS, representations(STAFF), PUBLIC, mode="reject")
    assert [each["coordinate"] for each in answer.errors[0]["extensions"]["refusals"]] == [
        "Worker.birthDate",
        "Worker.snils",
    ]
    assert not asking.calls

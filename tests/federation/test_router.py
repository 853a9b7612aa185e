"""A router in front of Svod and another subgraph: questions that need both, in both directions."""

import pytest

from demo.stories import BANNED, CARDIOLOGIST, CITY_HOSPITAL, HEART_CLINIC, ORGANIZATIONS
from sources.registry import Registry
from sources.worker import WorkerRecord
from tests.asking import Asking, columns_asked
from tests.federation.conftest import Tokens
from tests.federation.subgraphs import Router

pytestmark = pytest.mark.node

SHORT_NAMES = {each.oid: each.short_name for each in ORGANIZATIONS}
HOSPITAL, CLINIC = SHORT_NAMES[CITY_HOSPITAL], SHORT_NAMES[HEART_CLINIC]

FROM_THEIRS = """
{
  courses { nodes { title student { fullName } host { shortName } } pageInfo { hasNextPage } }
}
"""
FROM_OURS = """
query ($number: RegistryNumber!) {
  worker(registryNumber: $number) {
    lastName
    courses(first: 1) { nodes { title host { shortName } } pageInfo { hasNextPage } }
    employments(currentOnly: true) { organization { shortName courseCount } }
  }
  workers(first: 1) { pageInfo { hasNextPage } }
}
"""
LOST = "{ lostCourses { nodes { title student { lastName } } } }"
PERSONAL = "{ courses(first: 1) { nodes { student { lastName phone snils } } } }"
WITH_CREDENTIALS = "{ courses(first: 2) { nodes { student { lastName credentials { number } } } } }"


async def test_their_records_lead_to_ours(router: Router, asking: Asking) -> None:
    answer = await router.ask(FROM_THEIRS)
    assert "errors" not in answer
    nodes = answer["data"]["courses"]["nodes"]
    assert [(each["title"], each["student"]["fullName"], each["host"]) for each in nodes] == [
        ("Echocardiography", "Иванова Анна Сергеевна", {"shortName": HOSPITAL}),
        ("Sutures", "Петров Олег Викторович", {"shortName": HOSPITAL}),
        ("Heart failure", "Иванова Анна Сергеевна", {"shortName": CLINIC}),
        ("First aid", "Кузнецова Мария Павловна", None),
    ]
    assert asking.calls == {"workers_by_registry_number": 1, "organizations_by_oid": 1}


async def test_our_records_lead_to_theirs_and_back(router: Router) -> None:
    answer = await router.ask(FROM_OURS, {"number": CARDIOLOGIST.registry_number})
    assert answer == {
        "data": {
            "worker": {
                "lastName": CARDIOLOGIST.last_name,
                "courses": {
                    "nodes": [{"title": "Echocardiography", "host": {"shortName": HOSPITAL}}],
                    "pageInfo": {"hasNextPage": True},
                },
                "employments": [
                    {"organization": {"shortName": HOSPITAL, "courseCount": 2}},
                    {"organization": {"shortName": CLINIC, "courseCount": 1}},
                ],
            },
            "workers": {"pageInfo": {"hasNextPage": True}},
        }
    }


async def test_a_bad_reference_is_an_error_with_our_code_and_the_others_are_answered(router: Router) -> None:
    answer = await router.ask(LOST)
    nodes = answer["data"]["lostCourses"]["nodes"]
    assert [each["student"] for each in nodes] == [None, None, {"lastName": BANNED.last_name}]
    [error] = answer["errors"]
    assert error["path"] == ["lostCourses", "nodes", 1, "student"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"] == (
        "representation 1: registry number: only letters, digits and hyphens are allowed"
    )


async def test_a_registry_that_is_away_is_told_through_the_router(router: Router, asking: Asking) -> None:
    asking.down.add(Registry.QUALIFICATIONS)
    answer = await router.ask(WITH_CREDENTIALS)
    students = [each["student"] for each in answer["data"]["courses"]["nodes"]]
    assert students == [
        {"lastName": CARDIOLOGIST.last_name, "credentials": None},
        {"lastName": BANNED.last_name, "credentials": None},
    ]
    assert [error["path"][-1] for error in answer["errors"]] == ["credentials", "credentials"]
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"REGISTRY_UNAVAILABLE"}


async def test_what_is_withheld_stays_withheld_behind_the_router(router: Router, asking: Asking) -> None:
    answer = await router.ask(PERSONAL)
    student = {"lastName": CARDIOLOGIST.last_name, "phone": None, "snils": None}
    assert answer == {"data": {"courses": {"nodes": [{"student": student}]}}}
    assert not {"phone", "snils"} & columns_asked(asking.asked, WorkerRecord)


async def test_the_callers_token_and_purpose_reach_svod(router: Router, token: Tokens) -> None:
    answer = await router.ask(PERSONAL, authorization=token("regulator"), x_access_purpose="inspection")
    [node] = answer["data"]["courses"]["nodes"]
    assert node["student"]["snils"] == CARDIOLOGIST.snils
    assert node["student"]["phone"]


async def test_a_refusal_of_the_whole_operation_leaves_their_part(router: Router) -> None:
    answer = await router.ask(PERSONAL, x_access_mode="reject")
    assert answer["data"] == {"courses": {"nodes": [{"student": None}]}}
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    [ours] = error["extensions"]["response"]["body"]["errors"]
    assert [each["coordinate"] for each in ours["extensions"]["refusals"]] == ["Worker.phone", "Worker.snils"]

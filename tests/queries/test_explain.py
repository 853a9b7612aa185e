"""`explainAccess`: the rule and what is lacking; never the value, nor that a record is there."""

import base64
from uuid import UUID

import orjson
import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from resolvers.ids import global_id
from tests.asking import Asking

NOBODYS = UUID("00000000-0000-4000-8000-000000000001")
EXPLAIN = """
query ($coordinate: String!, $id: ID!) {
  explainAccess(coordinate: $coordinate, id: $id) {
    coordinate fieldClass decision
    decidedBy { role extent gives given lacking }
    missing { role extent gives given lacking }
  }
}
"""
RECORDS = """
{ worker(registryNumber: "%s") {
    id employments { id } educations { id } credentials { id } categories { id } trainings { id } }
  organization(oid: "%s") { departments { id } }
}
""" % (stories.CARDIOLOGIST.registry_number, stories.CITY_HOSPITAL)
OUTSIDERS = {
    "public": PUBLIC,
    "worker": Principal("w", frozenset({Grant(Role.WORKER)}), stories.BANNED.snils),
    "employer": Principal("e", frozenset({Grant(Role.EMPLOYER, frozenset({stories.PRACTICE}))})),
    "regulator": Principal("r", frozenset({Grant(Role.REGULATOR, regions=frozenset({"23"}))})),
    "insurer": Principal("i", frozenset({Grant(Role.INSURER)})),
}
COORDINATES = {
    "Worker": "Worker.phone",
    "Employment": "Employment.rate",
    "Education": "Education.documentNumber",
    "Credential": "Credential.protocolNumber",
    "QualificationCategory": "QualificationCategory.orderNumber",
    "Training": "Training.hours",
    "Department": "Department.employments",
}


async def ids(asking: Asking) -> dict[str, str]:
    """The global id of a record of each type."""
    found = (await asking.ask(RECORDS)).data
    worker = found["worker"]
    links = {
        "Employment": "employments",
        "Education": "educations",
        "Credential": "credentials",
        "QualificationCategory": "categories",
        "Training": "trainings",
    }
    return {
        "Worker": worker["id"],
        "Department": found["organization"]["departments"][0]["id"],
    } | {noun: worker[link][0]["id"] for noun, link in links.items() if worker[link]}


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_a_record_that_is_there_is_explained_as_one_that_is_not(
    asking: Asking, walking: Asking, name: str
) -> None:
    found = await ids(asking)
    assert len(found) >= 5
    for executor in (asking, walking):
        for noun, existing in found.items():
            seen = []
            for each in (existing, global_id(noun, NOBODYS)):
                executor.clear()
                asked = {"coordinate": COORDINATES[noun], "id": each}
                answer = await executor.ask(EXPLAIN, asked, OUTSIDERS[name], "inspection")
                assert not answer.errors
                seen.append((orjson.dumps(answer.body()), dict(executor.calls)))
            assert seen[0] == seen[1], noun


async def test_the_employer_is_told_by_which_rule(asking: Asking) -> None:
    employer = Principal("e", frozenset({Grant(Role.EMPLOYER, frozenset({stories.CITY_HOSPITAL}))}))
    worker = (await ids(asking))["Worker"]
    for coordinate in ("Worker.phone", "Restriction.reason"):
        answer = await asking.ask(EXPLAIN, {"coordinate": coordinate, "id": worker}, employer)
        assert answer.data["explainAccess"]["decision"] == "VALUE"
        assert answer.data["explainAccess"]["decidedBy"] == {
            "role": "EMPLOYER",
            "extent": "OWN_STAFF",
            "gives": "VALUE",
            "given": "VALUE",
            "lacking": [],
        }
        assert answer.data["explainAccess"]["missing"] == []


async def test_a_worker_is_told_what_he_lacks(asking: Asking) -> None:
    himself = Principal("w", frozenset({Grant(Role.WORKER)}), stories.CARDIOLOGIST.snils)
    asked = {"coordinate": "Worker.passportNumber", "id": (await ids(asking))["Worker"]}
    answer = await asking.ask(EXPLAIN, asked, himself)
    told = answer.data["explainAccess"]
    assert (told["fieldClass"], told["decision"], told["decidedBy"]) == ("IDENTITY", "WITHHELD", None)
    assert {rule["role"]: rule["lacking"] for rule in told["missing"]} == {
        "WORKER": ["STEP_UP"],
        "REGULATOR": ["ROLE", "PURPOSE", "STEP_UP"],
    }
    assert "access" not in answer.extensions


async def test_nothing_is_asked_where_no_record_decides(asking: Asking) -> None:
    worker = (await ids(asking))["Worker"]
    asking.clear()
    for name, coordinate in (
        ("public", "Worker.snils"),
        ("insurer", "Worker.snils"),
        ("worker", "Worker.lastName"),
    ):
        assert not (
            await asking.ask(EXPLAIN, {"coordinate": coordinate, "id": worker}, OUTSIDERS[name])
        ).errors
    assert not asking.calls


@pytest.mark.parametrize(
    ("coordinate", "record", "message"),
    [
        ("Worker.snilz", "Worker", "`coordinate` names nothing of the schema: write it as `Worker.snils`"),
        ("11223344595", "Worker", "`coordinate` names nothing of the schema: write it as `Worker.snils`"),
        ("Employment.rate", "Worker", "`id` should be of a record of Employment, but is of Worker"),
        ("Restriction.kind", "Employment", "`id` should be of a record of Worker, but is of Employment"),
    ],
)
async def test_what_cannot_be_explained(asking: Asking, coordinate: str, record: str, message: str) -> None:
    asking.clear()
    answer = await asking.ask(EXPLAIN, {"coordinate": coordinate, "id": global_id(record, NOBODYS)})
    [error] = answer.errors
    assert (error["extensions"]["code"], error["message"]) == ("BAD_USER_INPUT", message)
    assert not asking.calls


async def test_an_id_that_is_none(asking: Asking) -> None:
    foreign = base64.urlsafe_b64encode(b"Restriction:1").decode()
    answer = await asking.ask(EXPLAIN, {"coordinate": "Restriction.kind", "id": foreign})
    assert answer.errors[0]["extensions"]["code"] == "BAD_ID"

"""Bad input, one by one: each message names the exact fault, and nothing is asked of any registry."""

import base64
from dataclasses import dataclass

import pytest

from auth.principal import Grant, Principal, Role
from tests.asking import Asking

REGULATOR = Principal("inspector", frozenset({Grant(Role.REGULATOR)}))
HOSPITAL = "1.2.643.5.1.13.13.12.2.77.7809"


@dataclass(frozen=True)
class Fault:
    """A query, and the error it deserves."""

    query: str
    code: str
    message: str


def an_id(text: str) -> str:
    """A global id of our form with this content."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


FAULTS = {
    "a wrong check digit of a SNILS": Fault(
        '{ worker(snils: "112-233-445 96") { lastName } }',
        "BAD_USER_INPUT",
        "Expected value of type 'Snils', but encountered error 'SNILS: check digits should be 95'.",
    ),
    "a wrong check digit of an OGRN": Fault(
        '{ organization(inn: "7700000016", ogrn: "1027700000018") { oid } }',
        "BAD_USER_INPUT",
        "Expected value of type 'Ogrn', but encountered error 'OGRN: check digit should be 9'.",
    ),
    "too few digits of an INN": Fault(
        '{ organization(inn: "770000001", ogrn: "1027700000019") { oid } }',
        "BAD_USER_INPUT",
        "Expected value of type 'Inn', but encountered error 'INN: 10 or 12 digits expected, got 9'.",
    ),
    "two keys at once": Fault(
        '{ worker(registryNumber: "77200000000001", snils: "112-233-445 95") { lastName } }',
        "BAD_USER_INPUT",
        "give exactly one of the arguments `registryNumber` and `snils`",
    ),
    "no key at all": Fault(
        "{ worker { lastName } }",
        "BAD_USER_INPUT",
        "give exactly one of the arguments `registryNumber` and `snils`",
    ),
    "half a key of an organization": Fault(
        '{ organization(inn: "7700000016") { oid } }',
        "BAD_USER_INPUT",
        "give either the argument `oid`, or `inn` and `ogrn` together",
    ),
    "first: 0": Fault(
        "{ workers(first: 0) { totalCount } }",
        "BAD_USER_INPUT",
        "argument `first` must be from 1 to 100, but is 0",
    ),
    "first: 10000": Fault(
        "{ workers(first: 10000) { totalCount } }",
        "BAD_USER_INPUT",
        "argument `first` must be from 1 to 100, but is 10000",
    ),
    "a cursor that is none": Fault(
        '{ workers(after: "abc") { totalCount } }',
        "BAD_CURSOR",
        "argument `after` holds no cursor of Svod",
    ),
    "a global id that is none": Fault(
        '{ node(id: "77200000000001") { id } }', "BAD_ID", "this is not a global id of Svod"
    ),
    "a global id of a type that is none": Fault(
        '{ node(id: "%s") { id } }' % an_id("Query:1"), "BAD_ID", "this is not a global id of Svod"
    ),
    "a global id without a key": Fault(
        '{ node(id: "%s") { id } }' % an_id("Worker:1"), "BAD_ID", "this global id of Worker holds no key"
    ),
    "an entity by an id of another type": Fault(
        '{ _entities(representations: [{__typename: "Worker", id: "%s"}]) { __typename } }'
        % an_id(f"Organization:{HOSPITAL}"),
        "BAD_ID",
        "representation 0: this is a global id of Organization, not of Worker",
    ),
    "days that have passed": Fault(
        '{ organization(oid: "%s") { expiring(within: -1) { licenses { number } } } }' % HOSPITAL,
        "BAD_USER_INPUT",
        "Expected value of type 'Days', but encountered error "
        "'a whole number of days from 0 to 3660 is expected'.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_the_fault_is_named_and_nothing_is_asked(asking: Asking, name: str) -> None:
    fault = FAULTS[name]
    asking.clear()

    answer = await asking.ask(fault.query, principal=REGULATOR, purpose="inspection")

    assert [error["message"] for error in answer.errors] == [fault.message]
    assert answer.errors[0]["extensions"]["code"] == fault.code
    assert not asking.calls


async def test_a_cursor_of_another_query_is_refused(asking: Asking) -> None:
    first = await asking.ask("{ organizations(first: 1) { pageInfo { endCursor } } }")
    cursor = first.data["organizations"]["pageInfo"]["endCursor"]
    for query in ("organizations(after: $after, where: {regions: [77]})", "licenses(after: $after)"):
        query = query.replace("[77]", '["77"]')
        answer = await asking.ask(
            "query ($after: String!) { %s { nodes { id } } }" % query, {"after": cursor}
        )
        assert [error["message"] for error in answer.errors] == [
            "argument `after` holds a cursor of another connection or of another filter"
        ]
        assert answer.errors[0]["extensions"]["code"] == "BAD_CURSOR"


async def test_a_bad_value_in_a_variable_is_named_by_the_variable(asking: Asking) -> None:
    query = "query ($snils: Snils!) { worker(snils: $snils) { lastName } }"
    answer = await asking.ask(query, {"snils": "112-233-445 96"}, REGULATOR, "inspection")
    assert not answer.executed
    assert answer.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "'$snils'" in answer.errors[0]["message"]
    assert "check digits should be 95" in answer.errors[0]["message"]
    assert "112" not in answer.errors[0]["message"]


async def test_a_flag_that_is_null_is_named_by_both_executors(asking: Asking, walking: Asking) -> None:
    query = "query ($a: Boolean = true) { registries @skip(if: $a) { state } }"
    answers = [await executor.ask(query, {"a": None}) for executor in (asking, walking)]
    assert answers[0].body() == answers[1].body()
    assert {error["extensions"]["code"] for error in answers[0].errors} == {"BAD_USER_INPUT"}

"""The second door: `_entities`, asked as a router asks it."""

from typing import Any

import pytest
from graphql import GraphQLObjectType, parse
from graphql.language import ObjectTypeDefinitionNode, StringValueNode

from auth.principal import Grant, Principal, Role
from demo.stories import BANNED, CARDIOLOGIST, CITY_HOSPITAL, HEART_CLINIC
from resolvers.entities import KEYS
from resolvers.roots import BY_ID
from sources.registry import Registry
from sources.worker import WorkerRecord
from tests.asking import Asking, columns_asked
from tests.docs.pages import DOCS, sections, tables

ENTITIES = "query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Node { id } } }"
NAMES = """
query ($of: [_Any!]!) {
  _entities(representations: $of) {
    ... on Worker { lastName }
    ... on Organization { oid }
  }
}
"""
PERSONAL = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Worker { phone snils email } } }"
EVERYTHING = """
query ($worker: RegistryNumber!, $organization: Oid!) {
  worker(registryNumber: $worker) {
    ...n registryNumber
    employments { ...n } credentials { ...n number } educations { ...n } categories { ...n }
    trainings { ...n }
  }
  organization(oid: $organization) {
    ...n oid
    departments { ...n } staffingUnits { ...n } licenses { ...n number activities { ...n } events { ...n } }
  }
}
fragment n on Node { __typename id }
"""

LISTS = """
{
  workers(first: 60) { nodes { registryNumber lastName } }
  organizations(first: 60) { nodes { oid } }
}
"""

WORKER = {"__typename": "Worker", "registryNumber": CARDIOLOGIST.registry_number}
GOOD = {"lastName": CARDIOLOGIST.last_name}


def found_in(value: Any) -> list[dict[str, str]]:
    """Every record in an answer, wherever it stands, by its scalar fields."""
    if isinstance(value, list):
        return [record for each in value for record in found_in(each)]
    if not isinstance(value, dict):
        return []
    own = {name: each for name, each in value.items() if isinstance(each, str)}
    return [own] * ("id" in own) + [record for each in value.values() for record in found_in(each)]


def declared_keys(sdl: str) -> set[tuple[str, str]]:
    """The keys that the schema declares, by type and field."""
    return {
        (definition.name.value, argument.value.value)
        for definition in parse(sdl).definitions
        if isinstance(definition, ObjectTypeDefinitionNode)
        for directive in definition.directives or ()
        if directive.name.value == "key"
        for argument in directive.arguments or ()
        if isinstance(argument.value, StringValueNode)
    }


async def records(asking: Asking) -> dict[str, dict[str, str]]:
    """A record of each type, with its keys."""
    variables = {"worker": CARDIOLOGIST.registry_number, "organization": CITY_HOSPITAL}
    answer = await asking.ask(EVERYTHING, variables)
    assert not answer.errors
    return {each["__typename"]: each for each in found_in(answer.data)}


async def test_every_type_is_found_by_each_of_its_keys(asking: Asking) -> None:
    known = await records(asking)
    keys = sorted(declared_keys(asking.gateway.built.strawberry.as_str()))
    assert {type_name for type_name, _ in keys} == set(BY_ID)
    of = [{"__typename": type_name, key: known[type_name][key]} for type_name, key in keys]
    answer = await asking.ask(ENTITIES, {"of": of})
    assert not answer.errors
    assert answer.data["_entities"] == [
        {"__typename": type_name, "id": known[type_name]["id"]} for type_name, _ in keys
    ]


def test_the_natural_keys_are_documented(asking: Asking) -> None:
    page = sections(DOCS / "federation.md")
    declared = declared_keys(asking.gateway.built.strawberry.as_str())
    natural = {(f"`{type_name}`", f"`{key}`") for type_name, key in declared if key != "id"}
    assert {(row[0], row[1]) for row in tables(page["Keys"])[1:]} == natural
    assert {(f"`{type_name}`", f"`{key}`") for type_name, (key, _, _) in KEYS.items()} == natural


def test_the_union_holds_every_type_with_a_key(asking: Asking) -> None:
    built = asking.gateway.built
    union: Any = built.graphql.type_map["_Entity"]
    keyed = {type_name for type_name, _ in declared_keys(built.strawberry.as_str())}
    assert {each.name for each in union.types if isinstance(each, GraphQLObjectType)} == keyed


async def test_many_representations_are_one_call_a_type_in_their_order(asking: Asking) -> None:
    listed = await asking.ask(LISTS)
    people, places = listed.data["workers"]["nodes"], listed.data["organizations"]["nodes"]
    of: list[dict[str, str]] = []
    for person, place in zip(reversed(people), places, strict=True):
        of.append({"__typename": "Worker", "registryNumber": person["registryNumber"]})
        of.append({"__typename": "Organization", "oid": place["oid"]})
    asking.clear()
    answer = await asking.ask(NAMES, {"of": of})
    assert not answer.errors
    assert answer.data["_entities"][0::2] == [{"lastName": each["lastName"]} for each in reversed(people)]
    assert answer.data["_entities"][1::2] == places
    assert asking.calls == {"workers_by_registry_number": 1, "organizations_by_oid": 1}


async def test_the_same_record_twice_is_asked_once(asking: Asking) -> None:
    answer = await asking.ask(NAMES, {"of": [WORKER, WORKER]})
    assert answer.data["_entities"] == [GOOD, GOOD]
    [call] = asking.asked
    assert list(call.arguments[0]) == [CARDIOLOGIST.registry_number]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("Worker", "an object is expected"),
        (12, "an object is expected"),
        ([WORKER], "an object is expected"),
        ({}, "`__typename` names no entity of this subgraph"),
        ({"registryNumber": "1"}, "`__typename` names no entity of this subgraph"),
        ({"__typename": "Doctor", "id": "1"}, "`__typename` names no entity of this subgraph"),
        ({"__typename": "PageInfo"}, "`__typename` names no entity of this subgraph"),
        ({"__typename": "Query"}, "`__typename` names no entity of this subgraph"),
        ({"__typename": None}, "`__typename` names no entity of this subgraph"),
        ({"__typename": ["Worker"]}, "`__typename` names no entity of this subgraph"),
        ({"__typename": "Worker"}, "Worker is found by `registryNumber` or `id`, which is missing"),
        (
            {"__typename": "Worker", "snils": CARDIOLOGIST.snils},
            "Worker is found by `registryNumber` or `id`, which is missing",
        ),
        (
            {"__typename": "Worker", "registryNumber": None},
            "Worker is found by `registryNumber` or `id`, which is missing",
        ),
        ({"__typename": "Employment", "number": "1"}, "Employment is found by `id`, which is missing"),
        ({"__typename": "Worker", "registryNumber": 77}, "`registryNumber` should be a string"),
        ({"__typename": "Worker", "id": {"a": 1}}, "`id` should be a string"),
        ({"__typename": "Organization", "oid": ["1.2"]}, "`oid` should be a string"),
        (
            {"__typename": "Worker", "registryNumber": "12/34"},
            "registry number: only letters, digits and hyphens are allowed",
        ),
        (
            {"__typename": "Organization", "oid": "1.2.03"},
            "OID: numbers joined by dots expected, from 0, 1 or 2 on, without leading zeros",
        ),
        (
            {"__typename": "License", "number": "Л041-1"},
            "licence number: 15 digits expected after Л041, got 1",
        ),
    ],
)
async def test_a_bad_one_is_an_error_in_its_place_alone(asking: Asking, bad: object, told: str) -> None:
    credential = {"__typename": "Credential", "number": CARDIOLOGIST.credentials[0].number}
    answer = await asking.ask(NAMES, {"of": [WORKER, bad, credential]})
    assert answer.data["_entities"] == [GOOD, None, {}]
    [error] = answer.errors
    assert error["message"] == f"representation 1: {told}"
    assert error["path"] == ["_entities", 1]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_an_id_that_is_none_or_another_types_is_told_as_such(asking: Asking) -> None:
    organization = (await records(asking))["Organization"]["id"]
    bad = [
        {"__typename": "Worker", "id": "%%"},
        {"__typename": "Worker", "id": "Иванова"},
        {"__typename": "Worker", "id": organization},
    ]
    answer = await asking.ask(NAMES, {"of": [*bad, WORKER]})
    assert answer.data["_entities"] == [None, None, None, GOOD]
    assert [(each["extensions"]["code"], each["message"]) for each in answer.errors] == [
        ("BAD_ID", "representation 0: this is not a global id of Svod"),
        ("BAD_ID", "representation 1: this is not a global id of Svod"),
        ("BAD_ID", "representation 2: this is a global id of Organization, not of Worker"),
    ]


async def test_what_no_registry_has_is_null_without_an_error(asking: Asking) -> None:
    of = [
        {"__typename": "Worker", "registryNumber": "77299999999999"},
        {"__typename": "Organization", "oid": "1.2.3"},
        {"__typename": "License", "number": "Л041-00000-00/00000000"},
        {"__typename": "Credential", "number": "none"},
        {"__typename": "Credential", "number": "1\0"},
        WORKER,
    ]
    answer = await asking.ask(NAMES, {"of": of})
    assert not answer.errors
    assert answer.data["_entities"] == [None, None, None, None, None, GOOD]


async def test_a_registry_that_is_away_takes_only_its_own_entities(asking: Asking) -> None:
    asking.down.add(Registry.ORGANIZATIONS)
    of = [{"__typename": "Organization", "oid": oid} for oid in (CITY_HOSPITAL, HEART_CLINIC)]
    answer = await asking.ask(NAMES, {"of": [of[0], WORKER, of[1]]})
    assert answer.data["_entities"] == [None, GOOD, None]
    assert [(each["path"], each["extensions"]["code"]) for each in answer.errors] == [
        (["_entities", 0], "REGISTRY_UNAVAILABLE"),
        (["_entities", 2], "REGISTRY_UNAVAILABLE"),
    ]


async def test_representations_may_stand_in_the_query_itself(asking: Asking) -> None:
    key = f'{{__typename: "Worker", registryNumber: "{CARDIOLOGIST.registry_number}"}}'
    answer = await asking.ask(f"{{ _entities(representations: [{key}]) {{ ... on Worker {{ lastName }} }} }}")
    assert answer.data["_entities"] == [GOOD]


async def test_the_public_gets_nothing_personal_and_the_registry_is_not_asked_for_it(asking: Asking) -> None:
    answer = await asking.ask(PERSONAL, {"of": [WORKER]})
    assert answer.data["_entities"] == [{"phone": None, "snils": None, "email": None}]
    assert not {"phone", "snils", "email"} & columns_asked(asking.asked, WorkerRecord)
    told = {(line["coordinate"], line["reason"]) for line in answer.extensions["access"]}
    assert told == {("Worker.phone", "ROLE"), ("Worker.snils", "ROLE"), ("Worker.email", "ROLE")}


async def test_a_worker_sees_himself_and_no_other(asking: Asking) -> None:
    himself = Principal("a-worker", frozenset({Grant(Role.WORKER)}), snils=CARDIOLOGIST.snils)
    other = {"__typename": "Worker", "registryNumber": BANNED.registry_number}
    answer = await asking.ask(PERSONAL, {"of": [WORKER, other]}, himself)
    assert answer.data["_entities"][0]["snils"] == CARDIOLOGIST.snils
    assert answer.data["_entities"][1] == {"phone": None, "snils": None, "email": None}


async def test_an_insurer_gets_masks(asking: Asking) -> None:
    insurer = Principal("an-insurer", frozenset({Grant(Role.INSURER)}))
    answer = await asking.ask(PERSONAL, {"of": [WORKER]}, insurer)
    assert answer.data["_entities"][0]["snils"] == f"***-***-*** {CARDIOLOGIST.snils[-2:]}"

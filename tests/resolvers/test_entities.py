"""Federation's door: each representation by itself, in order; a bad one does not spoil the others."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from gateway.build import built_schema
from resolvers.entities import KEYS
from resolvers.ids import global_id
from resolvers.roots import BY_ID
from sources.registry import Registry
from tests.asking import Asking
from tests.resolvers.test_roots import row

NO_ENTITY = "`__typename` names no entity of this subgraph"
QUERY = "query($these: [_Any!]!) { _entities(representations: $these) { __typename ... on Node { id } } }"


async def asked(asking: Asking, *representations: Any) -> Any:
    return await asking.ask(QUERY, {"these": list(representations)})


async def test_each_is_found_by_its_natural_key_or_its_id_in_one_read_a_loader(
    asking: Asking, registries: Mapping[Registry, str]
) -> None:
    worker = await row(registries[Registry.WORKERS], "select id, registry_number from worker")
    organization = await row(registries[Registry.ORGANIZATIONS], "select oid from organization")
    licence = await row(registries[Registry.LICENSES], "select id, number from license")
    credential = await row(registries[Registry.QUALIFICATIONS], "select id, number from credential")
    wanted = [
        global_id("Worker", str(worker["id"])),
        global_id("Organization", str(organization["oid"])),
        global_id("License", str(licence["id"])),
        global_id("Credential", str(credential["id"])),
    ]

    by_key = await asked(
        asking,
        {"__typename": "Worker", "registryNumber": worker["registry_number"]},
        {"__typename": "Organization", "oid": organization["oid"]},
        {"__typename": "License", "number": licence["number"]},
        {"__typename": "Credential", "number": credential["number"]},
    )
    assert [each["id"] for each in by_key.data["_entities"]] == wanted
    assert sum(asking.calls.values()) == 4

    by_id = await asked(
        asking, *({"__typename": name, "id": each} for name, each in zip(KEYS, wanted, strict=True))
    )
    assert by_id.data == by_key.data


@pytest.mark.parametrize(
    ("representation", "message"),
    [
        ({"__typename": "Nobody"}, NO_ENTITY),
        (
            {"__typename": "Query", "id": "x"},
            NO_ENTITY,
        ),
        ({"__typename": 5}, NO_ENTITY),
        ({"__typename": ["Worker"]}, NO_ENTITY),
        ({}, NO_ENTITY),
        ("Worker", "an object is expected"),
        (["Worker"], "an object is expected"),
        (
            {"__typename": "Worker"},
            "Worker is found by `registryNumber` or `id`, which is missing",
        ),
        ({"__typename": "Training"}, "Training is found by `id`, which is missing"),
        (
            {"__typename": "Worker", "registryNumber": 7},
            "`registryNumber` should be a string",
        ),
        ({"__typename": "Worker", "id": {}}, "`id` should be a string"),
        ({"__typename": "Worker", "id": "x"}, "this is not a global id of Svod"),
        (
            {"__typename": "Worker", "id": global_id("License", uuid4())},
            "this is a global id of License, not of Worker",
        ),
        (
            {"__typename": "Organization", "oid": "x"},
            "OID: numbers joined by dots expected, from 0, 1 or 2 on, without leading zeros",
        ),
    ],
)
async def test_a_bad_one_is_an_error_in_its_place(
    asking: Asking, registries: Mapping[Registry, str], representation: Any, message: str
) -> None:
    number = (await row(registries[Registry.WORKERS], "select registry_number from worker"))[
        "registry_number"
    ]
    good = {"__typename": "Worker", "registryNumber": number}

    answer = await asked(asking, good, representation, good)

    assert [each and each["__typename"] for each in answer.data["_entities"]] == ["Worker", None, "Worker"]
    [error] = answer.errors
    assert error["path"] == ["_entities", 1]
    assert error["extensions"]["code"] == ("BAD_ID" if "global id" in message else "BAD_USER_INPUT")
    assert error["message"] == f"representation 1: {message}"


async def test_one_whom_no_registry_knows_is_null_without_an_error(asking: Asking) -> None:
    answer = await asked(asking, {"__typename": "Worker", "registryNumber": "0"})

    assert answer.data == {"_entities": [None]}
    assert answer.errors == []


def test_every_entity_of_the_schema_can_be_found() -> None:
    union: Any = built_schema().graphql.type_map["_Entity"]

    assert {type_.name for type_ in union.types} == set(BY_ID)

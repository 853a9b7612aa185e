"""Introspection shows each role what it may use, the printed schema is the same, and nothing else changes."""

from typing import Any

import pytest
from graphql import build_client_schema, build_schema, get_introspection_query, introspection_from_schema

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.build import built_schema
from tests.asking import Asking
from tests.gateway.svod import svod

FIELDS = ("Worker.lastName", "Worker.phone", "Worker.birthDate", "Worker.birthYear", "Worker.passportNumber")
OWN = ("Query.worker(snils:)", "Worker.restrictions", "Restriction", "Absence", "Snils")
SEEN = {
    "public": "Worker.lastName",
    "worker": " ".join((*FIELDS, *OWN)),
    "employer": " ".join((*FIELDS[:4], *OWN)),
    "regulator": " ".join((*FIELDS, *OWN)),
    "insurer": "Worker.lastName Worker.phone Worker.birthYear Absence Snils",
    "auditor": "Worker.lastName Worker.phone Worker.birthYear Worker.restrictions Restriction Absence Snils",
    "analyst": "Worker.lastName",
    "admin": "Worker.lastName Worker.phone Snils",
    "support": "Worker.lastName Worker.phone Snils",
}
ALL = (*FIELDS, *OWN)


def caller(name: str) -> Principal:
    """Who has this role and, so far, no extent."""
    return PUBLIC if name == "public" else Principal(name, frozenset({Grant(Role(name))}))


def coordinates(schema: Any) -> set[str]:
    """All of a schema's types, fields, arguments, input fields and enum values."""
    found = set()
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        found.add(name)
        for part, definition in (
            getattr(type_, "fields", None) or getattr(type_, "values", None) or {}
        ).items():
            found.add(f"{name}.{part}")
            found |= {f"{name}.{part}({argument}:)" for argument in getattr(definition, "args", None) or {}}
    return found


async def introspected(asking: Asking, name: str) -> set[str]:
    answer = await asking.ask(get_introspection_query(), None, caller(name))
    assert not answer.errors
    return coordinates(build_client_schema(answer.data))


@pytest.mark.parametrize("name", SEEN)
async def test_each_role_is_shown_what_it_may_use(asking: Asking, name: str) -> None:
    found = await introspected(asking, name)
    assert found & set(ALL) == set(SEEN[name].split())
    sdl = svod("schema", "print", "--role", name).stdout
    printed = coordinates(build_schema(sdl, assume_valid_sdl=True))
    federation = {each for each in found if each.startswith(("_", "Query._"))}
    assert {"Query._entities", "Query._service"} <= federation
    rest = found - federation - printed
    assert all(each.startswith(("FieldSet", "link__")) for each in rest)
    assert printed <= found


async def test_several_roles_are_shown_all_of_theirs(asking: Asking) -> None:
    both = Principal("both", frozenset({Grant(Role.INSURER), Grant(Role.WORKER)}))
    answer = await asking.ask(get_introspection_query(), None, both)
    assert set(ALL) <= coordinates(build_client_schema(answer.data))


async def test_whoever_sees_all_is_shown_the_schema_itself(asking: Asking) -> None:
    """No role sees all: the journal is the auditor's, identity documents are not."""
    both = Principal("both", frozenset({Grant(Role.REGULATOR), Grant(Role.AUDITOR)}))
    everything = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
        one_of=True,
        experimental_directive_deprecation=True,
    )
    answer = await asking.ask(everything, None, both)
    whole = introspection_from_schema(built_schema().graphql)
    named = [{each["name"]: each for each in found["__schema"]["types"]} for found in (answer.data, whole)]
    assert named[0] == named[1]


@pytest.mark.parametrize(("name", "known"), [("public", False), ("analyst", False), ("employer", True)])
async def test_a_type_by_its_name(asking: Asking, walking: Asking, name: str, known: bool) -> None:
    query = "query ($name: String!) { __type(name: $name) { name fields { name } } a: __typename }"
    for executor in (asking, walking):
        answer = await executor.ask(query, {"name": "Restriction"}, caller(name))
        assert (answer.data["__type"] is not None) is known
        assert answer.data["a"] == "Query"


async def test_no_way_round_by_an_interface_or_a_union(asking: Asking) -> None:
    query = """{ __type(name: "Node") { possibleTypes { name fields { name } } }
      u: __type(name: "LicenseHolder") { possibleTypes { name fields { name } } } }"""
    answer = await asking.ask(query)
    found = [
        each for kind in answer.data.values() for each in kind["possibleTypes"] if each["name"] == "Worker"
    ]
    assert len(found) == 2
    assert not {"snils", "phone", "restrictions"} & {
        field["name"] for each in found for field in each["fields"]
    }


async def test_the_schema_beside_data(asking: Asking, walking: Asking) -> None:
    query = """
    query ($number: RegistryNumber!, $snils: Snils, $full: Boolean = true) {
      ...Roots
      worker(registryNumber: $number, snils: $snils) { lastName phone }
    }
    fragment Roots on Query {
      registries { registry }
      ... { shown: __type(name: "Worker") { name fields @include(if: $full) { name } } }
    }
    """
    variables = {"number": stories.CARDIOLOGIST.registry_number}
    for executor in (asking, walking):
        answer = await executor.ask(query, variables)
        assert not answer.errors
        assert list(answer.data) == ["registries", "shown", "worker"]
        assert answer.data["worker"] == {"lastName": stories.CARDIOLOGIST.last_name, "phone": None}
        assert "phone" not in {each["name"] for each in answer.data["shown"]["fields"]}


async def test_what_is_hidden_may_be_asked_for_and_is_withheld(asking: Asking) -> None:
    query = '{ worker(registryNumber: "%s") { restrictions { kind } } }' % stories.BANNED.registry_number
    answer = await asking.ask(query)
    assert answer.data == {"worker": {"restrictions": None}}
    assert [each["coordinate"] for each in answer.extensions["access"]] == ["Worker.restrictions"]


async def test_the_router_gets_the_whole(asking: Asking) -> None:
    assert "restrictions" in (await asking.ask("{ _service { sdl } }")).data["_service"]["sdl"]


async def test_no_part_of_it_comes_later(asking: Asking) -> None:
    query = '{ registries { state } ... @defer { __type(name: "Worker") { fields { name } } } }'
    answer = await asking.ask(query)
    assert "phone" not in {each["name"] for each in answer.data["__type"]["fields"]}

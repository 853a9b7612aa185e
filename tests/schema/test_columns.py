"""Each field of each type, asked alone: the columns that it declares are those that it reads.

The rows hold the declared columns only, so a field that reads another one fails here.
"""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, cast

import asyncpg
import pytest
from graphql import GraphQLField, get_named_type, is_leaf_type

from auth.principal import PUBLIC, Grant, Principal, Role
from auth.rights import FieldClass
from gateway.columns import TABLES, ColumnsOf
from gateway.servers import OwnServers
from resolvers import link
from resolvers.ids import global_id
from resolvers.subject import NEEDS, is_watched
from schema.fields import Declaration
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.fake_findings import FakeFindings
from tests.schema.built import BUILT
from tests.schema.strict import Reads, strict

TABLE_NAMES: Mapping[str, tuple[Registry, str, str]] = {
    "Worker": (Registry.WORKERS, "worker", "id"),
    "Employment": (Registry.WORKERS, "employment", "id"),
    "Organization": (Registry.ORGANIZATIONS, "organization", "oid"),
    "Department": (Registry.ORGANIZATIONS, "department", "id"),
    "StaffingUnit": (Registry.ORGANIZATIONS, "staffing_unit", "id"),
    "License": (Registry.LICENSES, "license", "id"),
    "LicenseActivity": (Registry.LICENSES, "license_activity", "id"),
    "LicenseEvent": (Registry.LICENSES, "license_event", "id"),
    "Education": (Registry.QUALIFICATIONS, "education", "id"),
    "Credential": (Registry.QUALIFICATIONS, "credential", "id"),
    "QualificationCategory": (Registry.QUALIFICATIONS, "category", "id"),
    "Training": (Registry.QUALIFICATIONS, "training", "id"),
}

WITHIN: Mapping[str, str] = {
    "Absence": "Employment { absences { %s } }",
    "Restriction": "Worker { restrictions { %s } }",
    "Eligibility": "Worker { eligibility { %s } }",
    "PositionStaffing": "Organization { staffing { %s } }",
    "OrganizationExpiring": "Organization { expiring(within: 3660) { %s } }",
    "EmploymentConnection": "Organization { employments(first: 3) { %s } }",
    "EmploymentEdge": "Organization { employments(first: 3) { edges { %s } } }",
    "PageInfo": "Organization { employments(first: 3) { pageInfo { %s } } }",
}
"""How a type is reached that has no global id: the type of the nodes, and the fields down to it."""

TELLING: Mapping[str, tuple[str, ...]] = {
    "Worker": ("id in (select worker_id from restriction)",),
    "Employment": ("id in (select employment_id from absence)",),
    "Organization": ("legal_form = 'PROPRIETOR'", "parent_oid is not null"),
    "License": ("worker_snils is not null", "organization_oid is null and worker_snils is null"),
}
"""Rows that are rare and asked all the same."""

ASKED: Mapping[tuple[str, str], str] = {
    ("Worker", "employments"): "employments(currentOnly: true) { __typename }",
    ("Worker", "expiring"): "expiring(within: 3660) { __typename }",
    ("Organization", "expiring"): "expiring(within: 3660) { credentials { id } licenses { id } }",
    ("Organization", "employments"): "employments { edges { cursor } }",
}
"""Fields that are asked with arguments, or with what they are there for."""

SORTED_BY_THE_SOURCE = {("Worker", "expiring", "Credential"): {"valid_until"}}
"""Columns that are declared and not read."""

EVERYTHING = Principal("regulator", frozenset({Grant(Role.REGULATOR)}), amr=frozenset({"mfa"}))
SOME_ROWS = Principal("regulator", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77", "50", "23"}))}))
MASKS = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))


def fields_of(name: str) -> Mapping[str, GraphQLField]:
    """The fields of an object type."""
    type_: Any = BUILT.graphql.type_map[name]
    return cast("Mapping[str, GraphQLField]", type_.fields)


def coordinates(*types: str, guarded_only: bool = False) -> list[Any]:
    """Every field of these types."""
    found = [
        (name, field)
        for name in types
        for field in fields_of(name)
        if not guarded_only or BUILT.declarations[name, field].field_class is not FieldClass.PUBLIC
    ]
    return [pytest.param(*coordinate, id=".".join(coordinate)) for coordinate in found]


@pytest.fixture(scope="session")
def reads() -> Reads:
    return Reads()


@pytest.fixture(scope="session")
async def strictly(
    own_servers: OwnServers, registries: Mapping[Registry, str], today: dt.date, reads: Reads
) -> AsyncIterator[Asking]:
    """The gateway over sources that give the asked columns and no others."""
    async with asking_over(
        registries,
        own_servers.redis_url,
        today,
        lambda sources: strict(sources, reads),
        findings=FakeFindings(),
        limit_cost=10_000_000,
    ) as asking:
        yield asking


@pytest.fixture(scope="session")
async def ids(registries: Mapping[Registry, str]) -> Mapping[str, list[str]]:
    """Some global ids of every type that has them."""
    found: dict[str, list[str]] = {}
    for noun, (registry, table, key) in TABLE_NAMES.items():
        for condition in ("true", *TELLING.get(noun, ())):
            keys = await column(registries[registry], table, key, condition)
            found.setdefault(noun, []).extend(global_id(noun, each) for each in keys)
    ending = "valid_until > now() and organization_oid is not null"
    holders = await column(registries[Registry.LICENSES], "license", "organization_oid", ending)
    found["Organization"].extend(global_id("Organization", each) for each in holders)
    return found


async def column(url: str, table: str, name: str, condition: str) -> list[Any]:
    """A column of twenty rows or fewer, chosen without regard to their order."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        f"select {name} as key from {table} where {condition} order by md5({name}::text) limit 20"
    )
    await connection.close()
    return [row["key"] for row in rows]


def question(type_name: str, field: str) -> tuple[str, str]:
    """The noun whose nodes are asked, and the query that asks them for this field alone."""
    selected = ASKED.get((type_name, field)) or f"{field}{_below(type_name, field)}"
    template = WITHIN.get(type_name, f"{type_name} {{ %s }}")
    noun = template.split(" ", maxsplit=1)[0]
    return noun, f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {template % selected} }} }}"


def _below(type_name: str, field: str) -> str:
    return "" if is_leaf_type(get_named_type(fields_of(type_name)[field].type)) else " { __typename }"


def reached(answer: Any, field: str) -> bool:
    """Whether the answer holds an object with this field."""
    if isinstance(answer, list):
        return any(reached(each, field) for each in answer)
    return isinstance(answer, dict) and (
        field in answer or any(reached(each, field) for each in answer.values())
    )


def declared(type_name: str, field: str) -> Mapping[str, set[str]]:
    """The columns that a field declares, by noun."""
    needs = BUILT.declarations[type_name, field].needs
    if needs is None:
        return {type_name: {BUILT.python_names[type_name, field]}} if type_name in TABLES else {}
    return {noun or type_name: set(columns) for noun, columns in needs.items()}


@pytest.mark.parametrize(("type_name", "field"), coordinates(*TABLE_NAMES, *WITHIN))
async def test_a_field_reads_the_columns_that_it_declares(
    strictly: Asking, reads: Reads, ids: Mapping[str, list[str]], type_name: str, field: str
) -> None:
    noun, query = question(type_name, field)
    reads.clear()

    answer = await strictly.ask(query, {"ids": ids[noun]}, EVERYTHING, purpose="inspection")

    assert answer.errors == []
    assert reached(answer.data, field)
    for read, columns in declared(type_name, field).items():
        if read in TABLES:
            assert reads.of[read] >= columns - SORTED_BY_THE_SOURCE.get((type_name, field, read), set())


@pytest.mark.parametrize(("type_name", "field"), coordinates(*TABLE_NAMES, *WITHIN))
@pytest.mark.parametrize("principal", [SOME_ROWS, MASKS, PUBLIC], ids=["row", "mask", "public"])
async def test_the_columns_suffice_whatever_the_rights(
    strictly: Asking, ids: Mapping[str, list[str]], type_name: str, field: str, principal: Principal
) -> None:
    noun, query = question(type_name, field)

    answer = await strictly.ask(query, {"ids": ids[noun]}, principal, purpose="inspection")

    assert answer.errors == []


@pytest.mark.parametrize(("type_name", "field"), coordinates(*TABLE_NAMES))
async def test_a_registry_is_asked_for_the_declared_columns_and_no_others(
    strictly: Asking, ids: Mapping[str, list[str]], type_name: str, field: str
) -> None:
    strictly.clear()

    await strictly.ask(question(type_name, field)[1], {"ids": ids[type_name]}, EVERYTHING, "inspection")

    field_class = BUILT.declarations[type_name, field].field_class
    whose = NEEDS[type_name][type_name] if is_watched(type_name, field_class) else ()
    wanted = declared(type_name, field).get(type_name, set())
    assert set(strictly.asked[0].columns or ()) == wanted | set(whose)


@pytest.mark.parametrize(("type_name", "field"), coordinates(*TABLE_NAMES, guarded_only=True))
async def test_what_the_public_may_not_see_is_not_asked_for(
    strictly: Asking, ids: Mapping[str, list[str]], type_name: str, field: str
) -> None:
    strictly.clear()

    answer = await strictly.ask(question(type_name, field)[1], {"ids": ids[type_name]}, PUBLIC)

    assert [call.columns for call in strictly.asked] == [()]
    assert {node[field] for node in answer.data["nodes"]} == {None}
    assert [line["coordinate"] for line in answer.extensions["access"]] == [f"{type_name}.{field}"]


async def test_a_row_that_decides_is_read_with_what_tells_whose_it_is(
    strictly: Asking, ids: Mapping[str, list[str]]
) -> None:
    strictly.clear()

    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Education { documentNumber } } }"
    await strictly.ask(query, {"ids": ids["Education"]}, SOME_ROWS)

    assert [(call.method, call.columns) for call in strictly.asked] == [
        ("educations_by_id", ("worker_snils", "document_number")),
        ("subjects_by_snils", None),
    ]


async def test_the_columns_of_fragments_and_aliases_are_asked_for_once(
    strictly: Asking, ids: Mapping[str, list[str]]
) -> None:
    strictly.clear()

    await strictly.ask(
        """
        query($ids: [ID!]!) { nodes(ids: $ids) { ...Name ... on Worker { a: fullName b: lastName } } }
        fragment Name on Worker { lastName status }
        """,
        {"ids": ids["Worker"]},
    )

    assert [call.columns for call in strictly.asked] == [("last_name", "first_name", "middle_name", "status")]


def test_a_declaration_of_a_column_that_no_table_has_stops_the_start() -> None:
    wrong = Declaration(FieldClass.PUBLIC, link.column("surname"))
    built = replace(BUILT, declarations={**BUILT.declarations, ("Worker", "lastName"): wrong})

    with pytest.raises(LookupError, match=r"^Worker\.lastName reads surname, which Worker does not have$"):
        ColumnsOf(built)

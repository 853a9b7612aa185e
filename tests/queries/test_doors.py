"""Default deny, tried at every door: a field that the table of rights does not give leaves by none of them.

The expectations are written out here, apart from the code's own table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from auth.principal import PUBLIC, Grant, Principal, Role
from auth.rights import FieldClass
from demo import stories
from gateway.build import built_schema
from resolvers.ids import parsed_id
from tests.asking import Asking

BUILT = built_schema()
NUMBER = stories.CARDIOLOGIST.registry_number

INTERNAL, RESTRICTED, PERSONAL = FieldClass.INTERNAL, FieldClass.RESTRICTED, FieldClass.PERSONAL


@dataclass(frozen=True)
class Outsider:
    """A caller to whom the worker of the story is nobody of his own, and what he sees of him all the same."""

    principal: Principal
    seen: frozenset[FieldClass] = frozenset()
    masked: frozenset[FieldClass] = frozenset()


def outsider(role: Role, seen: set[FieldClass], masked: set[FieldClass], **extent: Any) -> Outsider:
    """A caller with one grant that does not reach the worker of the story."""
    snils = extent.pop("snils", None)
    principal = Principal(role.value, frozenset({Grant(role, **extent)}), snils)
    return Outsider(principal, frozenset(seen), frozenset(masked))


OUTSIDERS = {
    "public": Outsider(PUBLIC),
    "worker": outsider(Role.WORKER, set(), set(), snils=stories.BANNED.snils),
    "employer": outsider(Role.EMPLOYER, set(), set(), organizations=frozenset({stories.PRACTICE})),
    "regulator": outsider(Role.REGULATOR, set(), set(), regions=frozenset({"23"})),
    "insurer": outsider(Role.INSURER, {INTERNAL}, {PERSONAL}),
    "auditor": outsider(Role.AUDITOR, {INTERNAL, RESTRICTED}, {PERSONAL}),
    "analyst": outsider(Role.ANALYST, set(), set()),
    "admin": outsider(Role.ADMIN, set(), {PERSONAL}),
    "support": outsider(Role.SUPPORT, set(), {PERSONAL}),
}

WORKER_LINKS = {
    "Employment": "employments",
    "Education": "educations",
    "Credential": "credentials",
    "QualificationCategory": "categories",
    "Training": "trainings",
}

DOORS = {
    "by its number": 'worker(registryNumber: "%(number)s") { %(fields)s }',
    "by its id": 'node(id: "%(id)s") { ... on Worker { %(fields)s } }',
    "among ids": 'nodes(ids: ["%(id)s"]) { ... on Worker { %(fields)s } }',
    "as an entity": '_entities(representations: [{__typename: "Worker", registryNumber: "%(number)s"}])'
    " { ... on Worker { %(fields)s } }",
    "by a claim": 'verifyWorkers(input: [{registryNumber: "%(number)s"}]) { worker { %(fields)s } }',
    "on a page": 'workers(where: {lastName: "Иванова", firstName: "Анна"}) { nodes { ...Fields } }',
    "through an edge": 'workers(where: {lastName: "Иванова"}) { edges { node { ... { ...Fields } } } }',
    "through a credential": 'credential(number: "772200000001") { worker { ...Fields } }',
    "through an employer": 'organization(oid: "%(hospital)s")'
    " { employments { nodes { worker { ...Fields } } } }",
}


def guarded_fields(type_name: str) -> Iterator[tuple[str, FieldClass, str | None]]:
    """The guarded fields of a type: name, class, kind of mask."""
    for (owner, name), declared in BUILT.declarations.items():
        if owner == type_name and declared.field_class is not FieldClass.PUBLIC:
            yield name, declared.field_class, declared.mask


def selection(type_name: str, name: str) -> str:
    """A field with something selected below it, where it needs that."""
    owner = BUILT.graphql.type_map[type_name]
    assert isinstance(owner, GraphQLObjectType)
    inner = get_named_type(owner.fields[name].type)
    return name if is_leaf_type(inner) else f"{name} {{ __typename }}"


def whole_selection() -> str:
    """Every guarded field of a worker and of what belongs to him."""
    own = " ".join(selection("Worker", name) for name, *_ in guarded_fields("Worker"))
    rest = " ".join(
        f"{link} {{ {' '.join(selection(type_name, name) for name, *_ in guarded_fields(type_name))} }}"
        for type_name, link in WORKER_LINKS.items()
    )
    return f"registryNumber {own} {rest} eligibility {{ reasons }}"


def found_workers(data: Any) -> Iterator[dict[str, Any]]:
    """Every worker of the story in an answer, wherever it stands."""
    if isinstance(data, dict):
        if data.get("registryNumber") == NUMBER:
            yield data
        for value in data.values():
            yield from found_workers(value)
    if isinstance(data, list):
        for value in data:
            yield from found_workers(value)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", OUTSIDERS)
async def test_only_what_the_table_gives_leaves(asking: Asking, name: str, door: str) -> None:
    caller = OUTSIDERS[name]
    worker_id = await id_of_worker(asking)
    fields = whole_selection()
    query = "query { %s }" % DOORS[door]
    if "...Fields" in query:
        query += " fragment Fields on Worker { %(fields)s }"
    text = query % {
        "number": NUMBER,
        "id": worker_id,
        "fields": fields,
        "hospital": stories.CITY_HOSPITAL,
    }

    answer = await asking.ask(text, principal=caller.principal)

    assert not answer.errors
    workers = list(found_workers(answer.data))
    assert workers, "the door leads nowhere, so it proves nothing"
    for worker in workers:
        check("Worker", worker, caller)
        if worker["eligibility"]["reasons"] is not None:
            assert RESTRICTED in caller.seen
        for type_name, link in WORKER_LINKS.items():
            for record in worker[link]:
                check(type_name, record, caller)


def check(type_name: str, record: dict[str, Any], caller: Outsider) -> None:
    """Each guarded field of a record holds what the caller may see, and nothing else."""
    for name, field_class, mask in guarded_fields(type_name):
        value = record[name]
        if field_class in caller.seen:
            continue
        if field_class in caller.masked and mask is not None:
            assert value is None or "*" in value, f"{type_name}.{name}"
        else:
            assert value is None, f"{type_name}.{name}"


async def test_the_same_doors_show_the_worker_himself(asking: Asking) -> None:
    """The test above would pass if nobody saw anything: the worker himself does."""
    grants, strong = frozenset({Grant(Role.WORKER)}), frozenset({"mfa"})
    himself = Principal("himself", grants, stories.CARDIOLOGIST.snils, amr=strong)
    query = 'query { worker(registryNumber: "%s") { %s } }' % (NUMBER, whole_selection())
    worker = (await asking.ask(query, principal=himself)).data["worker"]
    assert worker["snils"] == stories.CARDIOLOGIST.snils
    assert worker["passportNumber"] is not None
    assert all(record["hours"] is not None for record in worker["trainings"])
    assert worker["eligibility"]["reasons"] is not None


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_a_withheld_field_is_not_asked_for(asking: Asking, name: str) -> None:
    caller = OUTSIDERS[name]
    asking.clear()
    await asking.ask(
        'query { worker(registryNumber: "%s") { lastName passportNumber restrictions { kind } } }' % NUMBER,
        principal=caller.principal,
    )
    asked = {column for call in asking.asked for column in call.columns or ()}
    if not caller.principal.grants or name not in ("worker", "regulator"):
        assert "passport_number" not in asked
    assert ("restrictions_by_worker" in asking.calls) == (RESTRICTED in caller.seen)


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_the_journal_is_open_to_the_auditor_alone(asking: Asking, name: str) -> None:
    fields = " ".join(selection("JournalEntry", each) for each, *_ in guarded_fields("JournalEntry"))
    query = "{ journal { totalCount edges { node { %s } } nodes { %s } } }" % (fields, fields)
    answer = await asking.ask(query, principal=OUTSIDERS[name].principal)
    assert not answer.errors
    assert (answer.data["journal"] is None) == (name != "auditor")


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_the_viewer_is_shown_what_is_about_himself_alone(asking: Asking, name: str) -> None:
    """No argument names another person: whoever has no record of his own has no accesses to see."""
    answer = await asking.ask("{ viewer { accesses { totalCount } } }", principal=OUTSIDERS[name].principal)
    assert not answer.errors
    expected = {"public": None, "worker": {"accesses": {"totalCount": 0}}}
    assert answer.data["viewer"] == expected.get(name, {"accesses": None})


async def id_of_worker(asking: Asking) -> str:
    """The global id of the worker of the story; it holds no key of another registry."""
    answer = await asking.ask('{ worker(registryNumber: "%s") { id } }' % NUMBER)
    found = str(answer.data["worker"]["id"])
    assert parsed_id(found)[0] == "Worker"
    assert stories.CARDIOLOGIST.snils not in str(parsed_id(found)[1])
    return found

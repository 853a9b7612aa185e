"""Random operations over the whole schema, by random callers: the engine and graphql-core answer the same.

Data, errors with their places and codes, access lines and dangling references are compared. The order of
errors is not fixed by the specification, and the two executors meet failures in different orders.
"""

import os
from collections.abc import Iterator
from random import Random
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.build import built_schema
from sources.registry import Registry
from tests.asking import Asking

SCHEMA = built_schema().graphql
OPERATIONS = int(os.environ.get("RANDOM_OPERATIONS", "150"))

CALLERS = (
    (PUBLIC, None),
    (Principal("w", frozenset({Grant(Role.WORKER)}), stories.CARDIOLOGIST.snils), None),
    (Principal("e", frozenset({Grant(Role.EMPLOYER, frozenset({stories.CITY_HOSPITAL}))})), None),
    (Principal("r", frozenset({Grant(Role.REGULATOR)})), "inspection"),
    (Principal("r", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))})), None),
    (Principal("i", frozenset({Grant(Role.INSURER)})), None),
    (Principal("s", frozenset({Grant(Role.SUPPORT)})), None),
)

CLAIMS = """[{registryNumber: "77200000000001", lastName: "иванова"}, {}, {credentialNumber: "772300000004"},
    {licenseNumber: "Л041-01126-23/00000007"}, {licenseNumber: "Л041-01137-77/00000001"}]"""

ROOTS = (
    'worker(registryNumber: "77200000000001")',
    'worker(registryNumber: "77200000000003")',
    'worker(registryNumber: "23200000000004")',
    'organization(oid: "1.2.643.5.1.13.13.12.2.77.7809")',
    'organization(oid: "1.2.643.5.1.13.13.12.2.77.7811")',
    'license(number: "Л041-01126-23/00000007")',
    'credential(number: "772200000001")',
    f"verifyWorkers(input: {CLAIMS})",
    "workers(first: 7)",
    "organizations(first: 5)",
    "licenses(first: 5)",
    'workers(query: "иван", first: 5)',
    "workers(last: 4, where: {employments: {some: {current: true}}}, orderBy: [{by: ORGANIZATION}])",
    "organizations(first: 4, where: {licensed: true}, orderBy: [{by: STAFF, direction: DESC}])",
    "licenses(first: 4, where: {inForce: true})",
    "credentials(first: 4, where: {inForce: true}, orderBy: [{by: VALID_UNTIL}])",
    'nodes(ids: ["T3JnYW5pemF0aW9uOjEuMi42NDMuNS4xLjEzLjEzLjEyLjIuNzcuNzgwOQ", "bad"])',
    '_entities(representations: [{__typename: "Worker", id: "bad"}, {__typename: "License", number: 7}])',
)

ARGUMENTS = {
    "Organization.expiring": "(within: 200)",
    "Worker.expiring": "(within: 400)",
    "Worker.employments": "(currentOnly: true)",
    "Organization.employments": "(first: 3, current: null)",
    "Worker.eligibility": '(on: "2026-08-01")',
    "WorkerConnection.facets": "(by: [ORGANIZATION, SEX, CATEGORY], top: 3)",
    "OrganizationConnection.facets": "(by: [REGION, LICENSED])",
    "LicenseConnection.facets": "(by: [ACTIVITY], top: 2)",
    "CredentialConnection.facets": "(by: [YEAR, SPECIALTY])",
}

OF_THE_CLOCK = frozenset({"Freshness.asOf", "Freshness.lagSeconds"})
"""What is another moment's when it is asked again."""


class Maker:
    """Makes selections by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def operation(self) -> str:
        """A query of one to three roots."""
        chosen = self.random.sample(ROOTS, self.random.randint(1, 3))
        roots = " ".join(f"r{index}: {root} {self.below(root)}" for index, root in enumerate(chosen))
        used = "... @include(if: $yes) @skip(if: $no) { __typename }"
        return f"query ($yes: Boolean = true, $no: Boolean = false) {{ {used} {roots} }}"

    def below(self, root: str) -> str:
        """The selection under a root."""
        assert SCHEMA.query_type is not None
        field = SCHEMA.query_type.fields[root.partition("(")[0]]
        return self.selection(get_named_type(field.type), self.random.randint(2, 4))

    def selection(self, type_: Any, depth: int) -> str:
        """Some fields of a type, through fragments where it is abstract, sometimes where it is not."""
        if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
            possible = sorted(SCHEMA.get_possible_types(type_), key=lambda each: each.name)
            chosen = self.random.sample(possible, min(3, len(possible)))
            inner = " ".join(f"... on {each.name} {self.selection(each, depth)}" for each in chosen)
            return f"{{ __typename {inner} }}"
        assert isinstance(type_, GraphQLObjectType)
        names = self.random.sample(sorted(type_.fields), min(len(type_.fields), self.random.randint(1, 4)))
        parts = [part for name in names for part in self.field(type_, name, type_.fields[name], depth)]
        return f"{{ __typename {' '.join(parts)} }}"

    def field(self, owner: GraphQLObjectType, name: str, field: GraphQLField, depth: int) -> Iterator[str]:
        """A field, sometimes aliased, skipped, or in a fragment; none where it would go too deep."""
        at = f"{owner.name}.{name}"
        if at in OF_THE_CLOCK:
            return
        if at not in ARGUMENTS and any(is_required_argument(each) for each in field.args.values()):
            return
        inner = get_named_type(field.type)
        below = ""
        if is_composite_type(inner):
            if depth == 0:
                return
            below = " " + self.selection(inner, depth - 1)
        text = f"{name}{ARGUMENTS.get(at, '')}{self.random.choice(FLAGS)}{below}"
        # An alias of its own for each: two fields of one name may not differ in their arguments.
        alias = f"a{self.random.randrange(10**9)}: "
        yield self.random.choice((f"{alias}{text}", f"... {{ {alias}{text} }}"))


FLAGS = ("", "", "", " @include(if: $yes)", " @skip(if: $no)", " @include(if: $no)")


def told(answer: Any) -> Any:
    """An answer as it is compared: of its errors, what became null by them, and why.

    Of several errors that make one place null an executor may report any, and of those below it none.
    """
    body = orjson.loads(orjson.dumps(answer.body()))
    if "data" not in body:
        return body
    errors = body.get("errors", [])
    body["errors"] = sorted({(nulled(body["data"], error["path"]), why(error)) for error in errors})
    return body


def why(error: Any) -> str:
    """An error's code and registry."""
    return f"{error['extensions']['code']} {error['extensions'].get('registry', '')}"


def nulled(data: Any, path: list[str | int]) -> str:
    """The place that an error made null: its own, or one above."""
    passed = []
    for step in path:
        if data is None:
            break
        data = data[step]
        passed.append(str(step))
    assert data is None, "an error stands at a place that is not null"
    return ".".join(passed)


@pytest.mark.parametrize("away", [None, Registry.ORGANIZATIONS], ids=str)
async def test_both_executors_answer_the_same(asking: Asking, walking: Asking, away: Registry | None) -> None:
    random = Random(20260901)
    maker = Maker(random)
    answered = 0
    for _ in range(OPERATIONS):
        operation = maker.operation()
        principal, purpose = random.choice(CALLERS)
        if away is not None:
            asking.down.add(away)
            walking.down.add(away)
        try:
            compiled = told(await asking.ask(operation, principal=principal, purpose=purpose))
            walked = told(await walking.ask(operation, principal=principal, purpose=purpose))
        finally:
            asking.down.clear()
            walking.down.clear()
        assert compiled == walked, operation
        answered += "data" in compiled
    assert answered > OPERATIONS * 0.9, "most of these operations were refused, so little was compared"

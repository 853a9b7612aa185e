"""Random callers ask for findings, and hear what the law, written apart, gives them of the oracle's."""

import base64
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

import pytest

from auth.claims import principal_of
from auth.principal import Principal
from projections.findings.rules import RULES, FindingKind, Severity
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.findings.world import Line, World, reading
from tests.proof.law import VALUE, About, Caller, Person, Place, outcome

TRIALS: Final = 60
PAGES: Final = 3
SEED: Final = 20
PRIVATE: Final = {"duplicate_worker", "over_rate", "wrong_snils", "wrong_worker_inn"}
"""The rules that rest on what is not for everyone, as the documentation names them."""
LIVE: Final = {"organizationOid", "organization", "parent"}
"""What these fields say is read of the records themselves."""

ASKED: Final = """
query Asked($where: FindingWhere, $after: String) {
  findings(where: $where, first: 100, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      rule kind severity registry
      organization { oid } worker { registryNumber } since subject { id }
      evidence { registry field record value }
    }
    kinds: counts(by: KIND) { value count }
    severities: counts(by: SEVERITY) { value count }
    registries: counts(by: REGISTRY) { value count }
    regions: counts(by: REGION, top: 1000) { value count }
    organizations: counts(by: ORGANIZATION, top: 1000) { value count organization { oid } }
  }
}"""


@dataclass
class Told:
    """All that is found, and whom it is about, for the law to judge."""

    lines: Sequence[Line]
    people: Mapping[str, Person]
    by_id: Mapping[str, Person]
    branches: Mapping[str, frozenset[str]]
    """Of each organization that works, itself and its branches."""

    def about(self, line: Line) -> About:
        """Whom a finding is about, in the words of the law."""
        rule, _, number, oid, region, *_ = line
        if RULES[rule].owner.name == "PERSON":
            return None if number is None else self.people[number]
        return Place(str(oid), str(region))

    def reached(self, caller: Caller) -> Caller:
        """The caller with the branches of his organizations."""
        oids = {each for own in caller.organizations for each in self.branches.get(own, frozenset())}
        return replace(caller, organizations=tuple(sorted(oids)))


@pytest.fixture(scope="module")
async def told(broken: World) -> Told:
    people, by_id, line = {}, {}, broken.line
    for key, number, snils, region, employers in await line.fetch(
        "select w.id::text, w.registry_number, trim(w.snils), trim(w.region_code),"
        " array(select e.organization_oid from employment e where e.worker_id = w.id and lasts(e))"
        " from worker w"
    ):
        people[number] = by_id[key] = Person(snils, region, frozenset(employers))
    branches: dict[str, set[str]] = {}
    for oid, parent, status in await line.fetch("select oid, parent_oid, status from organization"):
        if status != "LIQUIDATED":
            branches.setdefault(oid, set()).add(oid)
            branches.setdefault(parent or oid, set()).add(oid)
    closed = {
        each["oid"] for each in await line.fetch("select oid from organization where status = 'LIQUIDATED'")
    }
    known = {oid: frozenset(those) for oid, those in branches.items() if oid not in closed}
    return Told(sorted(await broken.expected(), key=str), people, by_id, known)


@pytest.fixture(scope="module")
async def asking(broken: World) -> AsyncIterator[Asking]:
    async with (
        reading(broken.projection_url) as findings,
        asking_over(
            broken.urls, broken.servers.redis_url, broken.today, findings=findings, limit_cost=10**9
        ) as asked,
    ):
        yield asked


def callers(told: Told, random: Random) -> Caller:
    """A caller with one or two roles, whose reach has something wrong in it."""
    person = random.choice(
        [each for each in told.people.values() if each.employers] or [*told.people.values()]
    )
    roles = random.choice(ROLES)
    places = [oid for oid in sorted(person.employers) if oid in told.branches] or [
        random.choice(sorted(told.branches))
    ]
    return Caller(
        roles=roles,
        organizations=(random.choice(places),) if "employer" in roles else (),
        regions=None if random.random() < 0.2 else (person.region, "77"),
        snils=person.snils if "worker" in roles else None,
        purpose=random.choice((None, "inspection")),
    )


ROLES: Final = (
    ("worker",), ("employer",), ("employer",), ("regulator",), ("auditor",), ("admin",),
    ("admin", "employer"),
    ("admin", "regulator"), ("insurer",), ("analyst",), ("support",), (), ("employer", "worker"),
    ("insurer", "employer"),
)  # fmt: skip


def principal(caller: Caller) -> Principal:
    """The same as a token says it."""
    claims: dict[str, Any] = {"sub": "proof", "iat": 1_700_000_000, "exp": 4_102_444_800}
    claims |= {"roles": list(caller.roles), "organizations": list(caller.organizations)}
    claims |= {"regions": list(caller.regions)} if caller.regions and "regulator" in caller.roles else {}
    return principal_of(claims | ({"snils": caller.snils} if caller.snils else {}))


def wheres(told: Told, random: Random) -> dict[str, Any]:
    """A filter by some of what can be asked by."""
    line = random.choice(told.lines)
    rule = RULES[line[0]]
    chosen: dict[str, Any] = {
        "kinds": [rule.kind.value, random.choice(list(FindingKind)).value],
        "severities": [rule.severity.name, random.choice(list(Severity)).name],
        "registries": [rule.registry.value, random.choice(list(Registry)).value],
        "organizations": [line[3] or random.choice(sorted(told.branches))],
        "regions": [line[4] or "77"],
        "worker": worker_id(told, line, random),
    }
    names = random.sample(sorted(chosen), random.choice((0, 0, 1, 1, 2)))
    return {name: chosen[name] for name in names}


def worker_id(told: Told, line: Line, random: Random) -> str:
    """The global id of a worker, of whom something is found if it can be had."""
    person = told.people.get(line[2] or "")
    key = next((key for key, each in told.by_id.items() if each is person), None) or random.choice(
        sorted(told.by_id)
    )
    return base64.urlsafe_b64encode(f"Worker:{key}".encode()).decode().rstrip("=")


@dataclass
class Expected:
    """One finding as the caller should hear it."""

    shown: tuple[Any, ...]
    region: str | None


def heard(told: Told, caller: Caller, where: Mapping[str, Any]) -> Iterator[Expected]:
    """What the caller should hear."""
    for line in told.lines:
        rule, key, number, oid, region, since, evidence = line
        about, law = told.about(line), RULES[rule]
        if outcome(caller, "QUALITY", about, maskable=False) != VALUE:
            continue
        whole = outcome(caller, "RESTRICTED", about, maskable=False) == VALUE
        placed = whole or rule not in PRIVATE
        if not passes(told, line, where, whole=whole, placed=placed):
            continue
        said = tuple(sorted(_evidence(told, caller, each) for each in evidence)) if whole else None
        yield Expected(
            (
                rule, law.kind.value, law.severity.name, law.registry.value,
                oid if placed else None, number if whole else None,
                since.isoformat() if whole and since else None, key if whole else None, said,
            ),
            region,
        )  # fmt: skip


def _evidence(told: Told, caller: Caller, said: str) -> tuple[str, ...]:
    """What is said of one record, to who may hear of whom it is about."""
    registry, noun, key, field, *value = said.split(" ", 4)
    about = told.by_id.get(key) if noun == "Worker" else None
    if about is not None and outcome(caller, "RESTRICTED", about, maskable=False) != VALUE:
        return registry, field, "", ""
    return registry, field, f"{noun}:{key}", "*" if field in LIVE else "".join(value)


def passes(told: Told, line: Line, where: Mapping[str, Any], *, whole: bool, placed: bool) -> bool:
    """Whether a finding passes a filter, by what its caller may know."""
    rule, _, number, oid, region, *_ = line
    law = RULES[rule]
    person = told.people.get(number or "")
    if "organizations" in where:
        [asked] = where["organizations"]
        those = {asked, *BRANCHES.get(asked, ())}
        if law.owner.name == "PERSON":
            if person is None or person.employers.isdisjoint(those) or not placed:
                return False
        elif oid not in those:
            return False
    if "worker" in where:
        key = base64.urlsafe_b64decode(where["worker"] + "==").decode().partition(":")[2]
        if person is None or told.by_id[key] is not person or not whole:
            return False
    return (
        law.kind.value in where.get("kinds", (law.kind.value,))
        and law.severity.name in where.get("severities", (law.severity.name,))
        and law.registry.value in where.get("registries", (law.registry.value,))
        and region in where.get("regions", (region,))
    )


BRANCHES: dict[str, set[str]] = {}
"""Of every organization, closed ones too, those that name it as their head."""


def shown(node: Mapping[str, Any]) -> tuple[Any, ...]:
    """A finding as the answer shows it."""
    said = node["evidence"] and tuple(sorted(map(_said, node["evidence"])))
    key = (
        node["subject"] and base64.urlsafe_b64decode(node["subject"]["id"] + "==").decode().partition(":")[2]
    )
    place, worker = node["organization"], node["worker"]
    return (
        node["rule"], node["kind"], node["severity"], node["registry"], place and place["oid"],
        worker and worker["registryNumber"], node["since"] and str(node["since"]), key, said,
    )  # fmt: skip


def _said(each: Mapping[str, Any]) -> tuple[str, ...]:
    if each["record"] is None:
        return each["registry"], each["field"], "", ""
    record = base64.urlsafe_b64decode(each["record"] + "==").decode()
    return each["registry"], each["field"], record, "*" if each["field"] in LIVE else each["value"] or ""


@pytest.mark.parametrize("trial", range(TRIALS))
async def test_callers_hear_what_the_law_gives(asking: Asking, broken: World, told: Told, trial: int) -> None:
    random = Random(f"{SEED} {trial}")
    caller, where = callers(told, random), wheres(told, random)
    if not BRANCHES:
        for oid, parent in await broken.line.fetch(
            "select oid, parent_oid from organization where parent_oid is not null"
        ):
            BRANCHES.setdefault(parent, set()).add(oid)
    reached = told.reached(caller)
    answer = await asking.ask(ASKED, {"where": where}, principal(caller), caller.purpose)
    if "worker" in where and not set(caller.roles) & {"worker", "employer", "regulator", "auditor"}:
        assert [each["extensions"]["code"] for each in answer.errors] == ["FORBIDDEN"]
        return
    assert not answer.errors
    found = answer.data["findings"]
    if not set(caller.roles) & {"worker", "employer", "regulator", "auditor", "admin"}:
        assert found is None
        return
    expected = list(heard(told, reached, where))
    many = Counter(map(shown, found["nodes"])) - Counter(each.shown for each in expected)
    assert found["totalCount"] == len(expected), (caller, where, list(many)[:3])
    check_counts(found, expected)
    rest, nodes, pages = Counter(each.shown for each in expected), [*map(shown, found["nodes"])], 1
    while found["pageInfo"]["hasNextPage"] and pages < PAGES:
        variables = {"where": where, "after": found["pageInfo"]["endCursor"]}
        found = (await asking.ask(ASKED, variables, principal(caller), caller.purpose)).data["findings"]
        nodes += map(shown, found["nodes"])
        pages += 1
    many = Counter(nodes) - rest
    assert not many, (sorted(many, key=str)[:2], sorted(rest - Counter(nodes), key=str)[:2])
    assert len(nodes) == min(len(expected), 100 * pages)
    assert [Severity[node[2]] for node in nodes] == sorted(Severity[node[2]] for node in nodes)


def check_counts(found: Mapping[str, Any], expected: Sequence[Expected]) -> None:
    """Each count is over all that the caller hears of."""
    for name, value in {
        "kinds": lambda each: each.shown[1],
        "severities": lambda each: each.shown[2],
        "registries": lambda each: each.shown[3],
        "organizations": lambda each: each.shown[4],
        "regions": lambda each: each.region,
    }.items():
        assert {each["value"]: each["count"] for each in found[name]} == Counter(map(value, expected)), name
    assert all((each["organization"] or {}).get("oid") == each["value"] for each in found["organizations"])

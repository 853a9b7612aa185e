"""The gate: every way of writing an operation meets the same decisions."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from auth.gate import Gate
from auth.principal import PUBLIC, AccessMode, Grant, Principal, Purpose, Role
from auth.refusals import AccessDenied, Refusal
from auth.rights import Decision, Reason
from auth.rules import PersonSubject
from auth.walk import Walk
from tests.auth.gate_schema import (
    ADMIN,
    ARGUMENTS,
    CLASSES,
    EMPLOYER,
    INSURER,
    KINDS,
    LOCAL,
    REGULATOR,
    ROW,
    SCHEMA,
    STRONG,
    M,
    V,
    W,
    decided,
    parsed,
)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(SCHEMA, CLASSES, ARGUMENTS, KINDS)


WAYS = {
    "plain": "{ workers { snils } }",
    "alias": "{ name: workers { name: snils } }",
    "beside": "{ workers { name } b: workers { snils } }",
    "skipped": "{ workers { snils @skip(if: true) } }",
    "not included": "query($x: Boolean = false) { workers @include(if: $x) { name snils } }",
    "fragment": "{ workers { ...F } } fragment F on Worker { name snils }",
    "nested fragments": "{ ...Q } fragment Q on Query { workers { ...F } } fragment F on Worker { snils }",
    "skipped fragment": "{ workers { ...F @skip(if: true) } } fragment F on Worker { snils }",
    "inline": "{ workers { ... on Person { snils } } }",
    "inline on an interface twice": "{ node(id: 1) { ... on Node { ... on Person { snils } } } }",
    "through an interface": '{ person(name: "x") { snils } }',
    "through a node": "{ node(id: 1) { ... on Worker { snils } } }",
    "fragment on an interface": "{ holder { ...P } } fragment P on Person { snils }",
    "through a union": "{ holder { ... on Worker { snils } } }",
    "through a union's other member": "{ holder { ... on Organization { employees { worker { snils } } } } }",
    "below itself": "{ workers { employments { worker { employments { worker { snils } } } } } }",
    "with defer's shape": "{ workers { ... @include(if: true) { s: snils } } }",
    "subscription": "subscription { changed { snils } }",
    "second operation ignored": "query A { workers { snils } } query B { workers { name } }",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_field_is_the_same_way(gate: Gate, way: str) -> None:
    decisions = decided(gate, WAYS[way])
    assert ("Worker", "snils") in decisions.fields
    assert decisions.of("Worker", "snils") is W
    assert decisions.reason("Worker", "snils") is Reason.ROLE
    with pytest.raises(AccessDenied) as refused:
        decided(gate, WAYS[way], mode=AccessMode.REJECT)
    assert Refusal("Worker.snils", W, Reason.ROLE) in refused.value.refusals


def test_only_types_that_a_condition_admits_are_touched(gate: Gate) -> None:
    assert decided(gate, "{ holder { ... on Node { id ... on Worker { id } } } }").fields == {
        ("Query", "holder"),
        ("Worker", "id"),
        ("Organization", "id"),
    }
    assert ("Student", "snils") in decided(gate, '{ person(name: "x") { snils } }').fields
    assert ("Student", "snils") not in decided(gate, "{ holder { ... on Person { snils } } }").fields
    assert ("Worker", "snils") not in decided(
        gate, "{ holder { ... on Organization { ...F } } } fragment F on Node { ... on Worker { snils } }"
    ).fields


def test_an_interface_field_is_decided_for_each_concrete_type(gate: Gate) -> None:
    decisions = decided(gate, '{ person(name: "x") { snils } }', ADMIN)
    assert (decisions.of("Worker", "snils"), decisions.of("Student", "snils")) == (M, W)


def test_introspection_is_not_the_gates(gate: Gate) -> None:
    decisions = decided(gate, '{ __typename __schema { types { name } } __type(name: "Worker") { name } }')
    assert decisions.fields == frozenset()
    assert decisions.refused == ()


@pytest.mark.parametrize(
    ("principal", "purpose", "snils", "birth_date", "rate", "passport"),
    [
        (PUBLIC, Purpose.INSPECTION, W, W, W, W),
        (ADMIN, Purpose.INSPECTION, M, W, W, W),
        (INSURER, Purpose.INSPECTION, M, W, V, W),
        (REGULATOR, None, M, W, V, W),
        (REGULATOR, Purpose.INSPECTION, V, V, V, W),
        (STRONG, Purpose.INSPECTION, V, V, V, V),
        (LOCAL, None, ROW, W, ROW, W),
        (LOCAL, Purpose.INSPECTION, ROW, ROW, ROW, W),
        (EMPLOYER, None, ROW, ROW, ROW, W),
    ],
)
def test_decisions_before_rows(
    gate: Gate,
    principal: Principal,
    purpose: Purpose | None,
    snils: Decision,
    birth_date: Decision,
    rate: Decision,
    passport: Decision,
) -> None:
    decisions = decided(
        gate, "{ workers { snils birthDate passport employments { rate } } }", principal, purpose
    )
    found = [decisions.of("Worker", name) for name in ("snils", "birthDate", "passport")]
    assert [*found, decisions.of("Employment", "rate")] == [snils, birth_date, passport, rate]
    assert decisions.rows == (ROW in (snils, birth_date, rate, passport))
    refused = {refusal.coordinate: refusal.decision for refusal in decisions.refused}
    of_nobody_more_than_a_mask = snils is ROW and principal is LOCAL and purpose is None
    assert refused.get("Worker.snils") == (
        M if of_nobody_more_than_a_mask else snils if snils in (W, M) else None
    )


def test_what_is_not_asked_for_needs_no_rows_and_is_not_refused(gate: Gate) -> None:
    decisions = decided(gate, "{ workers { name } }", EMPLOYER)
    assert not decisions.rows
    assert decisions.refused == ()
    assert decided(gate, "{ workers { name } }", PUBLIC, mode=AccessMode.REJECT).refused == ()


def test_nobody_sees_what_the_schema_has_not(gate: Gate) -> None:
    decisions = decided(gate, "{ workers { name } }", REGULATOR, Purpose.INSPECTION)
    assert decisions.of("Worker", "disability") is W
    assert decisions.reason("Worker", "disability") is Reason.ROLE


def test_reject_names_every_coordinate_with_its_reason(gate: Gate) -> None:
    with pytest.raises(AccessDenied) as refused:
        decided(gate, "{ workers { name snils passport } }", REGULATOR, mode=AccessMode.REJECT)
    assert refused.value.refusals == (
        Refusal("Worker.passport", W, Reason.PURPOSE),
        Refusal("Worker.snils", M, Reason.PURPOSE),
    )
    assert "Worker.passport (PURPOSE), Worker.snils (PURPOSE)" in str(refused.value)


def test_reject_lets_pass_what_rows_will_decide(gate: Gate) -> None:
    assert decided(gate, "{ workers { snils } }", EMPLOYER, mode=AccessMode.REJECT).rows


def test_a_type_without_a_mask_wants_another_role_not_another_extent(gate: Gate) -> None:
    decisions = decided(gate, "{ workers { snils birthDate } }", INSURER)
    assert decisions.reason("Worker", "birthDate") is Reason.ROLE
    assert decisions.reason("Worker", "snils") is Reason.ROLE


def test_rows_are_decided_with_masks_in_mind(gate: Gate) -> None:
    both = Principal("both", EMPLOYER.grants | INSURER.grants)
    mine, other = (PersonSubject("1", "77", frozenset({oid})) for oid in ("1.2", "1.3"))
    assert gate.row("Worker", "snils", both, None, mine) == (V, None)
    assert gate.row("Worker", "snils", both, None, other) == (M, Reason.EXTENT)
    assert gate.row("Worker", "birthDate", both, None, other) == (W, Reason.EXTENT)
    assert gate.masked("Worker", "snils", "11223344595") == "***-***-*** 95"
    assert gate.masked("Worker", "snils", "damaged") is None
    assert gate.masked("Worker", "birthDate", "1980-01-01") is None


def test_decisions_are_made_once_for_a_document_and_a_set_of_rights(gate: Gate) -> None:
    document, operation = parsed("{ workers { snils } }")
    other = Principal("other", frozenset({Grant(Role.EMPLOYER, frozenset({"1.3"}))}))
    first = gate.decisions(document, operation, EMPLOYER, None)
    assert gate.decisions(document, operation, other, None) is first
    assert gate.decisions(document, operation, INSURER, None) is not first
    assert gate.decisions(document, operation, REGULATOR, None).of("Worker", "snils") is M
    assert gate.decisions(document, operation, REGULATOR, Purpose.INSPECTION).of("Worker", "snils") is V


def test_two_operations_of_a_document_are_two(gate: Gate) -> None:
    document, first = parsed("query A { workers { snils } } query B { workers { name } }")
    second = document.definitions[1]
    assert isinstance(second, OperationDefinitionNode)
    assert gate.decisions(document, first, PUBLIC, None).refused
    assert not gate.decisions(document, second, PUBLIC, None).refused


def test_memory_is_bounded_and_forgetting_changes_nothing() -> None:
    small = Gate(SCHEMA, CLASSES, ARGUMENTS, KINDS, remembered=2)
    for _ in range(2):
        for text in WAYS.values():
            assert decided(small, text).of("Worker", "snils") is W
    assert len(small._decided) == len(small._touched) == 2


class CountedWalk(Walk):
    """A walk that gives up when it looks at one selection again and again."""

    visits = 0

    def _inside(self, *where: Any) -> Any:
        self.visits += 1
        assert self.visits < 1_000
        return super()._inside(*where)


def test_deep_and_wide_fragments_take_one_visit_each() -> None:
    rounds = 300
    spreads = " ".join(f"fragment F{n} on Node {{ id ...F{n + 1} ...F{n + 1} }}" for n in range(rounds))
    last = f"fragment F{rounds} on Node {{ ... on Worker {{ snils }} }}"
    document = parse("{ holder { ...F0 } } " + spreads + last)
    (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    touched = CountedWalk(SCHEMA, document, ()).touched(operation)
    assert ("Worker", "snils") in touched.fields

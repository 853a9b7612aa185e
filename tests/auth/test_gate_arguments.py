"""The gate: nobody asks by what he may know of nobody, however the operation carries it."""

from typing import Any

import pytest

from auth.gate import Gate
from auth.principal import PUBLIC, Purpose
from auth.refusals import Refused
from auth.rights import Reason
from tests.auth.gate_schema import (
    ADMIN,
    ARGUMENTS,
    CLASSES,
    EMPLOYER,
    KINDS,
    LOCAL,
    REGULATOR,
    SCHEMA,
    decided,
    parsed,
)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(SCHEMA, CLASSES, ARGUMENTS, KINDS)


EMPLOYEES = "{ holder { ... on Organization { employees(having: $h) { rate } } } }"

AskedFor = tuple[str, dict[str, Any] | None, str]

ASKING: dict[str, AskedFor] = {
    "literal": ('{ worker(snils: "1") { name } }', {}, "Query.worker(snils:)"),
    "literal null": ("{ worker(snils: null) { name } }", {}, "Query.worker(snils:)"),
    "variable": ("query($s: Snils) { worker(snils: $s) { name } }", {"s": "1"}, "Query.worker(snils:)"),
    "variable null": ("query($s: Snils) { worker(snils: $s) { name } }", {"s": None}, "Query.worker(snils:)"),
    "default": ('query($s: Snils = "1") { worker(snils: $s) { name } }', {}, "Query.worker(snils:)"),
    "unknown variables": ("query($s: Snils) { worker(snils: $s) { name } }", None, "Query.worker(snils:)"),
    "alias in a fragment": (
        '{ ...Q } fragment Q on Query { worker(number: "5") { name } b: worker(snils: "1") { name } }',
        {},
        "Query.worker(snils:)",
    ),
    "skipped": ('{ worker(snils: "1") @skip(if: true) { name } }', {}, "Query.worker(snils:)"),
    "input field": (
        '{ holder { ... on Organization { employees(having: {snils: "1"}) { worker { name } } } } }',
        {},
        "Having.snils",
    ),
    "input field by a variable": (
        "query($s: Snils) { holder { ... on Organization { employees(having: {snils: $s}) { rate } } } }",
        {"s": "1"},
        "Having.snils",
    ),
    "input object by a variable": (
        f"query($h: Having) {EMPLOYEES}",
        {"h": {"all": [{"name": "x"}, {"all": [{"born": {"before": None}}]}]}},
        "Dates.before",
    ),
    "one for a list": (
        f"query($h: Having) {EMPLOYEES}",
        {"h": {"all": {"snils": "1"}}},
        "Having.snils",
    ),
    "enum value": (
        "{ holder { ... on Organization { employees(having: {by: BIRTH_DATE}) { rate } } } }",
        {},
        "Order.BIRTH_DATE",
    ),
    "enum value by default": (
        f"query($h: Having = {{by: BIRTH_DATE}}) {EMPLOYEES}",
        {},
        "Order.BIRTH_DATE",
    ),
    "enum value by a variable": (
        "query($o: Order = NAME) { holder { ... on Organization { employees(having: {by: $o}) { rate } } } }",
        {"o": "BIRTH_DATE"},
        "Order.BIRTH_DATE",
    ),
}


@pytest.mark.parametrize("way", ASKING)
def test_asking_by_what_one_may_not_know(gate: Gate, way: str) -> None:
    text, variables, coordinate = ASKING[way]
    for principal, reason in [(PUBLIC, Reason.ROLE), (ADMIN, Reason.ROLE), (LOCAL, Reason.PURPOSE)]:
        with pytest.raises(Refused) as refused:
            decided(gate, text, principal, variables=variables)
        assert (refused.value.coordinate, refused.value.reason) == (coordinate, reason)
    for principal in (EMPLOYER, REGULATOR, LOCAL):
        assert decided(gate, text, principal, Purpose.COMPLAINT, variables=variables).fields


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ('{ worker(number: "5") { name } }', None),
        ('query($s: Snils) { worker(number: "5", snils: $s) { name } }', {}),
        ("query($s: Snils) { worker(snils: $s) { name } }", {"other": 1}),
        (
            "query($h: Having) { holder { ... on Organization { employees(having: $h) { __typename } } } }",
            {},
        ),
        (
            "query($h: Having) { holder { ... on Organization { employees(having: $h) { __typename } } } }",
            {"h": {"name": "x", "by": "NAME", "born": {"after": "1980-01-01"}, "all": []}},
        ),
        (
            "query($s: Snils) { holder { ... on Organization { employees(having: {snils: $s}) { rate } } } }",
            {},
        ),
        ("{ holder { ... on Organization { employees(having: {by: NAME}) { rate } } } }", {}),
    ],
)
def test_asking_by_what_anyone_may_know(gate: Gate, text: str, variables: dict[str, Any] | None) -> None:
    assert decided(gate, text, variables=variables).fields


@pytest.mark.parametrize(
    ("text", "variables", "found"),
    [
        ('{ worker(number: "5") { name } }', {}, 0),
        ('{ worker(snils: "1") { name } }', {}, 1),
        (
            '{ a: worker(snils: "1") { name } ...F } fragment F on Query { worker(snils: "2") { name } }',
            {},
            2,
        ),
        ("query($s: Snils) { worker(snils: $s) { name } b: worker(snils: $s) { name } }", {"s": "1"}, 2),
        ("query($s: Snils) { worker(snils: $s) { name } }", {}, 0),
        (f"query($h: Having) {EMPLOYEES}", {"h": {"all": [{"snils": "1"}, {"snils": "2"}]}}, 2),
    ],
)
def test_look_ups_are_counted_where_they_may_be_made(
    gate: Gate, text: str, variables: dict[str, Any], found: int
) -> None:
    document, operation = parsed(text)
    for principal, purpose, expected in [
        (EMPLOYER, None, found),
        (REGULATOR, Purpose.INSPECTION, found),
        (REGULATOR, None, 0),
        (ADMIN, None, 0),
        (PUBLIC, None, 0),
    ]:
        assert gate.lookups(document, operation, principal, purpose, variables) == expected


def test_unknown_variables_count_as_all_that_they_could_be(gate: Gate) -> None:
    text = f"query($h: Having) {EMPLOYEES}"
    with pytest.raises(Refused):
        decided(gate, text, variables=None)


def test_same_variables_are_looked_at_every_time(gate: Gate) -> None:
    document, operation = parsed("query($s: Snils) { worker(snils: $s) { name } }")
    assert gate.decisions(document, operation, PUBLIC, None, variables={}).fields
    with pytest.raises(Refused):
        gate.decisions(document, operation, PUBLIC, None, variables={"s": "1"})

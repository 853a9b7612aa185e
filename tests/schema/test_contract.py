"""The schema against the registries' tables: every value may be shown, every column is or says why not."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, get_named_type

import demo.tables
from gateway.columns import TABLES
from resolvers.link import OWN
from sources.dictionary import Dictionaries
from tests.schema.built import BUILT, object_fields

FOLDER = Path(demo.tables.__file__).parent

NOUNS = {
    "worker": "Worker",
    "employment": "Employment",
    "restriction": "Restriction",
    "absence": "Absence",
    "organization": "Organization",
    "department": "Department",
    "staffing_unit": "StaffingUnit",
    "license": "License",
    "license_activity": "LicenseActivity",
    "license_event": "LicenseEvent",
    "education": "Education",
    "credential": "Credential",
    "category": "QualificationCategory",
    "training": "Training",
}

NOT_SHOWN: Mapping[str, Mapping[str, str]] = {
    "*": {"revision": "the change feed's cursor; `registryChanged` tells it"},
    "Restriction": {
        "id": "a measure against a person has no global id",
        "worker_id": "it is reached from the worker only",
        "updated_at": "when a measure was written down is nobody's but the registry's",
    },
    "Absence": {
        "id": "a leave has no global id",
        "employment_id": "it is reached from the employment only",
        "updated_at": "the employment's own says that something changed",
    },
    "LicenseActivity": {"updated_at": "the licence's own says that something changed"},
    "LicenseEvent": {"updated_at": "the licence's own says that something changed"},
}
"""Columns that no field reads, and why."""

BY_DICTIONARY = {("QualificationCategory", "category"): "qualification_categories"}
"""Columns whose values are a dictionary's codes."""


def tables() -> Mapping[str, str]:
    """The definition of each table of the contract."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.sql")))
    return dict(re.findall(r"create table (\w+) \((.*?)\n\);", text, re.DOTALL))


def columns(table: str) -> list[str]:
    """The columns of a table, in order."""
    return re.findall(r"^    (\w+) ", tables()[table], re.MULTILINE)


def _id(each: str | frozenset[str]) -> str:
    """The same in every process, or they could not share the tests among them."""
    return each if isinstance(each, str) else min(each)


def checks() -> list[tuple[str, str, frozenset[str]]]:
    """Each column that may hold certain values only: its noun, its name, the values."""
    found = re.compile(r"^    (\w+) .*check \(\w+ in \(([^)]*)\)\)", re.MULTILINE)
    return [
        (NOUNS[table], column, frozenset(re.findall(r"'(\w+)'", values)))
        for table, body in tables().items()
        for column, values in found.findall(body)
    ]


def test_the_tables_are_read_as_the_contract_has_them() -> None:
    assert set(tables()) == set(NOUNS)
    assert {NOUNS[table]: tuple(columns(table)) for table in tables()} == dict(TABLES)
    assert len(checks()) == 15


@pytest.mark.parametrize(("noun", "column", "values"), checks(), ids=_id)
def test_every_value_that_a_registry_may_hold_can_be_shown(
    noun: str, column: str, values: frozenset[str]
) -> None:
    if (noun, column) in BY_DICTIONARY:
        entries = Dictionaries.load().entries(BY_DICTIONARY[noun, column])
        assert {entry.code for entry in entries} == values
        return
    [shown] = [
        get_named_type(field.type)
        for name, field_name, field in object_fields()
        if (name, BUILT.python_names[name, field_name]) == (noun, column)
    ]

    assert isinstance(shown, GraphQLEnumType)
    assert set(shown.values) == values


@pytest.mark.parametrize("noun", TABLES)
def test_every_column_is_shown_or_says_why_not(noun: str) -> None:
    read: set[str] = set()
    for (owner, field), declared in BUILT.declarations.items():
        if owner == noun:
            own = (
                (BUILT.python_names[owner, field],) if declared.needs is None else declared.needs.get(OWN, ())
            )
            read |= set(own)

    unread = set(TABLES[noun]) - read
    assert unread == {*NOT_SHOWN["*"], *NOT_SHOWN.get(noun, {})}


@pytest.mark.parametrize("noun", TABLES)
def test_what_may_be_null_in_a_registry_may_be_null_in_the_schema(noun: str) -> None:
    """Otherwise one row without the value would spoil the record, or all of its list."""
    [table] = [table for table, named in NOUNS.items() if named == noun]
    may_be_null = {
        column
        for column, rest in re.findall(r"^    (\w+) +(.*?)(?:--.*)?$", tables()[table], re.MULTILINE)
        if "not null" not in rest and "primary key" not in rest
    }
    wrong = [
        field_name
        for name, field_name, field in object_fields()
        if name == noun
        and BUILT.python_names[name, field_name] in may_be_null
        and str(field.type).endswith("!")
    ]

    assert wrong == []

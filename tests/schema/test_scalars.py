"""Scalars: what people type is accepted, each fault is named, and a SNILS is never said again."""

import json
from typing import Any

import pytest
from graphql import GraphQLScalarType

from tests.asking import Asking
from tests.schema.built import BUILT

DASH, NARROW, NON_BREAKING = "\u2013", "\u202f", "\u00a0"


def scalar(name: str) -> GraphQLScalarType:
    found = BUILT.graphql.type_map[name]
    assert isinstance(found, GraphQLScalarType)
    return found


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("Snils", "112-233-445 95", "11223344595"),
        ("Snils", f"112{DASH}233{DASH}445{NON_BREAKING}95", "11223344595"),
        ("Snils", f" 11223344595{NARROW}", "11223344595"),
        ("Inn", "7707 083 893", "7707083893"),
        ("Inn", "500100732259", "500100732259"),
        ("Ogrn", "1 027 700 132 195", "1027700132195"),
        ("Oid", " 1.2.643.5.1.13.13.12.2.77.7809 ", "1.2.643.5.1.13.13.12.2.77.7809"),
        ("LicenseNumber", "L041-01137-77/00123456", "Л041-01137-77/00123456"),
        ("LicenseNumber", "лo-77-01-012345", "ЛО-77-01-012345"),
        ("RegistryNumber", " 77 1234567 ", "771234567"),
        ("Days", 0, 0),
        ("Days", 3660, 3660),
    ],
)
def test_what_people_type_is_read_as_it_is_meant(name: str, typed: object, meant: object) -> None:
    assert scalar(name).parse_value(typed) == meant


FAULTS: list[tuple[str, Any, str]] = [
    ("Snils", "112-233-445 96", "SNILS: check digits should be 95"),
    ("Snils", "1122334459", "SNILS: 11 digits expected, got 10"),
    ("Snils", "112233445 9O", "SNILS: only digits, spaces and hyphens are allowed"),
    ("Snils", "", "SNILS: 11 digits expected, got 0"),
    ("Snils", 11223344596, "Snils: a string is expected"),
    ("Inn", 7707083893, "Inn: a string is expected"),
    ("Oid", ["1.2.3"], "Oid: a string is expected"),
    ("Inn", "7707083894", "INN: check digit should be 3"),
    ("Inn", "500100732258", "INN: check digits should be 59"),
    ("Inn", "770708389", "INN: 10 or 12 digits expected, got 9"),
    ("Ogrn", "1027700132196", "OGRN: check digit should be 5"),
    ("Ogrn", "10277001321955", "OGRN: 13 or 15 digits expected, got 14"),
    ("Oid", "1..2", "OID: numbers joined by dots expected"),
    ("Oid", "1." * 40 + "1", "OID: at most 64 characters are allowed, got 81"),
    ("LicenseNumber", "77-01-012345", "licence number: it begins with Л041, ЛО or ФС"),
    ("LicenseNumber", "ЛО-77-01-1", "licence number: 10 digits expected after ЛО, got 5"),
    ("RegistryNumber", "1" * 15, "registry number: 1 to 14 characters expected, got 15"),
    ("RegistryNumber", "77/1", "registry number: only letters, digits and hyphens are allowed"),
]

PLACES = {
    "Snils": "worker(snils: {}) {{ id }}",
    "RegistryNumber": "worker(registryNumber: {}) {{ id }}",
    "Inn": 'organization(ogrn: "1027700132195", inn: {}) {{ id }}',
    "Ogrn": 'organization(inn: "7707083893", ogrn: {}) {{ id }}',
    "Oid": "organization(oid: {}) {{ id }}",
    "LicenseNumber": "license(number: {}) {{ id }}",
}


@pytest.mark.parametrize(("name", "typed", "fault"), FAULTS)
async def test_a_fault_in_a_variable_is_named_and_the_value_is_not_repeated(
    asking: Asking, name: str, typed: Any, fault: str
) -> None:
    answer = await asking.ask(f"query($key: {name}!) {{ {PLACES[name].format('$key')} }}", {"key": typed})

    [error] = answer.errors
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert fault in error["message"]
    assert not str(typed) or str(typed) not in str(error)
    assert asking.calls == {}


@pytest.mark.parametrize(("name", "typed", "fault"), FAULTS)
async def test_a_fault_in_the_query_is_named_and_the_value_is_not_repeated(
    asking: Asking, name: str, typed: Any, fault: str
) -> None:
    literal = json.dumps(typed, ensure_ascii=False)
    answer = await asking.ask(f"{{ {PLACES[name].format(literal)} }}")

    [error] = answer.errors
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert fault in error["message"]
    assert not str(typed) or str(typed) not in str(error)
    assert asking.calls == {}


@pytest.mark.parametrize("days", [-1, 3661, 1.5, "7", True, 10**30])
async def test_days_are_a_whole_number_within_ten_years(asking: Asking, days: object) -> None:
    query = 'query($days: Days!) { worker(registryNumber: "1") { expiring(within: $days) { id } } }'

    [error] = (await asking.ask(query, {"days": days})).errors

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "a whole number of days from 0 to 3660 is expected" in error["message"]

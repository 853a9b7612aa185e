"""Scalars that check at the door: they accept what people type and name the exact fault."""

from collections.abc import Callable, Mapping
from typing import Any

import strawberry
from strawberry.types.scalar import ScalarDefinition

from resolvers.window import Days
from sources.keys import (
    Inn,
    InvalidKey,
    LicenseNumber,
    Ogrn,
    Oid,
    RegistryNumber,
    Snils,
    inn,
    license_number,
    ogrn,
    oid,
    registry_number,
    snils,
)

MOST_DAYS = 3660


def checked(name: str, parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A key's parser as a scalar's; its InvalidKey becomes the error that the caller reads."""

    def parsed(value: Any) -> Any:
        if not isinstance(value, str):
            raise InvalidKey(name, "a string is expected")
        return parse(value)

    return parsed


def days(value: Any) -> Days:
    """A whole number of days from 0 to ten years."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
        raise ValueError(f"a whole number of days from 0 to {MOST_DAYS} is expected")
    return Days(value)


def _key(name: str, parse: Callable[[str], Any], description: str) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, parse_value=checked(name, parse))


SCALARS: Mapping[object, ScalarDefinition] = {
    Snils: _key("Snils", snils, "СНИЛС: 11 digits, the last two a check. Spaces and hyphens are accepted."),
    Inn: _key("Inn", inn, "ИНН: 10 digits of an organization or 12 of a person, with check digits."),
    Ogrn: _key("Ogrn", ogrn, "ОГРН: 13 digits, or 15 of a sole proprietor (ОГРНИП), the last one a check."),
    Oid: _key("Oid", oid, "OID of an organization, e.g. `1.2.643.5.1.13.13.12.2.77.7809`."),
    LicenseNumber: _key(
        "LicenseNumber",
        license_number,
        "Number of a licence: `Л041-01137-77/00123456`, or the form before 2022, `ЛО-77-01-012345`.",
    ),
    RegistryNumber: _key(
        "RegistryNumber",
        registry_number,
        "Number of a worker's record in the worker registry (номер записи).",
    ),
    Days: strawberry.scalar(
        name="Days",
        description=f"A number of days, from 0 to {MOST_DAYS}.",
        serialize=int,
        parse_value=days,
    ),
}

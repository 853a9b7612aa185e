"""What is claimed of a worker: by which key he is named, and who he is said to be. Asks nobody."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from sources.keys import InvalidKey, license_number, registry_number, snils
from sources.names import folded

LONGEST: Final = 200
"""Characters of a name, or of a credential's number."""


class ClaimKey(StrEnum):
    """By which key a worker is named."""

    REGISTRY_NUMBER = "REGISTRY_NUMBER"
    SNILS = "SNILS"
    CREDENTIAL_NUMBER = "CREDENTIAL_NUMBER"
    LICENSE_NUMBER = "LICENSE_NUMBER"


class IdentityFact(StrEnum):
    """What of a person's identity can be claimed."""

    LAST_NAME = "LAST_NAME"
    FIRST_NAME = "FIRST_NAME"
    MIDDLE_NAME = "MIDDLE_NAME"
    BIRTH_DATE = "BIRTH_DATE"


NAMES: Final[Mapping[IdentityFact, str]] = {
    IdentityFact.LAST_NAME: "last_name",
    IdentityFact.FIRST_NAME: "first_name",
    IdentityFact.MIDDLE_NAME: "middle_name",
}
"""The worker's column that holds each name."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as it was understood. Where it was not, `fault` says why, and nothing is asked for it."""

    key: ClaimKey | None = None
    value: str = field(default="", repr=False)
    names: Mapping[IdentityFact, str] = field(default_factory=dict, repr=False)
    """The names that are claimed, folded."""
    birth_date: dt.date | None = field(default=None, repr=False)
    fault: str | None = None


def claim(keys: Mapping[ClaimKey, str | None], identity: Mapping[IdentityFact, str | None]) -> Claim:
    """The claim that these texts make; null is as if it were not given."""
    given = [(key, text) for key, text in keys.items() if text is not None]
    if len(given) != 1:
        options = "`registryNumber`, `snils`, `credentialNumber`, `licenseNumber`"
        return Claim(fault=f"exactly one of {options} is expected, {len(given)} are given")
    [(key, text)] = given
    told = {fact: text for fact, text in identity.items() if text is not None}
    birth = told.pop(IdentityFact.BIRTH_DATE, None)
    try:
        value = PARSERS[key](text)
        names = {fact: folded(_text(NAMES[fact].replace("_", " "), name)) for fact, name in told.items()}
        return Claim(key, value, names, None if birth is None else _day(birth))
    except InvalidKey as error:
        return Claim(key, fault=str(error))


def _text(kind: str, text: str) -> str:
    """A text that says something, and that a database can be asked for."""
    typed = text.strip()
    if not 1 <= len(typed) <= LONGEST:
        raise InvalidKey(kind, f"1 to {LONGEST} characters expected, got {len(typed)}")
    if not typed.replace("\xa0", " ").isprintable():
        raise InvalidKey(kind, "only printable characters are allowed")
    return typed


def _credential_number(text: str) -> str:
    return _text("credential number", text)


def _day(text: str) -> dt.date:
    try:
        if len(text) == len("1980-01-31"):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass  # said below, without the text
    raise InvalidKey("birth date", "a day is expected as YYYY-MM-DD")


PARSERS: Final[Mapping[ClaimKey, Callable[[str], str]]] = {
    ClaimKey.REGISTRY_NUMBER: registry_number,
    ClaimKey.SNILS: snils,
    ClaimKey.CREDENTIAL_NUMBER: _credential_number,
    ClaimKey.LICENSE_NUMBER: license_number,
}
"""What reads each key as people type it, and names the fault."""

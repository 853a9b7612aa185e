"""Who sees what, once more: the table of DESIGN.md 5 as data, and whom each role reaches. Imports nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

VALUE, MASK, NOTHING = "value", "mask", "nothing"
_MOST: Final = (NOTHING, MASK, VALUE)

_TABLE: Final = """
          | reaches | INTERNAL | RESTRICTED | PERSONAL                | IDENTITY                     | QUALITY
worker    | self    | value    | value      | value                   | value if step-up             | value
employer  | staff   | value    | value      | value                   | nothing                      | value
regulator | regions | value    | value      | value if purpose / mask | value if purpose and step-up | value
insurer   | all     | value    | nothing    | mask                    | nothing                      | nothing
auditor   | all     | value    | value      | mask                    | nothing                      | value
analyst   | all     | nothing  | nothing    | nothing                 | nothing                      | nothing
admin     | all     | nothing  | nothing    | mask                    | nothing                      | value
support   | all     | nothing  | nothing    | mask                    | nothing                      | nothing
"""
"""What a role gives of each class inside its reach; `/` parts what is tried in order."""

Terms = tuple[tuple[str, frozenset[str]], ...]
"""What is given, and what it takes; the first whose conditions are met counts."""


def _terms(cell: str) -> Terms:
    parts = (each.strip().partition(" if ") for each in cell.split("/"))
    return tuple((given, frozenset(needs.split(" and ")) - {""}) for given, _, needs in parts)


_HEAD, *_LINES = ([cell.strip() for cell in line.split("|")] for line in _TABLE.strip("\n").splitlines())
REACHES: Final[Mapping[str, str]] = {line[0]: line[1] for line in _LINES}
TERMS: Final[Mapping[tuple[str, str], Terms]] = {
    (line[0], field_class): _terms(cell)
    for line in _LINES
    for field_class, cell in zip(_HEAD[2:], line[2:], strict=True)
}

STRONG: Final = frozenset({"mfa", "hwk", "sc"})
"""Ways to sign in that count as strong: several factors, a key in hardware, a smart card."""

STRONG_CLASSES: Final = frozenset({"phr", "phrh"})
"""Classes of sign-in that count as strong."""


@dataclass(frozen=True)
class Caller:
    """Who asks, as his token and his headers say. Without roles and subject: nobody's token."""

    roles: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    regions: tuple[str, ...] | None = None
    snils: str | None = None
    amr: tuple[str, ...] = ()
    acr: str | None = None
    purpose: str | None = None
    mode: str | None = None

    @property
    def met(self) -> frozenset[str]:
        """The conditions that he meets."""
        strong = self.acr in STRONG_CLASSES or bool(STRONG.intersection(self.amr))
        held = {"purpose": self.purpose is not None, "step-up": strong}
        return frozenset(name for name, holds in held.items() if holds)


@dataclass(frozen=True)
class Person:
    """Whom a record is about: his number, his region, and who employs him today."""

    snils: str
    region: str
    employers: frozenset[str]


@dataclass(frozen=True)
class Place:
    """The organization that a record is about, and its region."""

    oid: str
    region: str

    @property
    def employers(self) -> frozenset[str]:
        """Whose staff works there: its own."""
        return frozenset({self.oid})


About = Person | Place | None
"""None: a person whom the worker registry does not know; he is nobody's own."""


def outcome(caller: Caller, field_class: str, about: About, *, maskable: bool) -> str:
    """What the caller gets of one record: the most that a single one of his roles gives, by its own terms."""
    given = [
        _given(TERMS[role, field_class], caller.met, maskable=maskable)
        for role in caller.roles
        if _reaches(caller, role, about)
    ]
    return max(given, key=_MOST.index, default=NOTHING)


def best(caller: Caller, field_class: str, *, maskable: bool) -> tuple[str, bool]:
    """The most that the caller gets of anybody, and whether he gets it of everybody."""
    given = {
        role: _given(TERMS[role, field_class], caller.met, maskable=maskable)
        for role in caller.roles
        if _reaches_somebody(caller, role)
    }
    most = max(given.values(), key=_MOST.index, default=NOTHING)
    everywhere = [given[role] for role in given if _reaches_everybody(caller, role)]
    return most, max(everywhere, key=_MOST.index, default=NOTHING) == most


def _given(terms: Terms, met: frozenset[str], *, maskable: bool) -> str:
    given = next((given for given, needs in terms if needs <= met), NOTHING)
    return NOTHING if given == MASK and not maskable else given


def _reaches(caller: Caller, role: str, about: About) -> bool:
    match REACHES[role]:
        case "all":
            return True
        case "regions":
            return caller.regions is None or (about is not None and about.region in caller.regions)
        case "self":
            return isinstance(about, Person) and about.snils == caller.snils
    return about is not None and not about.employers.isdisjoint(caller.organizations)


def _reaches_somebody(caller: Caller, role: str) -> bool:
    match REACHES[role]:
        case "self":
            return caller.snils is not None
        case "staff":
            return bool(caller.organizations)
    return True


def _reaches_everybody(caller: Caller, role: str) -> bool:
    return REACHES[role] == "all" or (REACHES[role] == "regions" and caller.regions is None)


def masked(kind: str, value: str) -> str | None:
    """The mask of a value, by the examples of the design; None where the value is not of its kind."""
    digits = re.sub(r"[\s()+.-]", "", value)
    match kind:
        case "snils" if re.fullmatch(r"\d{11}", digits):
            return "***-***-*** " + digits[9:]
        case "inn" if re.fullmatch(r"\d{10}(\d\d)?", digits):
            return digits[-2:].rjust(len(digits), "*")
        case "phone" if re.fullmatch(r"[78]\d{10}", digits):
            return "+7 *** ***-**-" + digits[9:]
        case "email" if value.count("@") == 1 and len(value.split("@")[0]) > 1 and "." in value.split("@")[1]:
            return value[0] + "***@***." + value.rpartition(".")[2]
    return None

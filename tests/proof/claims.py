"""How claims are verified over a redacted copy: each by itself, by looking through the tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from tests.proof.law import About
from tests.proof.links import LINKS, Link
from tests.proof.rows import Row
from tests.proof.world import Thing, World

Arguments = Mapping[str, Any]


class Copy(Protocol):
    """What is known of the copy that is looked in."""

    @property
    def world(self) -> World: ...

    def claimable(self, fact: str, about: About) -> bool:
        """Whether a personal fact of a person may be claimed; told where not."""
        ...


KEYS: Final = {
    "registryNumber": ("REGISTRY_NUMBER", "worker", "registry_number"),
    "credentialNumber": ("CREDENTIAL_NUMBER", "credential", "number"),
    "licenseNumber": ("LICENSE_NUMBER", "license", "number"),
    "snils": ("SNILS", "worker", "snils"),
}


@dataclass
class Verified:
    """A claim whose worker was found."""

    practice: Row
    worker: Row
    claim: Arguments
    born: Callable[[], str | None]
    """The date of birth, where the caller may know it."""


class Asked:
    """One question with its claims. A person of whom a fact may not be claimed is told of once."""

    def __init__(self, copy: Copy, on: str | None) -> None:
        self._copy, self._world, self._on = copy, copy.world, on
        self._told: dict[tuple[str, str], bool] = {}

    def verification(self, index: int, claim: Arguments) -> Thing:
        """What is found for one claim."""
        values: dict[str, Any] = dict.fromkeys(("key", "found", "number", "problem", "worker", "eligible"))
        values |= {"index": index, "on": self._on or self._world.today, "reasons": None}
        claim = {name: text for name, text in claim.items() if text is not None}
        given = [name for name in KEYS if name in claim]
        if len(given) != 1:
            return Thing("Verification", None, None, values | {"problem": _problem("MALFORMED")})
        kind, table, column = KEYS[given[0]]
        typed = claim[given[0]]
        row = self._row(kind, table, column, re.sub(r"[\s-]", "", typed) if kind == "SNILS" else typed)
        values |= {"key": kind, "found": row is not None}
        if row is None:
            return Thing("Verification", None, None, values)
        values["number"] = None if kind == "SNILS" else getattr(row, column)
        worker = row if table == "worker" else self._world.by_snils.get(row.worker_snils)
        if worker is None:
            of_organization = vars(row).get("holder_kind") == "ORGANIZATION"
            values["problem"] = _problem("HELD_BY_ORGANIZATION" if of_organization else "WORKER_UNKNOWN")
            return Thing("Verification", None, None, values)
        return self._of(worker, claim, values)

    def _row(self, kind: str, table: str, column: str, key: str) -> Row | None:
        found = next((each for each in self._world.rows[table] if getattr(each, column) == key), None)
        if kind == "SNILS" and not self._may("snils", key, self._world.person(found)):
            return None
        return found

    def _of(self, worker: Row, claim: Arguments, values: dict[str, Any]) -> Thing:
        about = self._world.person(worker)

        def born() -> str | None:
            return worker.birth_date.isoformat() if self._may("birthDate", worker.id, about) else None

        practice: Thing = LINKS["Worker"]["eligibility"](self._world, worker, {"on": self._on})
        values |= {"worker": self._world.thing("Worker", worker), "eligible": practice.values["allowed"]}
        values["reasons"] = practice.values["reasons"]
        return Thing("Verification", Verified(practice.row, worker, claim, born), about, values)

    def _may(self, fact: str, key: Any, about: About) -> bool:
        if (fact, key) not in self._told:
            self._told[fact, key] = self._copy.claimable(fact, about)
        return self._told[fact, key]


def verified(copy: Any, arguments: Arguments) -> list[Thing]:
    """What is found for each claim."""
    asked = Asked(copy, arguments.get("on"))
    return [asked.verification(index, claim) for index, claim in enumerate(arguments["input"])]


def _problem(code: str) -> Thing:
    return Thing("ClaimProblem", None, values={"code": code})


def _differences(_world: World, found: Verified | None, _: Arguments) -> list[str] | None:
    """What is claimed otherwise than it is; none where nothing is claimed."""
    if found is None or not found.claim.keys() & {"lastName", "birthDate"}:
        return None
    its = found.worker.last_name
    differing = [] if _plain(found.claim.get("lastName", its)) == _plain(its) else ["LAST_NAME"]
    if "birthDate" in found.claim and found.born() not in (None, found.claim["birthDate"]):
        differing.append("BIRTH_DATE")
    return differing


def _matches(world: World, found: Verified | None, arguments: Arguments) -> bool | None:
    differing = _differences(world, found, arguments)
    if found is None or differing is None:
        return None
    return not differing and ("birthDate" not in found.claim or found.born() is not None or None)


def _plain(name: str) -> str:
    return name.casefold().replace("ё", "е")


def _specialties(world: World, found: Verified | None, arguments: Arguments) -> Any:
    return None if found is None else LINKS["Eligibility"]["specialties"](world, found.practice, arguments)


VERIFICATION: Final[Mapping[str, Link]] = {
    "identityMatches": _matches,
    "differences": _differences,
    "specialties": _specialties,
}
"""The fields of a verification that are worked out when they are asked."""

"""Arguments by chance: keys that lead somewhere, filters, windows of days; as literals or as variables."""

import datetime as dt
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tests.proof.rows import Row
from tests.proof.sensitive import SENSITIVE
from tests.proof.world import TABLES, World, global_id

EXPLAINED: Final = (*SENSITIVE, ("Worker", "lastName"), ("Organization", "inn"))
OWNERS: Final = {
    "Absence": "Employment",
    "Eligibility": "Worker",
    "Restriction": "Worker",
    "PositionStaffing": "Organization",
    "Verification": "Worker",
}
"""Of which record the id is told for types whose records have none."""

NODES: Final = tuple(name for name in TABLES if name not in ("Restriction", "Absence"))
ENUMS: Final = frozenset({"statuses", "ownerships", "holderKind", "names"})


@dataclass
class Written:
    """The variables that were used so far: their types and their values."""

    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


class Arguments:
    """Makes the arguments of fields, most of them about one person."""

    def __init__(self, world: World, random: Random, focus: Row) -> None:
        self.written = Written()
        self._world, self._random, self._focus = world, random, focus
        jobs = world.employments.get((focus.id,), ())
        near = [
            world.organizations[each.organization_oid]
            for each in jobs
            if each.organization_oid in world.organizations
        ]
        near += [row for row in world.rows["organization"] if row.parent_oid in {each.oid for each in near}]
        self._organizations = near or world.rows["organization"]
        self._near = {each.oid for each in near}

    def root(self, name: str, cursor: str | None = None) -> str:
        """The arguments of a root."""
        match name:
            case "worker":
                return self._told(*self._worker_key())
            case "organization":
                return self._told(*self._organization_key())
            case "license" | "credential":
                return self._told(
                    ("number", "LicenseNumber!" if name == "license" else "String!", self._number(name))
                )
            case "node":
                return self._told(("id", "ID!", self._id()))
            case "nodes":
                return self._told(("ids", "[ID!]!", [self._id() for _ in range(self._random.randint(1, 4))]))
            case "_entities":
                found = [self._representation() for _ in range(self._random.randint(1, 4))]
                return self._told(("representations", "[_Any!]!", found))
            case "dictionaries":
                return self._told(("names", "[DictionaryName!]", ["CARE_KINDS", "REGIONS"]))
            case "explainAccess":
                return self._told(*self._explained())
            case "verifyWorkers":
                claims = [self._claim() for _ in range(self._random.randint(1, 4))]
                return self._told(("input", "[WorkerClaim!]!", claims), *self._on())
            case "registries":
                return ""
        return self._page(name, cursor)

    def of_field(self, owner: str, name: str) -> str:
        """The arguments of any other field."""
        random = self._random
        match f"{owner}.{name}":
            case "Worker.expiring" | "Organization.expiring":
                return self._told(("within", "Days!", random.choice((0, 8, 30, 400, 2000))))
            case "Worker.employments":
                return self._told(("currentOnly", "Boolean", random.choice((True, False, None))))
            case "Worker.eligibility" if random.random() < 0.5:
                return self._told(*self._on())
            case "Organization.employments":
                first = ("first", "Int!", random.randint(1, 5))
                return self._told(first, ("current", "Boolean", random.choice((True, True, False, None))))
            case "OrganizationExpiring.credentials":
                return self._told(("first", "Int!", random.randint(1, 5)))
        return ""

    def _on(self) -> tuple[tuple[str, str, Any]]:
        day = self._world.today + dt.timedelta(days=self._random.choice((-400, -1, 0, 30, 600)))
        return (("on", "Date", day.isoformat()),)

    def _claim(self) -> dict[str, Any]:
        """A claim of somebody by one of his numbers, of nobody, or a malformed one."""
        random, worker = self._random, self._worker()
        snils = worker.snils if random.random() < 0.8 else NOBODYS_SNILS
        claim: dict[str, Any] = random.choice(
            (
                {"registryNumber": worker.registry_number},
                {"registryNumber": worker.registry_number},
                {"snils": f"{snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}"},
                {"credentialNumber": self._number("credential")},
                {"licenseNumber": self._number("license")},
                {"registryNumber": "0"},
                {},
            )
        )
        if random.random() < 0.4:
            claim["lastName"] = random.choice((worker.last_name.upper(), self._focus.last_name))
        if random.random() < 0.3:
            claim["birthDate"] = (worker.birth_date + dt.timedelta(days=random.choice((0, 1)))).isoformat()
        return claim

    def _worker(self) -> Row:
        return self._focus if self._random.random() < 0.7 else self._random.choice(self._world.rows["worker"])

    def _organization(self) -> Row:
        among = self._organizations if self._random.random() < 0.7 else self._world.rows["organization"]
        return self._random.choice(among)

    def _worker_key(self) -> tuple[tuple[str, str, Any], ...]:
        worker = self._worker()
        if self._random.random() < 0.7:
            return (("registryNumber", "RegistryNumber", worker.registry_number),)
        snils = worker.snils if self._random.random() < 0.8 else NOBODYS_SNILS
        typed = f"{snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}"
        return (("snils", "Snils", self._random.choice((snils, typed))),)

    def _explained(self) -> tuple[tuple[str, str, Any], ...]:
        """A field, mostly one that is not public, and a record of its type."""
        owner, name = self._random.choice(EXPLAINED)
        noun = OWNERS.get(owner, owner)
        rows = self._world.rows[TABLES[noun]]
        near = [row for row in rows if self._is_near(row)]
        row = self._random.choice(near if near and self._random.random() < 0.7 else rows)
        return ("coordinate", "String!", f"{owner}.{name}"), ("id", "ID!", global_id(noun, row))

    def _organization_key(self) -> tuple[tuple[str, str, Any], ...]:
        found = self._organization()
        if self._random.random() < 0.7:
            return (("oid", "Oid", found.oid),)
        return (("inn", "Inn", found.inn), ("ogrn", "Ogrn", found.ogrn))

    def _number(self, table: str) -> str:
        near = [row for row in self._world.rows[table] if self._is_near(row)]
        return str(
            self._random.choice(
                near if near and self._random.random() < 0.7 else self._world.rows[table]
            ).number
        )

    def _is_near(self, row: Row) -> bool:
        """Whether a record is the person's own, or of an organization that he has to do with."""
        its = vars(row)
        own = its.get("worker_snils") == self._focus.snils or its.get("worker_id") == self._focus.id
        return row is self._focus or own or its.get("organization_oid", its.get("oid")) in self._near

    def _record(self) -> tuple[str, Row]:
        """Any record, the person and what is his own more often."""
        random, world = self._random, self._world
        if random.random() < 0.4:
            return "Worker", self._worker()
        name = random.choice(NODES)
        rows = world.rows[TABLES[name]]
        own = [row for row in rows if self._is_near(row)]
        return name, random.choice(own if own and random.random() < 0.7 else rows)

    def _id(self) -> str:
        if self._random.random() < 0.03:
            return self._random.choice(("bad", self._focus.registry_number, "V29ya2VyOjE"))
        return global_id(*self._record())

    def _representation(self) -> Any:
        """A record by its own key or by its id, at times with more beside it, or none that will do."""
        random = self._random
        name, row = self._record()
        asked: dict[str, Any] = {"__typename": name, "id": global_id(name, row)}
        own = {
            "Worker": "registryNumber",
            "Organization": "oid",
            "License": "number",
            "Credential": "number",
        }.get(name)
        if own is not None and random.random() < 0.6:
            asked = {"__typename": name, own: row.registry_number if name == "Worker" else getattr(row, own)}
        chance = random.random()
        if chance < 0.04:
            return {"__typename": name, "snils": self._focus.snils}
        if chance < 0.06:
            return {"__typename": random.choice(("Restriction", "Query", "Absence")), "id": asked.get("id")}
        return asked | {"snils": self._focus.snils, "birthDate": "1980-01-01"} if chance < 0.12 else asked

    def _page(self, name: str, cursor: str | None) -> str:
        type_name = {
            "workers": "WorkerWhere",
            "organizations": "OrganizationWhere",
            "licenses": "LicenseWhere",
        }[name]
        told: list[tuple[str, str, Any]] = [("first", "Int!", self._random.randint(1, 5))]
        if self._random.random() < 0.7:
            told.append(("where", type_name, getattr(self, f"_{name}_where")()))
        after = ""
        if cursor is not None:
            self.written.types[cursor], self.written.values[cursor] = "String", None
            after = f", after: ${cursor})"
        return self._told(*told)[: -1 if after else None] + after

    def _workers_where(self) -> dict[str, Any]:
        worker = self._worker()
        name = worker.last_name if self._random.random() < 0.5 else worker.last_name.upper().replace("Ё", "Е")
        day = worker.registered_on.isoformat()
        return self._some(
            lastName=name,
            firstName=worker.first_name,
            middleName=worker.middle_name,
            regions=[worker.region_code, "77"],
            statuses=[worker.status, "ACTIVE"],
            registeredFrom=day,
            registeredTo=day,
        )

    def _organizations_where(self) -> dict[str, Any]:
        found = self._organization()
        return self._some(
            regions=[found.region_code],
            kinds=[found.kind_code, "HOSPITAL"],
            ownerships=[found.ownership],
            statuses=["ACTIVE", found.status],
            inn=found.inn,
            parentOid=found.parent_oid,
        )

    def _licenses_where(self) -> dict[str, Any]:
        near = [row for row in self._world.rows["license"] if self._is_near(row)]
        found = self._random.choice(near or self._world.rows["license"])
        return self._some(
            regions=[found.region_code],
            statuses=[found.status, "ACTIVE"],
            holderKind=found.holder_kind,
            holderInn=found.holder_inn,
            validUntilFrom=found.valid_until and found.valid_until.isoformat(),
            validUntilTo=found.valid_until and found.valid_until.isoformat(),
        )

    def _some(self, **conditions: Any) -> dict[str, Any]:
        """One or two of the conditions, so that something is found."""
        names = self._random.sample(sorted(conditions), self._random.choice((1, 1, 2)))
        return {name: conditions[name] for name in names}

    def _told(self, *told: tuple[str, str, Any]) -> str:
        return "(" + ", ".join(f"{name}: {self._value(type_, value)}" for name, type_, value in told) + ")"

    def _value(self, type_: str, value: Any) -> str:
        if self._random.random() < 0.5:
            return literal(value, enum=type_ == "[DictionaryName!]")
        name = f"v{len(self.written.types)}"
        self.written.types[name], self.written.values[name] = type_, value
        return f"${name}"


NOBODYS_SNILS: Final = "11223344696"


def literal(value: Any, *, enum: bool = False) -> str:
    """A value as GraphQL writes it."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{name}: {literal(each, enum=name in ENUMS)}" for name, each in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(literal(each, enum=enum) for each in value) + "]"
    return str(value) if enum else json.dumps(value, ensure_ascii=False)

"""Filters by chance: nested, over all relations, mostly such that a certain record passes."""

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final
from uuid import UUID

from tests.search.entities import ENTITIES, Relation
from tests.search.rows import Row, Rows

MOST_FACTS: Final = 24
DEEPEST: Final = 4
REASONS: Final = (
    "RECORD_NOT_ACTIVE", "PRACTICE_BAN", "NO_VALID_CREDENTIAL", "NOT_EMPLOYED", "EMPLOYER_NOT_LICENSED",
)  # fmt: skip

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "worker": {
        "lastName": "last_name",
        "firstName": "first_name",
        "middleName": "middle_name",
        "regions": "region_code",
        "statuses": "status",
        "registeredFrom": "registered_on",
        "registeredTo": "registered_on",
        "registryNumbers": "registry_number",
        "sexes": "sex",
        "registeredOn": "registered_on",
        "bornOn": "birth_date",
        "born": "birth_date",
    },
    "employment": {
        "organizations": "organization_oid",
        "positions": "position_code",
        "kinds": "kind",
        "startedOn": "started_on",
        "endedOn": "ended_on",
        "rate": "rate",
        "departments": "department_id",
    },
    "credential": {
        "numbers": "number",
        "kinds": "kind",
        "specialties": "specialty_code",
        "positions": "position_code",
        "statuses": "status",
        "issuedOn": "issued_on",
        "validUntil": "valid_until",
    },
    "category": {
        "categories": "category",
        "specialties": "specialty_code",
        "assignedOn": "assigned_on",
        "validUntil": "valid_until",
    },
    "education": {
        "kinds": "kind_code",
        "specialties": "specialty_code",
        "finishedYear": "finished_year",
        "issuedOn": "issued_on",
    },
    "training": {
        "specialties": "specialty_code",
        "plannedOn": "planned_on",
        "completedOn": "completed_on",
        "hours": "hours",
        "credits": "credits",
    },
    "restriction": {"kinds": "kind", "imposedOn": "imposed_on", "liftedOn": "lifted_on"},
    "license": {
        "regions": "region_code",
        "statuses": "status",
        "holderKind": "holder_kind",
        "holderInn": "holder_inn",
        "validUntilFrom": "valid_until",
        "validUntilTo": "valid_until",
        "numbers": "number",
        "activities": "activities",
        "issuedOn": "issued_on",
        "validUntil": "valid_until",
    },
    "organization": {
        "regions": "region_code",
        "kinds": "kind_code",
        "ownerships": "ownership",
        "statuses": "status",
        "inn": "inn",
        "parentOid": "parent_oid",
        "oids": "oid",
        "registeredOn": "registered_on",
        "closedOn": "closed_on",
    },
}
"""From which column the values of each fact are taken."""

SINGLE: Final = frozenset(
    {"lastName", "firstName", "middleName", "bornOn", "holderKind", "holderInn", "inn", "parentOid"}
)
RARE: Final = frozenset(
    {"registryNumbers", "numbers", "lastName", "firstName", "middleName", "bornOn", "inn", "holderInn",
     "oids", "parentOid", "departments", "organizations"}
)  # fmt: skip
"""Facts by which few pass: asked less often."""

GUARDED: Final = frozenset(
    {("worker", "bornOn"), ("worker", "born"), ("worker", "restrictions"), ("employment", "rate"),
     ("employment", "departments"), ("training", "hours"), ("training", "credits")}
)  # fmt: skip
"""What not everyone may ask by, beside the reasons against someone's right to practise."""


class Filters:
    """Makes filters for callers who may ask by everything, or by public facts alone."""

    def __init__(
        self, rows: Rows, random: Random, today: dt.date, *, guarded: bool = True, keen: bool = False
    ) -> None:
        """`guarded`: by facts that are not public too; `keen`: by these above all."""
        self._rows, self._random, self._today, self._guarded = rows, random, today, guarded
        self._keen = keen
        self._left = MOST_FACTS

    def where(self, entity: str, focus: Row | None, depth: int = DEEPEST) -> dict[str, Any]:
        """A filter; `focus` passes it more often than not."""
        random = self._random
        found: dict[str, Any] = {}
        for _ in range(random.choices((0, 1, 2, 3), (14, 60, 20, 6) if self._keen else (2, 40, 40, 18))[0]):
            if self._left > 0:
                found |= self._part(entity, focus, depth)
        if random.random() < 0.02:
            found[random.choice(tuple(COLUMNS[entity]))] = None
        return found

    def _part(self, entity: str, focus: Row | None, depth: int) -> dict[str, Any]:
        random, known = self._random, ENTITIES[entity]
        chance = random.random()
        if depth > 1 and chance < (0.3 if self._keen else 0.12):
            return self._combined(entity, focus, depth)
        if depth > 1 and known.relations and chance < (0.8 if self._keen else 0.62):
            names = [each for each in known.relations if self._guarded or (entity, each) not in GUARDED]
            name = random.choices(names, [self._weight(entity, each) for each in names])[0]
            return {name: self._related(known.relations[name], entity, name, focus, depth)}
        return self._fact(entity, focus)

    def _combined(self, entity: str, focus: Row | None, depth: int) -> dict[str, Any]:
        random = self._random
        kind = random.choice(("and", "or", "not"))
        if kind == "not":
            return {"not": self.where(entity, self._stranger(entity, focus), depth - 1)}
        if random.random() < 0.02:
            return {kind: []}
        some = [
            self._stranger(entity, focus) if kind == "or" and random.random() < 0.6 else focus
            for _ in range(2)
        ]
        if kind == "or":
            some[random.randrange(2)] = focus
        return {kind: [self.where(entity, each, depth - 1) for each in some]}

    def _stranger(self, entity: str, focus: Row | None) -> Row | None:
        """Another record; what it passes, the one we look for mostly does not."""
        return focus if self._random.random() < 0.15 else self._rows.any(entity, self._random)

    def _related(
        self, relation: Relation, entity: str, name: str, focus: Row | None, depth: int
    ) -> dict[str, Any]:
        random = self._random
        rows = self._rows.related(entity, name, focus) if focus is not None else ()
        one = random.choice(rows) if rows else None
        if relation.one:
            return self.where(relation.entity, one, depth - 1)
        if name == "licenses" and entity == "worker" and rows and random.random() < 0.5:
            one = rows[0]
        quantifiers = random.choices(("some", "none", "every"), (5, 2 if rows else 4, 2 if rows else 3))
        if random.random() < 0.12:
            quantifiers = random.sample(("some", "none", "every"), 2)
        found = {}
        for quantifier in quantifiers:
            whom = self._rows.any(relation.entity, random) if quantifier == "none" else one
            found[quantifier] = self.where(relation.entity, whom, depth - 1)
        return found

    def _fact(self, entity: str, focus: Row | None) -> dict[str, Any]:
        """One fact, or two."""
        self._left -= 1
        random = self._random
        special = self._special(entity)
        if special and random.random() < 0.3:
            name = random.choice(tuple(special))
            return {name: special[name]()}
        columns = COLUMNS[entity]
        names = [each for each in columns if self._guarded or (entity, each) not in GUARDED]
        name = random.choices(names, [self._weight(entity, each) for each in names])[0]
        row = focus if focus is not None and random.random() < 0.8 else self._rows.any(entity, random)
        return {name: self._value(entity, name, row[columns[name]])}

    def _weight(self, entity: str, name: str) -> int:
        if self._keen and ((entity, name) in GUARDED or name in ("employments", "trainings")):
            return 16
        return 1 if name in RARE else 4

    def _special(self, entity: str) -> Mapping[str, Callable[[], Any]]:
        """Facts that are no column."""
        random = self._random
        flag = lambda: random.random() < 0.75  # noqa: E731
        match entity:
            case "worker":
                return {"eligibility": self._eligibility, "hasDocuments": self._documents}
            case "employment":
                return {"current": flag, "practising": flag}
            case "credential" | "category" | "restriction" | "license":
                return {"inForce": flag}
            case "education":
                return {"foreign": lambda: random.random() < 0.2, "verified": flag}
            case "organization":
                return {"licensed": flag, "staff": self._staff}
        return {}

    def _eligibility(self) -> dict[str, Any]:
        random = self._random
        found: dict[str, Any] = {}
        if random.random() < 0.7:
            found["allowed"] = random.random() < 0.6
        if self._guarded and random.random() < (0.9 if self._keen else 0.6):
            found["reasons"] = random.sample(REASONS, random.randint(1, 2))
        return found

    def _documents(self) -> list[str]:
        kinds = ("EDUCATION", "CREDENTIAL", "CATEGORY", "TRAINING", "LICENSE")
        return self._random.choices(kinds, (4, 4, 3, 4, 1), k=self._random.choice((1, 1, 1, 2, 3)))

    def _staff(self) -> dict[str, Any]:
        low = self._random.choice((0, 1, 2, 5, 20))
        return self._random.choice(({"from": low}, {"to": low}, {"from": low, "to": low * 10}))

    def _value(self, entity: str, name: str, value: Any) -> Any:
        random = self._random
        if isinstance(value, dt.date) and name not in ("bornOn",):
            return self._day(value) if name.endswith(("From", "To")) else self._days(value)
        if name in ("rate", "hours", "credits", "finishedYear"):
            return self._range(value, name)
        if name in SINGLE:
            return self._one(entity, name, value)
        if value is None and name.endswith("On"):
            return random.choice(
                ({"absent": True}, {"absent": random.random() < 0.7}, self._days(self._today))
            )
        if value is None and name.endswith(("From", "To")):
            return self._day(self._today)
        if name == "validUntil" and value is None:
            return {"absent": True}
        return self._some(entity, name, value)

    def _some(self, entity: str, name: str, value: Any) -> list[str]:
        """A list of values, of none, or with ones that nobody has."""
        random, column = self._random, COLUMNS[entity][name]
        if random.random() < 0.015:
            return []
        own = value if isinstance(value, list) else [] if value is None else [value]
        others = [self._rows.any(entity, random)[column] for _ in range(random.choice((0, 0, 1, 2, 4)))]
        flat = [x for each in others for x in (each if isinstance(each, list) else [each]) if x is not None]
        chosen = (random.sample(own, 1) if own else []) + flat
        shown = department_id if name == "departments" else _written
        return [shown(each) for each in dict.fromkeys(chosen)] or self._fallback(name)

    def _fallback(self, name: str) -> list[str]:
        return [department_id(UUID(int=7))] if name == "departments" else ["0"] if name in CODES else []

    def _one(self, entity: str, name: str, value: Any) -> Any:
        random = self._random
        if value is None or (name in ("inn", "holderInn") and len(value) != 10):
            column = COLUMNS[entity][name]
            known = [row[column] for row in self._rows.tables[entity] if row[column] is not None]
            value = random.choice(
                [each for each in known if name not in ("inn", "holderInn") or len(each) == 10]
            )
        if name.endswith("Name"):
            return random.choice((value, value.lower(), value.upper(), value.replace("ё", "е")))
        return _written(value)

    def _days(self, value: dt.date) -> dict[str, Any]:
        """From a day, to a day, or both: around the value, or around today."""
        random = self._random
        if random.random() < 0.05:
            return random.choice(({}, {"absent": False}))
        near = self._today if random.random() < 0.25 else value
        span = random.choice((0, 0, 1, 30, 365, 2000))
        low, high = near - dt.timedelta(random.choice((0, 0, 1, span))), near + dt.timedelta(span)
        return random.choice(
            (
                {"from": low.isoformat()},
                {"to": high.isoformat()},
                {"from": low.isoformat(), "to": high.isoformat()},
            )
        )

    def _day(self, value: dt.date) -> str:
        near = self._today if self._random.random() < 0.3 else value
        return (near + dt.timedelta(self._random.choice((0, 0, 0, -1, 1)))).isoformat()

    def _range(self, value: Any, name: str) -> dict[str, Any]:
        random = self._random
        number = value if value is not None else 2010
        shown = str if name == "rate" else int
        more = number + random.choice((0, 0, 1, 2))
        return random.choice(
            ({"from": shown(number)}, {"to": shown(number)}, {"from": shown(number), "to": shown(more)})
        )


CODES: Final = frozenset({"positions", "specialties", "kinds", "regions", "activities"})


def department_id(key: Any) -> str:
    """The global id of a department."""
    return base64.urlsafe_b64encode(f"Department:{key}".encode()).decode().rstrip("=")


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else str(value)

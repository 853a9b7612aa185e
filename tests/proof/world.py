"""The registries' records as things with fields, whole: what there is to see, whoever looks."""

import base64
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sources.dictionary import Dictionaries
from tests.proof.law import About, Person, Place
from tests.proof.rows import Row, Rows, grouped

TABLES: Final[Mapping[str, str]] = {
    "Worker": "worker",
    "Employment": "employment",
    "Restriction": "restriction",
    "Absence": "absence",
    "Organization": "organization",
    "Department": "department",
    "StaffingUnit": "staffing_unit",
    "License": "license",
    "LicenseActivity": "license_activity",
    "LicenseEvent": "license_event",
    "Education": "education",
    "Credential": "credential",
    "QualificationCategory": "category",
    "Training": "training",
}
"""The table of each type of record."""


@dataclass(eq=False)
class Thing:
    """Something with fields: its values stand here, its links are followed when they are asked."""

    type_name: str
    row: Row
    about: About = None
    values: Mapping[str, Any] = field(default_factory=dict)


class World:
    """All that the registries know on one day, and the code lists."""

    def __init__(self, rows: Rows, today: dt.date) -> None:
        self.rows, self.today = rows, today
        self.dictionaries = Dictionaries.load()
        self.workers = rows.one("worker", "id")
        self.by_snils = rows.one("worker", "snils")
        self.by_number = rows.one("worker", "registry_number")
        self.organizations = rows.one("organization", "oid")
        self.ids = {
            name: rows.one(table, "oid" if name == "Organization" else "id") for name, table in TABLES.items()
        }
        self.employments = rows.many("employment", "worker_id")
        self.staff = rows.many("employment", "organization_oid")
        self.sharing = grouped(rows["organization"], lambda row: (row.inn, row.ogrn))
        self._columns = {name: _columns(rows[table]) for name, table in TABLES.items()}
        self._groups: dict[tuple[str, ...], Any] = {}
        self._things: dict[int, Thing] = {}

    def many(self, table: str, *columns: str) -> Mapping[tuple[Any, ...], Sequence[Row]]:
        """Rows by some columns, grouped once."""
        key = (table, *columns)
        if key not in self._groups:
            self._groups[key] = self.rows.many(*key)
        found: Mapping[tuple[Any, ...], Sequence[Row]] = self._groups[key]
        return found

    def thing(self, type_name: str, row: Row | None) -> Thing | None:
        """A record of a registry."""
        if row is None:
            return None
        if id(row) not in self._things:
            values = {name: getattr(row, column) for name, column in self._columns[type_name].items()}
            self._things[id(row)] = Thing(
                type_name, row, self._about(type_name, row), values | _worked_out(type_name, row)
            )
        return self._things[id(row)]

    def things(self, type_name: str, rows: Sequence[Row]) -> list[Thing | None]:
        """Records of a registry, in their order."""
        return [self.thing(type_name, row) for row in rows]

    def entry(self, dictionary: str, code: str | None) -> Thing | None:
        """A code with its name."""
        if code is None:
            return None
        found = self.dictionaries.entry(dictionary, code)
        values = {"code": code, "name": found.name, "dictionary": dictionary, "known": found.known}
        return Thing("DictionaryEntry", found, values=values)

    def current(self, employment: Row, on: dt.date | None = None) -> bool:
        """Whether an employment lasts on a day, today when none is given."""
        day = on or self.today
        return bool(
            employment.started_on <= day and (employment.ended_on is None or day <= employment.ended_on)
        )

    def person(self, worker: Row | None) -> Person | None:
        """Whom a record is about, as the worker registry says today."""
        if worker is None:
            return None
        places = {
            each.organization_oid for each in self.employments.get((worker.id,), ()) if self.current(each)
        }
        return Person(worker.snils, worker.region_code, frozenset(places))

    def place(self, organization: Row | None) -> Place | None:
        """The organization that a record is about."""
        if organization is None:
            return None
        return Place(organization.oid, organization.region_code)

    def reached(self, oids: Iterable[str]) -> Iterator[str]:
        """The organizations of a token with their branches; one that is liquidated gives nothing."""
        for oid in oids:
            own = self.organizations.get(oid)
            if own is None or own.status != "LIQUIDATED":
                yield oid
                branches = self.many("organization", "parent_oid").get((oid,), ())
                yield from (each.oid for each in branches if each.status != "LIQUIDATED")

    @staticmethod
    def issue_order(row: Row) -> Any:
        """The order of licences: as they were issued."""
        return row.issued_on, row.id

    def _about(self, type_name: str, row: Row) -> About:
        match type_name:
            case "Worker":
                return self.person(row)
            case "Employment" | "Restriction":
                return self.person(self.workers.get(row.worker_id))
            case "Absence":
                return self.person(self.workers.get(self.ids["Employment"][row.employment_id].worker_id))
            case "Education" | "Credential" | "QualificationCategory" | "Training":
                return self.person(self.by_snils.get(row.worker_snils))
            case "Organization":
                return self.place(row)
            case "Department":
                return self.place(self.organizations.get(row.organization_oid))
        return None


RENAMED: Final[Mapping[str, str]] = {"is_foreign": "foreign"}


def _columns(rows: Sequence[Row]) -> Mapping[str, str]:
    """The field that shows each column of a table."""
    return {_field(column): column for row in rows[:1] for column in vars(row)}


def _field(column: str) -> str:
    first, *rest = RENAMED.get(column, column).split("_")
    return first + "".join(each.capitalize() for each in rest)


def _worked_out(type_name: str, row: Row) -> dict[str, Any]:
    """Values that are no column as it stands."""
    found: dict[str, Any] = {"id": global_id(type_name, row)}
    match type_name:
        case "Worker":
            names = (row.last_name, row.first_name, row.middle_name)
            found |= {"fullName": " ".join(filter(None, names)), "birthYear": row.birth_date.year}
        case "Organization":
            found["inn"] = without_persons(row.inn)
            found |= {name: _text(getattr(row, name)) for name in ("latitude", "longitude")}
        case "License":
            found["holderInn"] = without_persons(row.holder_inn)
        case "Employment":
            found["rate"] = _text(row.rate)
        case "StaffingUnit":
            found["posts"] = _text(row.posts)
    return found


def _text(number: Any) -> str | None:
    return None if number is None else str(number)


def without_persons(inn: str) -> str:
    """The INN of an organization; a person's own is masked for everyone."""
    return inn if re.fullmatch(r"\d{10}", inn) else inn[-2:].rjust(len(inn), "*")


def global_id(type_name: str, row: Row) -> str:
    """The global id of a record: its type and its registry's own key."""
    key = row.oid if type_name == "Organization" else row.id
    return base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("=")

"""What the projection is made of: its tables, what follows from them, the code lists; with a fingerprint."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from projections.coverage import coverage
from projections.findings import kept as findings
from projections.repeats import masks
from sources.dictionary import Dictionaries, Entry
from sources.raw import Range
from sources.sql.raw import RAW_TABLES, SELECTS

SCHEMA = "projection"
NEXT = "projection_next"
"""Where a projection grows until it is whole."""
OLD = "projection_old"
"""What was replaced, until it is gone."""


class Name(NamedTuple):
    """A code's name, and its place among the names of its list; in the order of the table's columns."""

    dictionary: str
    code: str
    name: str
    rank: int
    lexemes: str
    part: str | None
    """What it is a part of: of a region its federal district, of a position its group."""


class Covered(NamedTuple):
    """An activity that covers the work of a specialty."""

    specialty_code: str
    activity_code: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A table with columns that follow from others, and the statement that says what follows."""

    table: str
    key: str
    columns: tuple[str, ...]
    """Those that follow."""
    dirty: Mapping[str, str]
    """For each place of the statement that can be narrowed, the column there that is among the dirty keys."""
    keys: str
    """The table of dirty keys, and its column."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """What stands in other places of the statement."""
    copied: tuple[str, ...] = ()
    """Columns that a change writes together with what follows from them, and so each row once."""

    def whole(self) -> str:
        """The statement for all rows."""
        return self._narrowed(f"select * from {self.table}", lambda _: "")

    def narrow(self) -> str:
        """The statement for the dirty keys alone; of what is copied the rows that wait."""
        table, column = self.keys.split(".")
        copied, staged = ", ".join(self.copied), f"staged_{self.table}"
        dirty = f"in (select {column} from {table})"
        rows = (
            f"select {copied} from {self.table} t where {column} {dirty}"
            f" and not exists (select from {staged} s where s.{self.key} = t.{self.key})"
            f" union all select {copied} from {staged} where {column} {dirty}"
        )
        return self._narrowed(rows, lambda each: f"and {each} {dirty}")

    def _narrowed(self, rows: str, condition: Callable[[str], str]) -> str:
        text = statement(f"derive_{self.table}").replace("{rows}", rows)
        narrowed = {place: condition(column) for place, column in self.dirty.items()}
        for place, found in (*narrowed.items(), *self.constants.items()):
            text = text.replace(f"{{{place}}}", found)
        return text


LICENSE = Derived(
    "license",
    "id",
    ("organization", "holder_key", "region_rank", "words"),
    {"only": "l.id"},
    "dirty_license.id",
)
ORGANIZATION = Derived(
    "organization",
    "organization",
    (
        "name_key",
        "region_rank",
        "kind_rank",
        "staff",
        "works",
        "licensed",
        "license_until",
        "words",
        "lexemes",
        "next_change",
    ),
    {"only": "o.organization", "only_of_license": "l.organization", "only_of_employment": "e.organization"},
    "dirty_organization.organization",
)
WORKER = Derived(
    "worker",
    "id",
    (
        "name_key",
        "region_rank",
        "organization",
        "organization_name",
        "position_code",
        "position_rank",
        "specialty_code",
        "specialty_rank",
        "nearest_expiry",
        "category",
        "positions",
        "specialties",
        "organizations",
        "graded",
        "kinds",
        "employer_regions",
        "ownerships",
        "allowed",
        "reasons",
        "words",
        "next_change",
    ),
    {
        "only_of_credential": "c.person",
        "only_of_employment": "e.person",
        "only_of_category": "t.person",
        "only_of_restriction": "r.person",
        "only_of_license": "l.person",
    },
    "dirty_person.person",
    copied=next(each.columns for each in RAW_TABLES if each.name == "worker"),
)
DERIVED = (LICENSE, ORGANIZATION, WORKER)
"""In this order: what follows for one follows from those before it."""
STAFF = Derived(
    "staff",
    "id",
    (
        "person",
        "alone",
        "head",
        "organization",
        "department_id",
        "position_code",
        "kind",
        "rate",
        "organization_kind",
        "ownership",
        "organization_region",
        "region_code",
        "federal_district",
        "position_group",
        "sex",
        "birth_date",
        "category",
        "allowed",
        "repeats",
        "specialties",
        "active",
        "renewing",
        "expired",
        "revoked",
        "held_specialties",
        "held_years",
        "held_statuses",
    ),
    {"only": "e.person", "only_of_credential": "c.person"},
    "dirty_staff.person",
    masks(),
)
"""What aggregates count: it follows from all of those, and has rows of its own."""


def statement(name: str) -> str:
    """The text of a file of SQL in this room."""
    return resources.files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


def statements(name: str) -> Sequence[str]:
    """The statements of a file, one by one."""
    lines = [line.split("--")[0] for line in statement(name).splitlines()]
    return [each.strip() for each in "\n".join(lines).split(";") if each.strip()]


def plain(name: str) -> str:
    """A name as searches compare it: the function `plain` of tables.sql."""
    return name.lower().replace("ё", "е")


_SIGNS = str.maketrans("", "", "ьъ")


def names(dictionaries: Dictionaries) -> list[Name]:
    """Every code of every list, ranked by name within its list; the same names share a rank."""
    found = []
    for info in dictionaries.listing():
        entries = dictionaries.entries(info.dictionary)
        ordered = sorted({plain(str(each.name)) for each in entries})
        ranks = {name: rank for rank, name in enumerate(ordered, 1)}
        found += [
            Name(info.dictionary, each.code, name, ranks[plain(name)], _lexemes(name), part(each))
            for each in entries
            for name in (str(each.name),)
        ]
    return found


_PARTS = {"regions": "federal_district", "positions": "group"}


def part(entry: Entry) -> str | None:
    """What a code is a part of, as aggregates call it: a federal district, a group of positions."""
    found = entry.attributes.get(_PARTS.get(entry.dictionary, ""))
    return None if found is None else str(found).upper()


def _lexemes(name: str) -> str:
    """The words of a name, as the function `lexemes` of tables.sql writes them."""
    words = "".join(sign if sign.isalnum() else " " for sign in plain(name)).split()
    bare = [(word, word.translate(_SIGNS)) for word in words]
    return "".join(f" w:{word}" for word in words) + "".join(
        f" W:{to}" for word, to in bare if to and to != word
    )


def covered(dictionaries: Dictionaries) -> list[Covered]:
    """Which activities cover which specialty."""
    activities = coverage(dictionaries).activities
    return sorted(Covered(code, each) for code, found in activities.items() for each in found)


@lru_cache(maxsize=4)
def fingerprint(dictionaries: Dictionaries) -> str:
    """What changes whenever a projection of this version would hold something else."""
    files = ("tables", "indexes", "terms", *(f"derive_{each.table}" for each in (*DERIVED, STAFF)))
    texts = [statement(name) for name in files] + [repr(masks())]
    texts += [each.text(Range(0, 0, 0)) for each in SELECTS]
    texts += [repr(names(dictionaries)), repr(covered(dictionaries)), findings.version(dictionaries)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()

"""Every record that a search knows: its table, its facts, and its ways to other records. Data alone.

In an expression `{a}` is the record, `{day}` the caller's today; in a relation's `{a}` is the record it leads
from and `{b}` the one it leads to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from projections.search.condition import Root


class Kind(StrEnum):
    """How a fact's tests are written."""

    PLAIN = "plain"
    KEY = "key"
    """By the hash of an OID."""
    NAME = "name"
    """A name of a person, compared whole, without regard to case and ё; `type`: the letter of its words."""
    REASONS = "reasons"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Column:
    """How a fact stands in the projection. `endless`: absence is the day `infinity`."""

    sql: str
    type: str = "text"
    nullable: bool = False
    endless: bool = False
    kind: Kind = Kind.PLAIN


@dataclass(frozen=True, slots=True)
class Relation:
    """A way to other records. `same_person`: they are about the same person; `of_employers`: those of his
    employers now belong to it too.
    """

    target: str
    way: str
    same_person: bool = False
    of_employers: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of record. `person`: the column that says whom it is about; None: nobody."""

    table: str
    facts: Mapping[str, Column]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    person: str | None = "person"


def _date(name: str, *, nullable: bool = False, endless: bool = False) -> Column:
    return Column(f"{{a}}.{name}", "date", nullable, endless)


def _text(name: str, *, nullable: bool = False) -> Column:
    return Column(f"{{a}}.{name}", "text", nullable)


def _flag(sql: str) -> Column:
    return Column(sql, "boolean")


def _person(target: str) -> Relation:
    return Relation(target, "{b}.person = {a}.person", same_person=True)


CURRENT: Final = "{a}.started_on <= {day} and {a}.ended_on >= {day}"
CREDENTIAL_IN_FORCE: Final = (
    "{a}.status in ('ACTIVE', 'RENEWING') and {a}.issued_on <= {day} and {a}.valid_until >= {day}"
)
CATEGORY_IN_FORCE: Final = "{a}.assigned_on <= {day} and {a}.valid_until >= {day}"
LICENSE_IN_FORCE: Final = (
    "{a}.status = 'ACTIVE' and {a}.issued_on <= {day}"
    " and ({a}.valid_until is null or {a}.valid_until >= {day})"
)
_OWN: Final = "{b}.person = {a}.person"
_ORGANIZATION: Final = Relation("organization", "{b}.organization = {a}.organization")

WORKER: Final = Entity(
    "worker",
    {
        "registry_number": _text("registry_number"),
        "last_name": Column("{a}.last_name", "l", kind=Kind.NAME),
        "first_name": Column("{a}.first_name", "f", kind=Kind.NAME),
        "middle_name": Column("{a}.middle_name", "f", nullable=True, kind=Kind.NAME),
        "region": _text("region_code"),
        "status": _text("status"),
        "sex": _text("sex"),
        "registered_on": _date("registered_on"),
        "born_on": _date("birth_date"),
        "allowed": Column("{a}.allowed", "boolean", nullable=True),
        "reasons": Column("{a}.reasons", "smallint", nullable=True, kind=Kind.REASONS),
    },
    {
        "employments": _person("employment"),
        "credentials": _person("credential"),
        "categories": _person("category"),
        "educations": _person("education"),
        "trainings": _person("training"),
        "restrictions": _person("restriction"),
        "licenses": Relation("license", _OWN, of_employers=True),
        "own_licenses": Relation("license", _OWN),
    },
)
EMPLOYMENT: Final = Entity(
    "employment",
    {
        "organization_oid": Column("{a}.organization", kind=Kind.KEY),
        "position": _text("position_code"),
        "kind": _text("kind"),
        "current": _flag(CURRENT),
        "started_on": _date("started_on"),
        "ended_on": _date("ended_on", endless=True),
        "rate": Column("{a}.rate", "numeric"),
        "department": Column("{a}.department_id", "uuid", nullable=True),
    },
    {"organization": _ORGANIZATION, "worker": _person("worker")},
)
CREDENTIAL: Final = Entity(
    "credential",
    {
        "number": _text("number"),
        "kind": _text("kind"),
        "specialty": _text("specialty_code"),
        "position": _text("position_code", nullable=True),
        "status": _text("status"),
        "issued_on": _date("issued_on"),
        "valid_until": _date("valid_until"),
        "in_force": _flag(CREDENTIAL_IN_FORCE),
    },
    {"worker": _person("worker")},
)
CATEGORY: Final = Entity(
    "category",
    {
        "category": _text("category"),
        "specialty": _text("specialty_code"),
        "assigned_on": _date("assigned_on"),
        "valid_until": _date("valid_until"),
        "in_force": _flag(CATEGORY_IN_FORCE),
    },
)
EDUCATION: Final = Entity(
    "education",
    {
        "kind": _text("kind_code"),
        "specialty": _text("specialty_code"),
        "finished_year": Column("{a}.finished_year", "bigint", nullable=True),
        "foreign": _flag("{a}.is_foreign"),
        "verified": _flag("{a}.verified"),
        "issued_on": _date("issued_on"),
    },
)
TRAINING: Final = Entity(
    "training",
    {
        "specialty": _text("specialty_code"),
        "planned_on": _date("planned_on", nullable=True),
        "completed_on": _date("completed_on", nullable=True),
        "hours": Column("{a}.hours", "bigint"),
        "credits": Column("{a}.credits", "bigint"),
    },
)
RESTRICTION: Final = Entity(
    "restriction",
    {
        "kind": _text("kind"),
        "imposed_on": _date("imposed_on"),
        "lifted_on": _date("lifted_on", endless=True),
        "in_force": _flag("{a}.imposed_on <= {day} and {a}.lifted_on > {day}"),
    },
)
LICENSE: Final = Entity(
    "license",
    {
        "number": _text("number"),
        "region": _text("region_code"),
        "status": _text("status"),
        "holder_kind": _text("holder_kind"),
        "holder_inn": _text("holder_inn", nullable=True),
        "issued_on": _date("issued_on"),
        "valid_until": _date("valid_until", nullable=True),
        "in_force": _flag(LICENSE_IN_FORCE),
        "activity": Column("{a}.id", kind=Kind.ACTIVITY),
    },
    {"organization": _ORGANIZATION, "worker": Relation("worker", _OWN)},
)
ORGANIZATION: Final = Entity(
    "organization",
    {
        "oid": _text("oid"),
        "region": _text("region_code"),
        "kind": _text("kind_code"),
        "ownership": _text("ownership"),
        "status": _text("status"),
        "inn": _text("inn", nullable=True),
        "parent_oid": Column("{a}.parent", nullable=True, kind=Kind.KEY),
        "registered_on": _date("registered_on"),
        "closed_on": _date("closed_on", nullable=True),
        "staff": Column("{a}.staff", "bigint", nullable=True),
        "licensed": Column("{a}.licensed", "boolean", nullable=True),
    },
    {
        "employments": Relation("employment", "{b}.organization = {a}.organization"),
        "licenses": Relation("license", "{b}.organization = {a}.organization"),
    },
    person=None,
)

ENTITIES: Final[Mapping[str, Entity]] = {
    each.table: each
    for each in (
        WORKER,
        EMPLOYMENT,
        CREDENTIAL,
        CATEGORY,
        EDUCATION,
        TRAINING,
        RESTRICTION,
        LICENSE,
        ORGANIZATION,
    )
}
ROOTS: Final[Mapping[Root, Entity]] = {
    Root.WORKER: WORKER,
    Root.ORGANIZATION: ORGANIZATION,
    Root.LICENSE: LICENSE,
    Root.CREDENTIAL: CREDENTIAL,
}

"""What each kind of record can be asked: its facts as SQL over the raw rows, and its relations to others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Put = Callable[[Any, str], str]
"""Makes a value a parameter of the statement, of this SQL type, and answers what stands for it."""

Test = Callable[[Any, str, Put], str]
"""A condition on the row of this alias."""


def among(column: str, type_: str = "text") -> Test:
    """One of these values."""
    return lambda values, row, put: f"{column.format(row)}::{type_} = any({put(values, type_ + '[]')})"


def alike(column: str) -> Test:
    """This value, whole; case and ё do not matter."""
    return lambda value, row, put: f"plain({column.format(row)}) = plain({put(value, 'text')})"


def equal(column: str, type_: str) -> Test:
    """This value."""
    return lambda value, row, put: f"{column.format(row)} = {put(value, type_)}"


def since(column: str) -> Test:
    """On or after this day."""
    return lambda value, row, put: f"{column.format(row)} >= {put(value, 'date')}"


def until(column: str) -> Test:
    """On or before this day."""
    return lambda value, row, put: f"{column.format(row)} <= {put(value, 'date')}"


def within(column: str, type_: str) -> Test:
    """From here to there; or that there is none."""

    def test(value: Any, row: str, put: Put) -> str:
        what = column.format(row)
        given = {True: [f"{what} is null"], False: [f"{what} is not null"], None: []}
        parts = list(given[value.get("absent")])
        parts += [f"{what} >= {put(value['from'], type_)}"] if value.get("from") is not None else []
        parts += [f"{what} <= {put(value['to'], type_)}"] if value.get("to") is not None else []
        return " and ".join(parts) or "true"

    return test


def days(column: str) -> Test:
    return within(column, "date")


def flag(column: str) -> Test:
    """Whether this holds."""
    return lambda value, row, _put: f"{'' if value else 'not '}({column.format(row)})"


def eligibility(value: Any, row: str, put: Put) -> str:
    """Whether he may practise, and why not."""
    reasons = f"(select f.reasons from of_worker f where f.id = {row}.id)"
    parts = []
    if value.get("allowed") is not None:
        parts.append(f"({reasons} = '{{}}') = {put(value['allowed'], 'boolean')}")
    if value.get("reasons") is not None:
        parts.append(f"{reasons} && {put(value['reasons'], 'text[]')}")
    return " and ".join(parts) or "true"


PRACTISING: Final = """{0}.position_code in (
    select n.code from entry n
    where n.dictionary = 'positions' and (n.specialty is not null or n.staff in ('MANAGER', 'PHYSICIAN')))"""
DOCUMENTS: Final = {
    "EDUCATION": "exists (select from education d where d.worker_snils = {0}.snils)",
    "CREDENTIAL": "exists (select from credential d where d.worker_snils = {0}.snils)",
    "CATEGORY": "exists (select from category d where d.worker_snils = {0}.snils)",
    "TRAINING": "exists (select from training d where d.worker_snils = {0}.snils)",
    "LICENSE": "exists (select from license d where d.worker_snils = {0}.snils)",
}


def documents(value: Any, row: str, _put: Put) -> str:
    """All of these."""
    return " and ".join(DOCUMENTS[each].format(row) for each in value) or "true"


ACTIVITIES: Final = (
    "exists (select from license_activity a where a.license_id = {0}.id and not a.suspended and {1})"
)


def activities(value: Any, row: str, put: Put) -> str:
    """One of these works is allowed and not suspended."""
    return ACTIVITIES.format(row, f"a.activity_code = any({put(value, 'text[]')})")


@dataclass(frozen=True)
class Relation:
    """Other records that belong to one: of which kind, and which. `one`: asked as the record itself."""

    entity: str
    joined: str
    one: bool = False


@dataclass(frozen=True)
class Entity:
    """A kind of record."""

    table: str
    facts: Mapping[str, Test]
    relations: Mapping[str, Relation]


UNDER: Final = "exists (select from under u where u.worker_id = {0}.id and u.license_id = {1}.id)"

OF_ORGANIZATION: Final = "(select f.{0} from of_organization f where f.oid = {{0}}.oid)"

ENTITIES: Final[Mapping[str, Entity]] = {
    "worker": Entity(
        "worker",
        {
            "lastName": alike("{0}.last_name"),
            "firstName": alike("{0}.first_name"),
            "middleName": alike("{0}.middle_name"),
            "regions": among("{0}.region_code"),
            "statuses": among("{0}.status"),
            "registeredFrom": since("{0}.registered_on"),
            "registeredTo": until("{0}.registered_on"),
            "registryNumbers": among("{0}.registry_number"),
            "sexes": among("{0}.sex"),
            "registeredOn": days("{0}.registered_on"),
            "bornOn": equal("{0}.birth_date", "date"),
            "born": days("{0}.birth_date"),
            "eligibility": eligibility,
            "hasDocuments": documents,
        },
        {
            "employments": Relation("employment", "{1}.worker_id = {0}.id"),
            "credentials": Relation("credential", "{1}.worker_snils = {0}.snils"),
            "categories": Relation("category", "{1}.worker_snils = {0}.snils"),
            "educations": Relation("education", "{1}.worker_snils = {0}.snils"),
            "trainings": Relation("training", "{1}.worker_snils = {0}.snils"),
            "restrictions": Relation("restriction", "{1}.worker_id = {0}.id"),
            "licenses": Relation("license", UNDER),
            "ownLicenses": Relation("license", "{1}.worker_snils = {0}.snils"),
        },
    ),
    "employment": Entity(
        "employment",
        {
            "organizations": among("{0}.organization_oid"),
            "positions": among("{0}.position_code"),
            "practising": flag(PRACTISING),
            "kinds": among("{0}.kind"),
            "current": flag("lasts({0})"),
            "startedOn": days("{0}.started_on"),
            "endedOn": days("{0}.ended_on"),
            "rate": within("{0}.rate", "numeric"),
            "departments": among("{0}.department_id", "uuid"),
        },
        {
            "organization": Relation("organization", "{1}.oid = {0}.organization_oid", one=True),
            "worker": Relation("worker", "{1}.id = {0}.worker_id", one=True),
        },
    ),
    "credential": Entity(
        "credential",
        {
            "numbers": among("{0}.number"),
            "kinds": among("{0}.kind"),
            "specialties": among("{0}.specialty_code"),
            "positions": among("{0}.position_code"),
            "statuses": among("{0}.status"),
            "issuedOn": days("{0}.issued_on"),
            "validUntil": days("{0}.valid_until"),
            "inForce": flag("lasts({0})"),
        },
        {"worker": Relation("worker", "{1}.snils = {0}.worker_snils", one=True)},
    ),
    "category": Entity(
        "category",
        {
            "categories": among("{0}.category"),
            "specialties": among("{0}.specialty_code"),
            "assignedOn": days("{0}.assigned_on"),
            "validUntil": days("{0}.valid_until"),
            "inForce": flag("lasts({0})"),
        },
        {},
    ),
    "education": Entity(
        "education",
        {
            "kinds": among("{0}.kind_code"),
            "specialties": among("{0}.specialty_code"),
            "finishedYear": within("{0}.finished_year", "integer"),
            "foreign": flag("{0}.is_foreign"),
            "verified": flag("{0}.verified"),
            "issuedOn": days("{0}.issued_on"),
        },
        {},
    ),
    "training": Entity(
        "training",
        {
            "specialties": among("{0}.specialty_code"),
            "plannedOn": days("{0}.planned_on"),
            "completedOn": days("{0}.completed_on"),
            "hours": within("{0}.hours", "integer"),
            "credits": within("{0}.credits", "integer"),
        },
        {},
    ),
    "restriction": Entity(
        "restriction",
        {
            "kinds": among("{0}.kind"),
            "imposedOn": days("{0}.imposed_on"),
            "liftedOn": days("{0}.lifted_on"),
            "inForce": flag("lasts({0})"),
        },
        {},
    ),
    "license": Entity(
        "owned",
        {
            "regions": among("{0}.region_code"),
            "statuses": among("{0}.status"),
            "holderKind": equal("{0}.holder_kind", "text"),
            "holderInn": equal("{0}.holder_inn", "text"),
            "validUntilFrom": since("{0}.valid_until"),
            "validUntilTo": until("{0}.valid_until"),
            "numbers": among("{0}.number"),
            "activities": activities,
            "issuedOn": days("{0}.issued_on"),
            "validUntil": days("{0}.valid_until"),
            "inForce": flag("{0}.in_force"),
        },
        {
            "organization": Relation("organization", "{1}.oid = {0}.owner", one=True),
            "worker": Relation("worker", "{1}.snils = {0}.worker_snils", one=True),
        },
    ),
    "organization": Entity(
        "organization",
        {
            "regions": among("{0}.region_code"),
            "kinds": among("{0}.kind_code"),
            "ownerships": among("{0}.ownership"),
            "statuses": among("{0}.status"),
            "inn": equal("{0}.inn", "text"),
            "parentOid": equal("{0}.parent_oid", "text"),
            "oids": among("{0}.oid"),
            "registeredOn": days("{0}.registered_on"),
            "closedOn": days("{0}.closed_on"),
            "staff": within(OF_ORGANIZATION.format("staff"), "integer"),
            "licensed": flag(OF_ORGANIZATION.format("licensed")),
        },
        {
            "employments": Relation("employment", "{1}.organization_oid = {0}.oid"),
            "licenses": Relation("license", "{1}.owner = {0}.oid"),
        },
    ),
}
"""Every kind of record that a filter may stand on."""

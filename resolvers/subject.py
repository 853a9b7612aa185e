"""Whom a record is about: what a row rule has to know of the person or the organization."""

from collections.abc import Mapping
from typing import Any, Final

from auth.rights import FieldClass
from auth.rules import OrganizationSubject, PersonSubject
from resolvers.context import Context
from sources.worker import Subject

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Worker": ("id",),
    "Employment": ("worker_id",),
    "Education": ("worker_snils",),
    "Credential": ("worker_snils",),
    "QualificationCategory": ("worker_snils",),
    "Training": ("worker_snils",),
    "Organization": ("oid", "parent_oid", "region_code"),
    "Department": ("organization_oid",),
}
"""The columns by which a record's subject is found. A noun that is not here is about nobody."""

PERSONS: Final = frozenset(
    {"Worker", "Employment", "Eligibility", "Education", "Credential", "QualificationCategory", "Training"}
)
"""The nouns whose records are about a person."""

WATCHED: Final = frozenset({FieldClass.RESTRICTED, FieldClass.PERSONAL, FieldClass.IDENTITY})
"""Classes of fields whose release is kept on record."""


def is_watched(type_name: str, field_class: FieldClass) -> bool:
    """Whether the release of such a field of such a record is kept on record."""
    return field_class in WATCHED and type_name in PERSONS


async def subject(record: Any, context: Context) -> PersonSubject | OrganizationSubject | None:
    """The person or organization that a record is about; none where the registries do not know him."""
    loaders = context.loaders
    match record.noun:
        case "Worker":
            found = await loaders.subject_by_id.load(record.id)
        case "Employment" | "Eligibility":
            found = await loaders.subject_by_id.load(record.worker_id)
        case "Education" | "Credential" | "QualificationCategory" | "Training":
            found = await loaders.subject_by_snils.load(record.worker_snils)
        case "Department":
            organization = await loaders.organization_by_oid.load(record.organization_oid)
            return _organization(organization) if organization else None
        case _:
            return _organization(record)
    return person(found) if found else None


def person(found: Subject) -> PersonSubject:
    """What the worker registry tells of a person, in the words of the row rules."""
    return PersonSubject(found.snils, found.region_code, frozenset(found.organization_oids))


def _organization(record: Any) -> OrganizationSubject:
    return OrganizationSubject(record.oid, record.parent_oid, record.region_code)

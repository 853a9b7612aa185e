"""Whom a record is about: what a row rule has to know of the person or the organization."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from auth.rights import FieldClass
from auth.rules import OrganizationSubject, PersonSubject
from resolvers.context import Context
from resolvers.link import Needs
from sources.worker import Subject

WATCHED: Final = frozenset({FieldClass.RESTRICTED, FieldClass.PERSONAL, FieldClass.IDENTITY})
"""Classes of fields whose release is kept on record."""

NOBODY: Final = PersonSubject(None, None)
"""Whom a record is about whose worker the registry does not know: nobody's own, in no extent."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Under which loader, and by which column of a record, it is found whom the record is about."""

    loader: str
    column: str


WHOSE: Final[Mapping[str, Whose]] = {
    "Worker": Whose("subject_by_id", "id"),
    "Employment": Whose("subject_by_id", "worker_id"),
    "Eligibility": Whose("subject_by_id", "worker_id"),
    "Verification": Whose("subject_by_id", "worker_id"),
    "Education": Whose("subject_by_snils", "worker_snils"),
    "Credential": Whose("subject_by_snils", "worker_snils"),
    "QualificationCategory": Whose("subject_by_snils", "worker_snils"),
    "Training": Whose("subject_by_snils", "worker_snils"),
    "Department": Whose("organization_by_oid", "organization_oid"),
    "Viewer": Whose("subject_by_snils", "snils"),
    "Finding": Whose("finding_subject", "about"),
    "FindingEvidence": Whose("finding_subject", "about"),
}
"""By noun. A record that is not here, an organization's, tells by itself whom it is about."""

PERSONS: Final = frozenset(WHOSE) - {"Department"}
"""The nouns whose records are about a person."""

_ORGANIZATION: Final = ("oid", "parent_oid", "region_code")

NEEDS: Final[Mapping[str, Needs]] = {
    **{
        noun: {noun: (whose.column,)}
        for noun, whose in WHOSE.items()
        if noun in PERSONS - {"Eligibility", "Verification", "Viewer", "Finding", "FindingEvidence"}
    },
    # Whoever works in a department is looked at beside it: each of them may be told of or not.
    "Department": {
        "Department": ("organization_oid",),
        "Organization": _ORGANIZATION,
        "Employment": ("worker_id",),
    },
    "Organization": {"Organization": _ORGANIZATION},
}
"""By noun: the columns, of which nouns, by which a record's subject is found."""


def is_watched(type_name: str, field_class: FieldClass) -> bool:
    """Whether the release of such a field of such a record is kept on record."""
    return field_class in WATCHED and type_name in PERSONS


async def subject(record: Any, context: Context) -> PersonSubject | OrganizationSubject:
    """The person or organization that a record is about."""
    whose = WHOSE.get(record.noun)
    if whose is None:
        return about(record)
    key = attrgetter(whose.column)(record)
    if key is None:
        return NOBODY
    return about(await getattr(context.loaders, whose.loader).load(key))


def about(found: Any) -> PersonSubject | OrganizationSubject:
    """What is known of a person, or an organization's record, in the words of the row rules."""
    if found is None:
        return NOBODY
    if isinstance(found, Subject):
        return PersonSubject(found.snils, found.region_code, frozenset(found.organization_oids))
    return OrganizationSubject(found.oid, found.parent_oid, found.region_code)

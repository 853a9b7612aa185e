"""Which workers: by the worker registry's facts, and by what belongs to them in all four."""

import datetime as dt
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from projections.eligibility import EligibilityReason
from resolvers.search.facts import exactly, have_all, is_, of_the_same, one_of, related, since, until, within
from schema.directives import OPEN
from schema.eligibility import Eligibility
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange
from schema.filters.where import ALL, CODES, PUBLIC, Where, all_these, any_of_these, not_this, texts
from schema.worker import Sex, Worker, WorkerStatus
from sources.keys import RegistryNumber
from sources.worker import WorkerFilter

if TYPE_CHECKING:
    from schema.filters.credential import CredentialsWhere
    from schema.filters.employment import EmploymentsWhere
    from schema.filters.license import LicensesWhere
    from schema.filters.qualification import CategoriesWhere, EducationsWhere, TrainingsWhere
    from schema.filters.restriction import RestrictionsWhere

WORKER = partial(class_of, Worker)
"""The class of a worker's field: that of what asks by it."""

ELIGIBILITY = partial(class_of, Eligibility)


@strawberry.enum(description="Kind of document that a worker may have.", directives=OPEN)
class DocumentKind(StrEnum):
    """Kind of document that a worker may have."""

    EDUCATION = "EDUCATION"
    CREDENTIAL = "CREDENTIAL"
    CATEGORY = "CATEGORY"
    TRAINING = "TRAINING"
    LICENSE = "LICENSE"


DOCUMENTS = {
    "EDUCATION": "educations",
    "CREDENTIAL": "credentials",
    "CATEGORY": "categories",
    "TRAINING": "trainings",
    "LICENSE": "own_licenses",
}
"""The relation by which a worker has each kind of document."""


@strawberry.input(description=f"Whether a worker may practise today, and why not. {ALL}")
class EligibilityWhere(Where):
    """Whether a worker may practise today, and why not."""

    allowed: bool | None = asked(ELIGIBILITY("allowed"), "Whether he may.", reads=is_("allowed"))
    reasons: list[EligibilityReason] | None = asked(
        ELIGIBILITY("reasons"), "Reasons against; one of them.", reads=one_of("reasons")
    )


@strawberry.input(description=f"Which workers. {ALL}")
class WorkerWhere(Where):
    """Which workers."""

    last_name: str | None = asked(
        WORKER("last_name"), "Surname, whole; case and ё/е do not matter.", reads=exactly("last_name")
    )
    first_name: str | None = asked(WORKER("first_name"), "First name, whole.", reads=exactly("first_name"))
    middle_name: str | None = asked(WORKER("middle_name"), "Patronymic, whole.", reads=exactly("middle_name"))
    regions: list[str] | None = asked(WORKER("region"), f"Regions. {CODES}", reads=one_of("region"))
    statuses: list[WorkerStatus] | None = asked(
        WORKER("status"), "Status: one of these.", reads=one_of("status")
    )
    registered_from: dt.date | None = asked(
        WORKER("registered_on"), "Registered on or after that day.", reads=since("registered_on")
    )
    registered_to: dt.date | None = asked(
        WORKER("registered_on"), "Registered on or before that day.", reads=until("registered_on")
    )
    and_: list["WorkerWhere"] | None = all_these()
    or_: list["WorkerWhere"] | None = any_of_these()
    not_: "WorkerWhere | None" = not_this()
    registry_numbers: list[RegistryNumber] | None = asked(
        WORKER("registry_number"), "Numbers of records: one of these.", reads=one_of("registry_number")
    )
    sexes: list[Sex] | None = asked(WORKER("sex"), "Sex: one of these.", reads=one_of("sex"))
    registered_on: DateRange | None = asked(
        WORKER("registered_on"), "Day on which the record was made.", reads=within("registered_on")
    )
    born_on: dt.date | None = asked(WORKER("birth_date"), "Date of birth.", reads=is_("born_on"))
    born: DateRange | None = asked(
        WORKER("birth_date"), "Date of birth, from one day to another.", reads=within("born_on")
    )
    employments: Annotated["EmploymentsWhere", strawberry.lazy("schema.filters.employment")] | None = asked(
        WORKER("employments"), "His employments, ended ones too.", reads=related("employments")
    )
    credentials: Annotated["CredentialsWhere", strawberry.lazy("schema.filters.credential")] | None = asked(
        WORKER("credentials"), "His certificates and accreditations.", reads=related("credentials")
    )
    categories: Annotated["CategoriesWhere", strawberry.lazy("schema.filters.qualification")] | None = asked(
        WORKER("categories"), "His qualification categories.", reads=related("categories")
    )
    educations: Annotated["EducationsWhere", strawberry.lazy("schema.filters.qualification")] | None = asked(
        WORKER("educations"), "His education documents.", reads=related("educations")
    )
    trainings: Annotated["TrainingsWhere", strawberry.lazy("schema.filters.qualification")] | None = asked(
        WORKER("trainings"), "His continuing education.", reads=related("trainings")
    )
    restrictions: Annotated["RestrictionsWhere", strawberry.lazy("schema.filters.restriction")] | None = (
        asked(
            WORKER("restrictions"),
            "Practice bans, suspensions and reprimands.",
            reads=related("restrictions"),
        )
    )
    licenses: Annotated["LicensesWhere", strawberry.lazy("schema.filters.license")] | None = asked(
        WORKER("licenses"), "Licences, his own or of an employer now.", reads=related("licenses")
    )
    own_licenses: Annotated["LicensesWhere", strawberry.lazy("schema.filters.license")] | None = asked(
        WORKER("licenses"), "Licences that he holds as a sole proprietor.", reads=related("own_licenses")
    )
    eligibility: EligibilityWhere | None = asked(
        WORKER("eligibility"), "Whether he may practise today.", reads=of_the_same
    )
    has_documents: list[DocumentKind] | None = asked(
        PUBLIC, "He has a document of each of these kinds.", reads=have_all(DOCUMENTS)
    )

    REGISTRY: ClassVar[frozenset[str]] = frozenset(
        {
            "last_name",
            "first_name",
            "middle_name",
            "regions",
            "statuses",
            "registered_from",
            "registered_to",
        }
    )

    def by_registry(self) -> WorkerFilter | None:
        """The same in the registry's words, where it can filter by all of it."""
        if not self.is_own:
            return None
        return WorkerFilter(
            self.last_name,
            self.first_name,
            self.middle_name,
            texts(self.regions),
            texts(self.statuses),
            self.registered_from,
            self.registered_to,
        )

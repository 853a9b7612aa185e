"""Every loader of one operation, a line each. They share the operation's columns and count its calls."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from loaders.base import ManyByKey, OneByKey
from loaders.license import LicensesByOrganization
from loaders.usage import Usage
from sources.errors import SourceError
from sources.keys import Holder, LicenseNumber, Oid, RegistryNumber, Snils
from sources.license import LicenseActivityRecord, LicenseEventRecord, LicenseFilter, LicenseRecord
from sources.organization import DepartmentRecord, OrganizationFilter, OrganizationRecord, StaffingUnitRecord
from sources.qualification import CategoryRecord, CredentialRecord, EducationRecord, TrainingRecord
from sources.registry import Registry
from sources.rows import Columns
from sources.sources import Sources
from sources.worker import (
    AbsenceRecord,
    EmploymentRecord,
    Occupied,
    RestrictionRecord,
    Subject,
    WorkerFilter,
    WorkerRecord,
)

K = TypeVar("K")
V = TypeVar("V")

DepartmentKey = tuple[Oid, UUID]
"""A department with its organization, under which the worker registry finds its employments."""


@dataclass(frozen=True, slots=True)
class EmploymentPage:
    """Which page of an organization's employments: lasting ones, ended ones or all; after which; how many."""

    current: bool | None
    after: UUID | None
    limit: int


class Loaders:
    """The loaders of one operation, made when first used."""

    def __init__(
        self, sources: Sources, columns: Mapping[str, Columns], usage: Usage, today: dt.date
    ) -> None:
        self._workers = sources.workers
        self._organizations = sources.organizations
        self._licenses = sources.licenses
        self._qualifications = sources.qualifications
        self._columns = columns
        self._today = today
        self._employment_pages: dict[EmploymentPage, ManyByKey[Oid, EmploymentRecord]] = {}
        self._employment_counts: dict[bool | None, OneByKey[Oid, int]] = {}
        self._expiring: dict[dt.date, ManyByKey[Snils, CredentialRecord]] = {}
        self.usage = usage
        self.dictionaries = sources.dictionaries

    def _columned(
        self, registry: Registry, noun: str, read: Callable[[Sequence[K], Columns], Awaitable[Mapping[K, V]]]
    ) -> Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]:
        columns = self._columns.get(noun, ())
        return self._counted(registry, lambda keys: read(keys, columns))

    def _counted(
        self, registry: Registry, read: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
    ) -> Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]:
        async def counted(keys: Sequence[K]) -> Mapping[K, V]:
            return await self._ask(registry, read(keys))

        return counted

    async def _ask(self, registry: Registry, answer: Awaitable[V]) -> V:
        """The answer of a registry, counted; a failure is noted and passed on."""
        self.usage.ask(registry)
        try:
            return await answer
        except SourceError:
            self.usage.fail(registry)
            raise

    # Worker registry

    @cached_property
    def worker_by_id(self) -> OneByKey[UUID, WorkerRecord]:
        return OneByKey(self._columned(Registry.WORKERS, "Worker", self._workers.workers_by_id))

    @cached_property
    def worker_by_snils(self) -> OneByKey[Snils, WorkerRecord]:
        return OneByKey(self._columned(Registry.WORKERS, "Worker", self._workers.workers_by_snils))

    @cached_property
    def worker_by_registry_number(self) -> OneByKey[RegistryNumber, WorkerRecord]:
        return OneByKey(self._columned(Registry.WORKERS, "Worker", self._workers.workers_by_registry_number))

    @cached_property
    def employment_by_id(self) -> OneByKey[UUID, EmploymentRecord]:
        return OneByKey(self._columned(Registry.WORKERS, "Employment", self._workers.employments_by_id))

    @cached_property
    def employments_by_worker(self) -> ManyByKey[UUID, EmploymentRecord]:
        return ManyByKey(self._columned(Registry.WORKERS, "Employment", self._workers.employments_by_worker))

    @cached_property
    def employments_by_department(self) -> ManyByKey[DepartmentKey, EmploymentRecord]:
        return ManyByKey(
            self._columned(Registry.WORKERS, "Employment", self._workers.employments_by_department)
        )

    @cached_property
    def restrictions_by_worker(self) -> ManyByKey[UUID, RestrictionRecord]:
        return ManyByKey(
            self._columned(Registry.WORKERS, "Restriction", self._workers.restrictions_by_worker)
        )

    @cached_property
    def absences_by_employment(self) -> ManyByKey[UUID, AbsenceRecord]:
        return ManyByKey(self._columned(Registry.WORKERS, "Absence", self._workers.absences_by_employment))

    # Organization registry

    @cached_property
    def organization_by_oid(self) -> OneByKey[Oid, OrganizationRecord]:
        return OneByKey(
            self._columned(Registry.ORGANIZATIONS, "Organization", self._organizations.organizations_by_oid)
        )

    @cached_property
    def organization_by_holder(self) -> OneByKey[Holder, OrganizationRecord]:
        return OneByKey(
            self._columned(
                Registry.ORGANIZATIONS, "Organization", self._organizations.organizations_by_holder
            )
        )

    @cached_property
    def organizations_by_parent(self) -> ManyByKey[Oid, OrganizationRecord]:
        return ManyByKey(
            self._columned(
                Registry.ORGANIZATIONS, "Organization", self._organizations.organizations_by_parent
            )
        )

    @cached_property
    def department_by_id(self) -> OneByKey[UUID, DepartmentRecord]:
        return OneByKey(
            self._columned(Registry.ORGANIZATIONS, "Department", self._organizations.departments_by_id)
        )

    @cached_property
    def departments_by_organization(self) -> ManyByKey[Oid, DepartmentRecord]:
        return ManyByKey(
            self._columned(
                Registry.ORGANIZATIONS, "Department", self._organizations.departments_by_organization
            )
        )

    @cached_property
    def staffing_unit_by_id(self) -> OneByKey[UUID, StaffingUnitRecord]:
        return OneByKey(
            self._columned(Registry.ORGANIZATIONS, "StaffingUnit", self._organizations.staffing_units_by_id)
        )

    @cached_property
    def staffing_units_by_organization(self) -> ManyByKey[Oid, StaffingUnitRecord]:
        return ManyByKey(
            self._columned(
                Registry.ORGANIZATIONS, "StaffingUnit", self._organizations.staffing_units_by_organization
            )
        )

    # Licence registry

    @cached_property
    def license_by_id(self) -> OneByKey[UUID, LicenseRecord]:
        return OneByKey(self._columned(Registry.LICENSES, "License", self._licenses.licenses_by_id))

    @cached_property
    def license_by_number(self) -> OneByKey[LicenseNumber, LicenseRecord]:
        return OneByKey(self._columned(Registry.LICENSES, "License", self._licenses.licenses_by_number))

    @cached_property
    def licenses_by_worker(self) -> ManyByKey[Snils, LicenseRecord]:
        return ManyByKey(self._columned(Registry.LICENSES, "License", self._licenses.licenses_by_worker))

    @cached_property
    def activity_by_id(self) -> OneByKey[UUID, LicenseActivityRecord]:
        return OneByKey(self._columned(Registry.LICENSES, "LicenseActivity", self._licenses.activities_by_id))

    @cached_property
    def activities_by_license(self) -> ManyByKey[UUID, LicenseActivityRecord]:
        return ManyByKey(
            self._columned(Registry.LICENSES, "LicenseActivity", self._licenses.activities_by_license)
        )

    @cached_property
    def event_by_id(self) -> OneByKey[UUID, LicenseEventRecord]:
        return OneByKey(self._columned(Registry.LICENSES, "LicenseEvent", self._licenses.events_by_id))

    @cached_property
    def events_by_license(self) -> ManyByKey[UUID, LicenseEventRecord]:
        return ManyByKey(self._columned(Registry.LICENSES, "LicenseEvent", self._licenses.events_by_license))

    # Qualification registry

    @cached_property
    def education_by_id(self) -> OneByKey[UUID, EducationRecord]:
        return OneByKey(
            self._columned(Registry.QUALIFICATIONS, "Education", self._qualifications.educations_by_id)
        )

    @cached_property
    def educations_by_worker(self) -> ManyByKey[Snils, EducationRecord]:
        return ManyByKey(
            self._columned(Registry.QUALIFICATIONS, "Education", self._qualifications.educations_by_worker)
        )

    @cached_property
    def credential_by_id(self) -> OneByKey[UUID, CredentialRecord]:
        return OneByKey(
            self._columned(Registry.QUALIFICATIONS, "Credential", self._qualifications.credentials_by_id)
        )

    @cached_property
    def credential_by_number(self) -> OneByKey[str, CredentialRecord]:
        return OneByKey(
            self._columned(Registry.QUALIFICATIONS, "Credential", self._qualifications.credentials_by_number)
        )

    @cached_property
    def credentials_by_worker(self) -> ManyByKey[Snils, CredentialRecord]:
        return ManyByKey(
            self._columned(Registry.QUALIFICATIONS, "Credential", self._qualifications.credentials_by_worker)
        )

    @cached_property
    def category_by_id(self) -> OneByKey[UUID, CategoryRecord]:
        return OneByKey(
            self._columned(
                Registry.QUALIFICATIONS, "QualificationCategory", self._qualifications.categories_by_id
            )
        )

    @cached_property
    def categories_by_worker(self) -> ManyByKey[Snils, CategoryRecord]:
        return ManyByKey(
            self._columned(
                Registry.QUALIFICATIONS, "QualificationCategory", self._qualifications.categories_by_worker
            )
        )

    @cached_property
    def training_by_id(self) -> OneByKey[UUID, TrainingRecord]:
        return OneByKey(
            self._columned(Registry.QUALIFICATIONS, "Training", self._qualifications.trainings_by_id)
        )

    @cached_property
    def trainings_by_worker(self) -> ManyByKey[Snils, TrainingRecord]:
        return ManyByKey(
            self._columned(Registry.QUALIFICATIONS, "Training", self._qualifications.trainings_by_worker)
        )

    # Facts that are not rows of one table

    @cached_property
    def subject_by_id(self) -> OneByKey[UUID, Subject]:
        return OneByKey(self._counted(Registry.WORKERS, self._workers.subjects_by_id))

    @cached_property
    def subject_by_snils(self) -> OneByKey[Snils, Subject]:
        return OneByKey(self._counted(Registry.WORKERS, self._workers.subjects_by_snils))

    @cached_property
    def occupied_by_organization(self) -> ManyByKey[Oid, Occupied]:
        read = self._workers.occupied_by_organization
        return ManyByKey(self._counted(Registry.WORKERS, lambda keys: read(keys, self._today)))

    @cached_property
    def staff_by_organization(self) -> ManyByKey[Oid, Snils]:
        read = self._workers.staff_by_organization
        return ManyByKey(self._counted(Registry.WORKERS, lambda keys: read(keys, self._today)))

    @cached_property
    def licenses_by_organization(self) -> LicensesByOrganization:
        read = self._columned(Registry.LICENSES, "License", self._licenses.licenses_by_holder)
        return LicensesByOrganization(read, self.organization_by_holder)

    def credentials_expiring(self, until: dt.date) -> ManyByKey[Snils, CredentialRecord]:
        """Credentials of a worker that end from today until that day."""
        columns, read = (
            self._columns.get("Credential", ()),
            self._qualifications.credentials_expiring_by_worker,
        )

        async def expiring(keys: Sequence[Snils]) -> Mapping[Snils, Sequence[CredentialRecord]]:
            return await read(keys, self._today, until, columns)

        if until not in self._expiring:
            self._expiring[until] = ManyByKey(self._counted(Registry.QUALIFICATIONS, expiring))
        return self._expiring[until]

    # Pages of connections

    def employments_page(self, page: EmploymentPage) -> ManyByKey[Oid, EmploymentRecord]:
        """One page of the employments of each organization."""
        columns, read = self._columns.get("Employment", ()), self._workers.employments_page_by_organization

        async def rows(keys: Sequence[Oid]) -> Mapping[Oid, Sequence[EmploymentRecord]]:
            return await read(keys, columns, current=page.current, after=page.after, limit=page.limit)

        if page not in self._employment_pages:
            self._employment_pages[page] = ManyByKey(self._counted(Registry.WORKERS, rows))
        return self._employment_pages[page]

    def employments_count(self, current: bool | None) -> OneByKey[Oid, int]:
        """How many employments each organization has."""
        read = self._workers.employments_count_by_organization

        async def counts(keys: Sequence[Oid]) -> Mapping[Oid, int]:
            return await read(keys, current=current)

        if current not in self._employment_counts:
            self._employment_counts[current] = OneByKey(self._counted(Registry.WORKERS, counts))
        return self._employment_counts[current]

    async def workers_page(
        self, where: WorkerFilter, after: RegistryNumber | None, limit: int
    ) -> Sequence[WorkerRecord]:
        """Workers by registry number, from after that one."""
        columns = self._columns.get("Worker", ())
        return await self._ask(Registry.WORKERS, self._workers.workers_page(where, after, limit, columns))

    async def workers_count(self, where: WorkerFilter) -> int:
        """How many workers the filter lets through."""
        return await self._ask(Registry.WORKERS, self._workers.workers_count(where))

    async def organizations_page(
        self, where: OrganizationFilter, after: Oid | None, limit: int
    ) -> Sequence[OrganizationRecord]:
        """Organizations by OID, from after that one."""
        columns = self._columns.get("Organization", ())
        page = self._organizations.organizations_page(where, after, limit, columns)
        return await self._ask(Registry.ORGANIZATIONS, page)

    async def organizations_count(self, where: OrganizationFilter) -> int:
        """How many organizations the filter lets through."""
        return await self._ask(Registry.ORGANIZATIONS, self._organizations.organizations_count(where))

    async def licenses_page(
        self, where: LicenseFilter, after: LicenseNumber | None, limit: int
    ) -> Sequence[LicenseRecord]:
        """Licences by number, from after that one."""
        columns = self._columns.get("License", ())
        return await self._ask(Registry.LICENSES, self._licenses.licenses_page(where, after, limit, columns))

    async def licenses_count(self, where: LicenseFilter) -> int:
        """How many licences the filter lets through."""
        return await self._ask(Registry.LICENSES, self._licenses.licenses_count(where))

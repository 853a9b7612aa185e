"""Pages of connections and their counts, each asked once for all the organizations it stands under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from loaders.base import ManyByKey, OneByKey
from loaders.usage import Usage
from sources.keys import LicenseNumber, Oid, RegistryNumber
from sources.license import LicenseFilter, LicenseRecord
from sources.organization import OrganizationFilter, OrganizationRecord
from sources.registry import Registry
from sources.rows import Columns
from sources.sources import Sources
from sources.worker import EmploymentRecord, WorkerFilter, WorkerRecord


@dataclass(frozen=True, slots=True)
class EmploymentPage:
    """Which page of an organization's employments: lasting ones, ended ones or all; after which; how many."""

    current: bool | None
    after: UUID | None
    limit: int


class Pages:
    """The pages and counts that one operation asks for."""

    def __init__(self, sources: Sources, columns: Mapping[str, Columns], usage: Usage) -> None:
        self._sources = sources
        self._columns = columns
        self._usage = usage
        self._employments: dict[EmploymentPage, ManyByKey[Oid, EmploymentRecord]] = {}
        self._employment_counts: dict[bool | None, OneByKey[Oid, int]] = {}

    def employments(self, page: EmploymentPage) -> ManyByKey[Oid, EmploymentRecord]:
        """One page of the employments of each organization, by id."""
        read, columns = self._sources.workers.employments_page_by_organization, self._of("Employment")

        async def rows(keys: Sequence[Oid]) -> Mapping[Oid, Sequence[EmploymentRecord]]:
            asked = read(keys, columns, current=page.current, after=page.after, limit=page.limit)
            return await self._usage.of(Registry.WORKERS, asked)

        if page not in self._employments:
            self._employments[page] = ManyByKey(rows)
        return self._employments[page]

    def employment_counts(self, current: bool | None) -> OneByKey[Oid, int]:
        """How many employments each organization has."""
        read = self._sources.workers.employments_count_by_organization

        async def counts(keys: Sequence[Oid]) -> Mapping[Oid, int]:
            return await self._usage.of(Registry.WORKERS, read(keys, current=current))

        if current not in self._employment_counts:
            self._employment_counts[current] = OneByKey(counts)
        return self._employment_counts[current]

    async def workers(
        self, where: WorkerFilter, after: RegistryNumber | None, limit: int
    ) -> Sequence[WorkerRecord]:
        """Workers by registry number, from after that one."""
        read = self._sources.workers.workers_page(where, after, limit, self._of("Worker"))
        return await self._usage.of(Registry.WORKERS, read)

    async def worker_count(self, where: WorkerFilter) -> int:
        """How many workers the filter lets through."""
        return await self._usage.of(Registry.WORKERS, self._sources.workers.workers_count(where))

    async def organizations(
        self, where: OrganizationFilter, after: Oid | None, limit: int
    ) -> Sequence[OrganizationRecord]:
        """Organizations by OID, from after that one."""
        read = self._sources.organizations.organizations_page(where, after, limit, self._of("Organization"))
        return await self._usage.of(Registry.ORGANIZATIONS, read)

    async def organization_count(self, where: OrganizationFilter) -> int:
        """How many organizations the filter lets through."""
        counted = self._sources.organizations.organizations_count(where)
        return await self._usage.of(Registry.ORGANIZATIONS, counted)

    async def licenses(
        self, where: LicenseFilter, after: LicenseNumber | None, limit: int
    ) -> Sequence[LicenseRecord]:
        """Licences by number, from after that one."""
        read = self._sources.licenses.licenses_page(where, after, limit, self._of("License"))
        return await self._usage.of(Registry.LICENSES, read)

    async def license_count(self, where: LicenseFilter) -> int:
        """How many licences the filter lets through."""
        return await self._usage.of(Registry.LICENSES, self._sources.licenses.licenses_count(where))

    def _of(self, noun: str) -> Columns:
        return self._columns.get(noun, ())

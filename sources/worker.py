"""What the worker registry (ФРМР) says: its records, and the reads it answers. Knows no SQL.

Every read takes keys and columns and returns a map: a key that the registry does not know is not in it.
Rows hold the asked columns and the read's key columns. "Current on a day": begun by that
day and not ended before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from sources.feed import Feed
from sources.keys import Inn, Oid, RegistryNumber, Snils
from sources.rows import Columns


class WorkerColumns(NamedTuple):
    """The columns of `worker`, in its order."""

    id: UUID
    registry_number: RegistryNumber
    snils: Snils
    last_name: str
    first_name: str
    middle_name: str | None
    former_last_name: str | None
    sex: str
    birth_date: date
    birth_place: str | None
    citizenship: str
    inn: Inn | None
    passport_series: str | None
    passport_number: str | None
    phone: str | None
    email: str | None
    residence_address: str | None
    region_code: str
    status: str
    registered_on: date
    updated_at: datetime
    revision: int


class WorkerRecord(WorkerColumns):
    """A medical worker's record (медработник, ФРМР)."""

    __slots__ = ()
    noun: ClassVar[str] = "Worker"


class EmploymentColumns(NamedTuple):
    """The columns of `employment`, in its order."""

    id: UUID
    worker_id: UUID
    organization_oid: Oid
    department_id: UUID | None
    position_code: str
    position_level: str | None
    kind: str
    rate: Decimal
    personnel_number: str | None
    started_on: date
    ended_on: date | None
    updated_at: datetime
    revision: int


class EmploymentRecord(EmploymentColumns):
    """One post of a worker in an organization (личное дело, место работы)."""

    __slots__ = ()
    noun: ClassVar[str] = "Employment"


class RestrictionColumns(NamedTuple):
    """The columns of `restriction`, in its order."""

    id: UUID
    worker_id: UUID
    kind: str
    reason: str
    authority: str
    document_number: str
    imposed_on: date
    lifted_on: date | None
    updated_at: datetime
    revision: int


class RestrictionRecord(RestrictionColumns):
    """A limit on a worker's practice, or a disciplinary measure (ограничение, взыскание)."""

    __slots__ = ()
    noun: ClassVar[str] = "Restriction"


class AbsenceColumns(NamedTuple):
    """The columns of `absence`, in its order."""

    id: UUID
    employment_id: UUID
    kind: str
    started_on: date
    ended_on: date | None
    updated_at: datetime
    revision: int


class AbsenceRecord(AbsenceColumns):
    """Leave of an employee who stays employed (временное отсутствие)."""

    __slots__ = ()
    noun: ClassVar[str] = "Absence"


class Occupied(NamedTuple):
    """Rates and people on one position of an organization."""

    position_code: str
    rate: Decimal
    people: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What row rules ask about a worker: region, and the organizations that employ him today."""

    id: UUID
    snils: Snils
    region_code: str
    organization_oids: frozenset[Oid]


@dataclass(frozen=True, slots=True)
class WorkerFilter:
    """What the worker registry can filter by; None does not filter. Names: exact, but for case and ё."""

    last_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    region_codes: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    registered_from: date | None = None
    registered_to: date | None = None


class WorkerSource(Feed, Protocol):
    """The worker registry's reads."""

    async def workers_by_id(self, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, WorkerRecord]: ...

    async def workers_by_snils(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, WorkerRecord]: ...

    async def workers_by_registry_number(
        self, keys: Sequence[RegistryNumber], columns: Columns
    ) -> Mapping[RegistryNumber, WorkerRecord]: ...

    async def workers_page(
        self, asked: WorkerFilter, after: RegistryNumber | None, limit: int, columns: Columns
    ) -> Sequence[WorkerRecord]:
        """At most `limit` workers that pass the filter, by registry number, after the given one."""
        ...

    async def workers_count(self, asked: WorkerFilter) -> int:
        """How many workers pass the filter, exactly."""
        ...

    async def employments_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, EmploymentRecord]: ...

    async def employments_by_worker(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[EmploymentRecord]]:
        """By the worker's id; in order of start, then id."""
        ...

    async def employments_by_department(
        self, keys: Sequence[tuple[Oid, UUID]], columns: Columns
    ) -> Mapping[tuple[Oid, UUID], Sequence[EmploymentRecord]]:
        """By organization and department; in order of start, then id."""
        ...

    async def employments_page_by_organization(
        self,
        keys: Sequence[Oid],
        columns: Columns,
        *,
        current: bool | None,
        after: UUID | None,
        limit: int,
    ) -> Mapping[Oid, Sequence[EmploymentRecord]]:
        """At most `limit` of each, by id, after the given one; those current today, the others, or all."""
        ...

    async def employments_count_by_organization(
        self, keys: Sequence[Oid], *, current: bool | None
    ) -> Mapping[Oid, int]:
        """How many each has, current today, the others, or all; one without any is not in the map."""
        ...

    async def restrictions_by_worker(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[RestrictionRecord]]:
        """By the worker's id; in the order they were imposed, then id."""
        ...

    async def absences_by_employment(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[AbsenceRecord]]:
        """By the employment's id; in order of start, then id."""
        ...

    async def occupied_by_organization(
        self, keys: Sequence[Oid], on: date
    ) -> Mapping[Oid, Sequence[Occupied]]:
        """The rates and people of employments current on a day, by position code."""
        ...

    async def staff_by_organization(self, keys: Sequence[Oid], on: date) -> Mapping[Oid, Sequence[Snils]]:
        """The people employed on a day, each once, by SNILS."""
        ...

    async def people_by_organization(self, keys: Sequence[Oid], on: date) -> Mapping[Oid, int]:
        """How many people each employs on a day; one that employs nobody is not in the map."""
        ...

    async def subjects_by_snils(self, keys: Sequence[Snils]) -> Mapping[Snils, Subject]: ...

    async def subjects_by_id(self, keys: Sequence[UUID]) -> Mapping[UUID, Subject]: ...

"""The worker registry, read from PostgreSQL."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sources.keys import Oid, RegistryNumber, Snils
from sources.names import spellings
from sources.rows import Columns
from sources.sql import staff
from sources.sql.database import Database
from sources.sql.feed import SqlFeed
from sources.sql.keys import key_values
from sources.sql.listing import Listing, among, given, since, until
from sources.sql.read import Read, by
from sources.sql.statement import Statement
from sources.tables.worker import absence, employment, restriction, worker
from sources.worker import (
    AbsenceRecord,
    EmploymentRecord,
    Occupied,
    RestrictionRecord,
    Subject,
    WorkerFilter,
    WorkerRecord,
)

WORKERS_BY_ID: Read[UUID, WorkerRecord] = by(WorkerRecord, worker, "id")
WORKERS_BY_SNILS: Read[Snils, WorkerRecord] = by(WorkerRecord, worker, "snils")
WORKERS_BY_REGISTRY_NUMBER: Read[RegistryNumber, WorkerRecord] = by(WorkerRecord, worker, "registry_number")
EMPLOYMENTS_BY_ID: Read[UUID, EmploymentRecord] = by(EmploymentRecord, employment, "id")
EMPLOYMENTS_BY_WORKER: Read[UUID, EmploymentRecord] = by(
    EmploymentRecord, employment, "worker_id", "started_on", "id"
)
EMPLOYMENTS_BY_DEPARTMENT: Read[tuple[Oid, UUID], EmploymentRecord] = staff.by_department()
EMPLOYMENTS_PAGES: Mapping[tuple[bool | None, bool], Read[Oid, EmploymentRecord]] = {
    (current, goes_on): staff.page_by_organization(current=current, goes_on=goes_on)
    for current in (None, True, False)
    for goes_on in (True, False)
}
RESTRICTIONS_BY_WORKER: Read[UUID, RestrictionRecord] = by(
    RestrictionRecord, restriction, "worker_id", "imposed_on", "id"
)
ABSENCES_BY_EMPLOYMENT: Read[UUID, AbsenceRecord] = by(
    AbsenceRecord, absence, "employment_id", "started_on", "id"
)

EMPLOYMENTS_COUNTS = {
    current: staff.count_by_organization(current=current) for current in (None, True, False)
}
OCCUPIED = staff.occupied_by_organization()
STAFF = staff.staff_by_organization()
PEOPLE = staff.people_by_organization()
SUBJECTS_BY_ID = staff.subjects_by("id")
SUBJECTS_BY_SNILS = staff.subjects_by("snils")

NAMES = ("last_name", "first_name", "middle_name")

CONDITIONS = {
    **{name: among(worker, name, name) for name in NAMES},
    "region_codes": among(worker, "region_code", "region_codes"),
    "statuses": among(worker, "status", "statuses"),
    "registered_from": since(worker, "registered_on", "registered_from"),
    "registered_to": until(worker, "registered_on", "registered_to"),
}

NOUNS = {
    WorkerRecord.noun: worker,
    EmploymentRecord.noun: employment,
    RestrictionRecord.noun: restriction,
    AbsenceRecord.noun: absence,
}


class SqlWorkers(SqlFeed):
    """A WorkerSource over its database; `today` says which employments are current."""

    def __init__(self, database: Database, today: Callable[[], date]) -> None:
        super().__init__(database, NOUNS)
        self._today = today
        self._listing = Listing(database, WorkerRecord, worker, "registry_number", CONDITIONS)

    async def workers_by_id(self, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, WorkerRecord]:
        return await self._database.one(WORKERS_BY_ID, keys, columns)

    async def workers_by_snils(self, keys: Sequence[Snils], columns: Columns) -> Mapping[Snils, WorkerRecord]:
        return await self._database.one(WORKERS_BY_SNILS, keys, columns)

    async def workers_by_registry_number(
        self, keys: Sequence[RegistryNumber], columns: Columns
    ) -> Mapping[RegistryNumber, WorkerRecord]:
        return await self._database.one(WORKERS_BY_REGISTRY_NUMBER, keys, columns)

    async def workers_page(
        self, asked: WorkerFilter, after: RegistryNumber | None, limit: int, columns: Columns
    ) -> Sequence[WorkerRecord]:
        return await self._listing.page(_given(asked), after, limit, columns)

    async def workers_count(self, asked: WorkerFilter) -> int:
        return await self._listing.count(_given(asked))

    async def employments_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, EmploymentRecord]:
        return await self._database.one(EMPLOYMENTS_BY_ID, keys, columns)

    async def employments_by_worker(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[EmploymentRecord]]:
        return await self._database.many(EMPLOYMENTS_BY_WORKER, keys, columns)

    async def employments_by_department(
        self, keys: Sequence[tuple[Oid, UUID]], columns: Columns
    ) -> Mapping[tuple[Oid, UUID], Sequence[EmploymentRecord]]:
        found = await self._database.many(EMPLOYMENTS_BY_DEPARTMENT, keys, columns)
        # An employment may name one of the organizations and a department that was asked with another.
        return {key: found[key] for key in keys if key in found}

    async def employments_page_by_organization(
        self,
        keys: Sequence[Oid],
        columns: Columns,
        *,
        current: bool | None,
        after: UUID | None,
        limit: int,
    ) -> Mapping[Oid, Sequence[EmploymentRecord]]:
        read = EMPLOYMENTS_PAGES[current, after is not None]
        values = {"after": after, "limit": limit, "day": self._today()}
        return await self._database.many(read, keys, columns, **values)

    async def employments_count_by_organization(
        self, keys: Sequence[Oid], *, current: bool | None
    ) -> Mapping[Oid, int]:
        statement, day = EMPLOYMENTS_COUNTS[current], self._today()
        return dict(map(tuple, await self._facts(statement, staff.ORGANIZATION, keys, day=day)))

    async def restrictions_by_worker(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[RestrictionRecord]]:
        return await self._database.many(RESTRICTIONS_BY_WORKER, keys, columns)

    async def absences_by_employment(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[AbsenceRecord]]:
        return await self._database.many(ABSENCES_BY_EMPLOYMENT, keys, columns)

    async def occupied_by_organization(
        self, keys: Sequence[Oid], on: date
    ) -> Mapping[Oid, Sequence[Occupied]]:
        groups: dict[Oid, list[Occupied]] = {}
        for oid, *occupied in await self._facts(OCCUPIED, staff.ORGANIZATION, keys, day=on):
            groups.setdefault(oid, []).append(Occupied(*occupied))
        return groups

    async def staff_by_organization(self, keys: Sequence[Oid], on: date) -> Mapping[Oid, Sequence[Snils]]:
        groups: dict[Oid, list[Snils]] = {}
        for oid, snils in await self._facts(STAFF, staff.ORGANIZATION, keys, day=on):
            groups.setdefault(oid, []).append(snils)
        return groups

    async def people_by_organization(self, keys: Sequence[Oid], on: date) -> Mapping[Oid, int]:
        return dict(map(tuple, await self._facts(PEOPLE, staff.ORGANIZATION, keys, day=on)))

    async def subjects_by_snils(self, keys: Sequence[Snils]) -> Mapping[Snils, Subject]:
        rows = await self._facts(SUBJECTS_BY_SNILS, "snils", keys, day=self._today())
        return {subject.snils: subject for subject in map(_subject, rows)}

    async def subjects_by_id(self, keys: Sequence[UUID]) -> Mapping[UUID, Subject]:
        rows = await self._facts(SUBJECTS_BY_ID, "id", keys, day=self._today())
        return {subject.id: subject for subject in map(_subject, rows)}

    async def _facts(
        self, statement: Statement, key: str, keys: Sequence[Any], **values: Any
    ) -> Sequence[Any]:
        """The rows of a statement that answers no record."""
        asked = key_values((key,), keys)
        return await self._database.rows(statement, {**asked, **values}) if asked else ()


def _given(asked: WorkerFilter) -> dict[str, Any]:
    values = given(asked)
    # The registry writes a name in one way, people type it in several.
    for name in values.keys() & set(NAMES):
        values[name] = [spelling for text in values[name] for spelling in spellings(text)]
    return values


def _subject(row: Any) -> Subject:
    key, snils, region_code, oids = row
    return Subject(key, snils, region_code, frozenset(oids))

"""The qualification registry, read from PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sources.keys import Snils
from sources.qualification import CategoryRecord, CredentialRecord, EducationRecord, TrainingRecord
from sources.rows import Columns
from sources.sql.database import Database
from sources.sql.feed import SqlFeed
from sources.sql.listing import since, until
from sources.sql.read import Read, by
from sources.tables.qualification import category, credential, education, training

EDUCATIONS_BY_ID: Read[UUID, EducationRecord] = by(EducationRecord, education, "id")
EDUCATIONS_BY_WORKER: Read[Snils, EducationRecord] = by(
    EducationRecord, education, "worker_snils", "issued_on", "id"
)
CREDENTIALS_BY_ID: Read[UUID, CredentialRecord] = by(CredentialRecord, credential, "id")
CREDENTIALS_BY_NUMBER: Read[str, CredentialRecord] = by(CredentialRecord, credential, "number")
CREDENTIALS_BY_WORKER: Read[Snils, CredentialRecord] = by(
    CredentialRecord, credential, "worker_snils", "issued_on", "id"
)
CREDENTIALS_EXPIRING: Read[Snils, CredentialRecord] = by(
    CredentialRecord,
    credential,
    "worker_snils",
    "valid_until",
    "id",
    where=[
        since(credential, "valid_until", "valid_from"),
        until(credential, "valid_until", "valid_to"),
    ],
)
CATEGORIES_BY_ID: Read[UUID, CategoryRecord] = by(CategoryRecord, category, "id")
CATEGORIES_BY_WORKER: Read[Snils, CategoryRecord] = by(
    CategoryRecord, category, "worker_snils", "assigned_on", "id"
)
TRAININGS_BY_ID: Read[UUID, TrainingRecord] = by(TrainingRecord, training, "id")
TRAININGS_BY_WORKER: Read[Snils, TrainingRecord] = by(
    TrainingRecord, training, "worker_snils", "completed_on", "id"
)

NOUNS = {
    EducationRecord.noun: education,
    CredentialRecord.noun: credential,
    CategoryRecord.noun: category,
    TrainingRecord.noun: training,
}


class SqlQualifications(SqlFeed):
    """A QualificationSource over its database."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, NOUNS)

    async def educations_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, EducationRecord]:
        return await self._database.one(EDUCATIONS_BY_ID, keys, columns)

    async def educations_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[EducationRecord]]:
        return await self._database.many(EDUCATIONS_BY_WORKER, keys, columns)

    async def credentials_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, CredentialRecord]:
        return await self._database.one(CREDENTIALS_BY_ID, keys, columns)

    async def credentials_by_number(
        self, keys: Sequence[str], columns: Columns
    ) -> Mapping[str, CredentialRecord]:
        return await self._database.one(CREDENTIALS_BY_NUMBER, keys, columns)

    async def credentials_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[CredentialRecord]]:
        return await self._database.many(CREDENTIALS_BY_WORKER, keys, columns)

    async def credentials_expiring_by_worker(
        self, keys: Sequence[Snils], valid_from: date, valid_to: date, columns: Columns
    ) -> Mapping[Snils, Sequence[CredentialRecord]]:
        return await self._database.many(
            CREDENTIALS_EXPIRING, keys, columns, valid_from=valid_from, valid_to=valid_to
        )

    async def categories_by_id(self, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, CategoryRecord]:
        return await self._database.one(CATEGORIES_BY_ID, keys, columns)

    async def categories_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[CategoryRecord]]:
        return await self._database.many(CATEGORIES_BY_WORKER, keys, columns)

    async def trainings_by_id(self, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, TrainingRecord]:
        return await self._database.one(TRAININGS_BY_ID, keys, columns)

    async def trainings_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[TrainingRecord]]:
        return await self._database.many(TRAININGS_BY_WORKER, keys, columns)

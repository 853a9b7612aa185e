"""What the qualification registry says: its records, and the reads it answers. Knows no SQL.

Every read takes keys and columns and returns a map: a key that the registry does not know is not in it.
Rows hold the asked columns and the read's key columns.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from sources.feed import Feed
from sources.keys import Snils
from sources.rows import Columns


class EducationColumns(NamedTuple):
    """The columns of `education`, in its order."""

    id: UUID
    worker_snils: Snils
    kind_code: str
    institution: str
    specialty_code: str
    qualification: str | None
    started_year: int | None
    finished_year: int | None
    is_foreign: bool
    document_series: str | None
    document_number: str
    issued_on: date
    verified: bool
    updated_at: datetime
    revision: int


class EducationRecord(EducationColumns):
    """An education document of a worker (документ об образовании)."""

    __slots__ = ()
    noun: ClassVar[str] = "Education"


class CredentialColumns(NamedTuple):
    """The columns of `credential`, in its order."""

    id: UUID
    worker_snils: Snils
    kind: str
    specialty_code: str
    position_code: str | None
    protocol_number: str | None
    number: str
    issued_by: str
    issued_on: date
    valid_until: date
    status: str
    confirmation_url: str | None
    updated_at: datetime
    revision: int


class CredentialRecord(CredentialColumns):
    """A specialist's certificate or an accreditation (сертификат, аккредитация)."""

    __slots__ = ()
    noun: ClassVar[str] = "Credential"


class CategoryColumns(NamedTuple):
    """The columns of `category`, in its order."""

    id: UUID
    worker_snils: Snils
    category: str
    specialty_code: str
    assigned_on: date
    valid_until: date
    order_number: str | None
    updated_at: datetime
    revision: int


class CategoryRecord(CategoryColumns):
    """A qualification category: second, first, highest (квалификационная категория)."""

    __slots__ = ()
    noun: ClassVar[str] = "QualificationCategory"


class TrainingColumns(NamedTuple):
    """The columns of `training`, in its order."""

    id: UUID
    worker_snils: Snils
    title: str
    provider: str
    specialty_code: str
    hours: int
    credits: int
    planned_on: date | None
    completed_on: date | None
    updated_at: datetime
    revision: int


class TrainingRecord(TrainingColumns):
    """A course of continuing education (НМО, повышение квалификации)."""

    __slots__ = ()
    noun: ClassVar[str] = "Training"


class QualificationSource(Feed, Protocol):
    """The qualification registry's reads."""

    async def educations_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, EducationRecord]: ...

    async def educations_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[EducationRecord]]:
        """By the worker's SNILS; in order of issue, then id."""
        ...

    async def credentials_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, CredentialRecord]: ...

    async def credentials_by_number(
        self, keys: Sequence[str], columns: Columns
    ) -> Mapping[str, CredentialRecord]: ...

    async def credentials_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[CredentialRecord]]:
        """By the worker's SNILS; in order of issue, then id."""
        ...

    async def credentials_expiring_by_worker(
        self, keys: Sequence[Snils], valid_from: date, valid_to: date, columns: Columns
    ) -> Mapping[Snils, Sequence[CredentialRecord]]:
        """Those whose last day lies between two days, both included, in any status; by that day, then id."""
        ...

    async def categories_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, CategoryRecord]: ...

    async def categories_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[CategoryRecord]]:
        """By the worker's SNILS; in the order they were assigned, then id."""
        ...

    async def trainings_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, TrainingRecord]: ...

    async def trainings_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[TrainingRecord]]:
        """By the worker's SNILS; in order of completion, planned ones last, then id."""
        ...

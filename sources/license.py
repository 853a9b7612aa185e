"""What the licence registry says: its records, and the reads it answers. Knows no SQL.

Every read takes keys and columns and returns a map: a key that the registry does not know is not in it.
Rows hold the asked columns and the read's key columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from sources.feed import Feed
from sources.keys import Holder, Inn, LicenseNumber, Ogrn, Oid, Snils
from sources.rows import Columns


class LicenseColumns(NamedTuple):
    """The columns of `license`, in its order."""

    id: UUID
    number: LicenseNumber
    old_number: LicenseNumber | None
    holder_kind: str
    holder_inn: Inn
    holder_ogrn: Ogrn
    organization_oid: Oid | None
    worker_snils: Snils | None
    holder_name: str
    authority: str
    region_code: str
    order_number: str | None
    issued_on: date
    valid_until: date | None
    suspended_on: date | None
    status: str
    terminated_on: date | None
    updated_at: datetime
    revision: int


class LicenseRecord(LicenseColumns):
    """A licence for medical activity (лицензия, Росздравнадзор)."""

    __slots__ = ()
    noun: ClassVar[str] = "License"


class LicenseActivityColumns(NamedTuple):
    """The columns of `license_activity`, in its order."""

    id: UUID
    license_id: UUID
    activity_code: str
    care_kind: str
    address: str
    suspended: bool
    updated_at: datetime
    revision: int


class LicenseActivityRecord(LicenseActivityColumns):
    """A work or service that a licence allows at an address (работа, услуга)."""

    __slots__ = ()
    noun: ClassVar[str] = "LicenseActivity"


class LicenseEventColumns(NamedTuple):
    """The columns of `license_event`, in its order."""

    id: UUID
    license_id: UUID
    kind: str
    happened_on: date
    order_number: str | None
    updated_at: datetime
    revision: int


class LicenseEventRecord(LicenseEventColumns):
    """What happened to a licence by order of the authority (событие лицензии)."""

    __slots__ = ()
    noun: ClassVar[str] = "LicenseEvent"


@dataclass(frozen=True, slots=True)
class LicenseFilter:
    """What the licence registry itself can filter by; None does not filter. Some have no last day."""

    region_codes: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    holder_kind: str | None = None
    holder_inn: Inn | None = None
    valid_until_from: date | None = None
    valid_until_to: date | None = None


class LicenseSource(Feed, Protocol):
    """The licence registry's reads."""

    async def licenses_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, LicenseRecord]: ...

    async def licenses_by_number(
        self, keys: Sequence[LicenseNumber], columns: Columns
    ) -> Mapping[LicenseNumber, LicenseRecord]:
        """By the number in force; the registry has no index of the numbers before 2022."""
        ...

    async def licenses_by_holder(
        self, keys: Sequence[Holder], columns: Columns
    ) -> Mapping[Holder, Sequence[LicenseRecord]]:
        """Both in one read: those under the OID, then those without any under the INN and OGRN.

        Who owns the latter, where several organizations share INN and OGRN, the organization registry knows.
        """
        ...

    async def licenses_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[LicenseRecord]]:
        """By the SNILS of a proprietor who is the holder; in order of issue, then id."""
        ...

    async def licenses_page(
        self, asked: LicenseFilter, after: LicenseNumber | None, limit: int, columns: Columns
    ) -> Sequence[LicenseRecord]:
        """At most `limit` licences that pass the filter, by number, after the given one."""
        ...

    async def licenses_count(self, asked: LicenseFilter) -> int:
        """How many licences pass the filter, exactly."""
        ...

    async def activities_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, LicenseActivityRecord]: ...

    async def activities_by_license(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[LicenseActivityRecord]]:
        """By the licence's id; in order of activity code, then id."""
        ...

    async def events_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, LicenseEventRecord]: ...

    async def events_by_license(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[LicenseEventRecord]]:
        """By the licence's id; in the order they happened, then id."""
        ...

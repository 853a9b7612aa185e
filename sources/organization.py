"""What the organization registry (ФРМО) says: its records, and the reads it answers. Knows no SQL.

Every read takes keys and columns and returns a map: a key that the registry does not know is not in it.
Rows hold the asked columns and the read's key columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from sources.feed import Feed
from sources.keys import Holder, Inn, Ogrn, Oid
from sources.rows import Columns


class OrganizationColumns(NamedTuple):
    """The columns of `organization`, in its order."""

    oid: Oid
    full_name: str
    short_name: str
    legal_form: str
    inn: Inn
    kpp: str | None
    ogrn: Ogrn
    kind_code: str
    ownership: str
    region_code: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    phone: str | None
    email: str | None
    website: str | None
    head_name: str | None
    parent_oid: Oid | None
    status: str
    registered_on: date
    closed_on: date | None
    updated_at: datetime
    revision: int


class OrganizationRecord(OrganizationColumns):
    """A medical organization or one of its branches (медицинская организация, ФРМО)."""

    __slots__ = ()
    noun: ClassVar[str] = "Organization"


class DepartmentColumns(NamedTuple):
    """The columns of `department`, in its order."""

    id: UUID
    organization_oid: Oid
    parent_id: UUID | None
    name: str
    kind: str
    address: str | None
    beds: int | None
    closed_on: date | None
    updated_at: datetime
    revision: int


class DepartmentRecord(DepartmentColumns):
    """A department of an organization (структурное подразделение)."""

    __slots__ = ()
    noun: ClassVar[str] = "Department"


class StaffingUnitColumns(NamedTuple):
    """The columns of `staffing_unit`, in its order."""

    id: UUID
    organization_oid: Oid
    department_id: UUID | None
    position_code: str
    posts: Decimal
    updated_at: datetime
    revision: int


class StaffingUnitRecord(StaffingUnitColumns):
    """How many posts of a position a department may fill (штатная единица)."""

    __slots__ = ()
    noun: ClassVar[str] = "StaffingUnit"


@dataclass(frozen=True, slots=True)
class OrganizationFilter:
    """What the organization registry itself can filter by; None does not filter."""

    region_codes: tuple[str, ...] | None = None
    kind_codes: tuple[str, ...] | None = None
    ownerships: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    inn: Inn | None = None
    parent_oid: Oid | None = None


class OrganizationSource(Feed, Protocol):
    """The organization registry's reads."""

    async def organizations_by_oid(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, OrganizationRecord]: ...

    async def organizations_by_holder(
        self, keys: Sequence[Holder], columns: Columns
    ) -> Mapping[Holder, OrganizationRecord]:
        """Who holds a licence: by OID; without one by INN and OGRN, of several the one without a parent."""
        ...

    async def organizations_by_parent(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, Sequence[OrganizationRecord]]:
        """Branches by the parent's OID; in order of short name, then OID."""
        ...

    async def reached_by_organization(self, keys: Sequence[Oid]) -> Mapping[Oid, frozenset[Oid]]:
        """The organization itself and its branches, without those that are liquidated."""
        ...

    async def organizations_page(
        self, asked: OrganizationFilter, after: Oid | None, limit: int, columns: Columns
    ) -> Sequence[OrganizationRecord]:
        """At most `limit` organizations that pass the filter, by OID, after the given one."""
        ...

    async def organizations_count(self, asked: OrganizationFilter) -> int:
        """How many organizations pass the filter, exactly."""
        ...

    async def departments_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, DepartmentRecord]: ...

    async def departments_by_organization(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, Sequence[DepartmentRecord]]:
        """By the organization's OID; in order of name, then id."""
        ...

    async def staffing_units_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, StaffingUnitRecord]: ...

    async def staffing_units_by_organization(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, Sequence[StaffingUnitRecord]]:
        """By the organization's OID; in order of position code, then id."""
        ...

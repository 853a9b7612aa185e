"""The organization registry, read from PostgreSQL."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sources.keys import Holder, Inn, Ogrn, Oid
from sources.organization import (
    DepartmentRecord,
    OrganizationFilter,
    OrganizationRecord,
    StaffingUnitRecord,
)
from sources.rows import Columns
from sources.sql.database import Database
from sources.sql.feed import SqlFeed
from sources.sql.keys import holder_values, key_values
from sources.sql.listing import Listing, among, given
from sources.sql.reach import organizations_and_branches, reached
from sources.sql.read import Read, by, by_holder
from sources.tables.organization import department, organization, staffing_unit

ORGANIZATIONS_BY_OID: Read[Oid, OrganizationRecord] = by(OrganizationRecord, organization, "oid")
ORGANIZATIONS_BY_HOLDER: Read[Holder, OrganizationRecord] = by_holder(
    OrganizationRecord, organization, ("oid", "inn", "ogrn"), "oid", cursor=("parent_oid",)
)
ORGANIZATIONS_BY_PARENT: Read[Oid, OrganizationRecord] = by(
    OrganizationRecord, organization, "parent_oid", "short_name", "oid"
)
DEPARTMENTS_BY_ID: Read[UUID, DepartmentRecord] = by(DepartmentRecord, department, "id")
DEPARTMENTS_BY_ORGANIZATION: Read[Oid, DepartmentRecord] = by(
    DepartmentRecord, department, "organization_oid", "name", "id"
)
STAFFING_UNITS_BY_ID: Read[UUID, StaffingUnitRecord] = by(StaffingUnitRecord, staffing_unit, "id")
STAFFING_UNITS_BY_ORGANIZATION: Read[Oid, StaffingUnitRecord] = by(
    StaffingUnitRecord, staffing_unit, "organization_oid", "position_code", "id"
)

REACHED = organizations_and_branches()

CONDITIONS = {
    "region_codes": among(organization, "region_code", "region_codes"),
    "kind_codes": among(organization, "kind_code", "kind_codes"),
    "ownerships": among(organization, "ownership", "ownerships"),
    "statuses": among(organization, "status", "statuses"),
    "inn": among(organization, "inn", "inn"),
    "parent_oid": among(organization, "parent_oid", "parent_oid"),
}

NOUNS = {
    OrganizationRecord.noun: organization,
    DepartmentRecord.noun: department,
    StaffingUnitRecord.noun: staffing_unit,
}


class SqlOrganizations(SqlFeed):
    """An OrganizationSource over its database."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, NOUNS)
        self._listing = Listing(database, OrganizationRecord, organization, "oid", CONDITIONS)

    async def organizations_by_oid(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, OrganizationRecord]:
        return await self._database.one(ORGANIZATIONS_BY_OID, keys, columns)

    async def organizations_by_holder(
        self, keys: Sequence[Holder], columns: Columns
    ) -> Mapping[Holder, OrganizationRecord]:
        asked = holder_values(ORGANIZATIONS_BY_HOLDER.key, keys, pairs_too=False)
        return _chosen(keys, await self._database.found(ORGANIZATIONS_BY_HOLDER, asked, columns))

    async def organizations_by_parent(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, Sequence[OrganizationRecord]]:
        return await self._database.many(ORGANIZATIONS_BY_PARENT, keys, columns)

    async def reached_by_organization(self, keys: Sequence[Oid]) -> Mapping[Oid, frozenset[Oid]]:
        asked = key_values(("oid",), keys)
        rows = await self._database.rows(REACHED, asked) if asked else ()
        return reached(keys, rows)

    async def organizations_page(
        self, asked: OrganizationFilter, after: Oid | None, limit: int, columns: Columns
    ) -> Sequence[OrganizationRecord]:
        return await self._listing.page(given(asked), after, limit, columns)

    async def organizations_count(self, asked: OrganizationFilter) -> int:
        return await self._listing.count(given(asked))

    async def departments_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, DepartmentRecord]:
        return await self._database.one(DEPARTMENTS_BY_ID, keys, columns)

    async def departments_by_organization(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, Sequence[DepartmentRecord]]:
        return await self._database.many(DEPARTMENTS_BY_ORGANIZATION, keys, columns)

    async def staffing_units_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, StaffingUnitRecord]:
        return await self._database.one(STAFFING_UNITS_BY_ID, keys, columns)

    async def staffing_units_by_organization(
        self, keys: Sequence[Oid], columns: Columns
    ) -> Mapping[Oid, Sequence[StaffingUnitRecord]]:
        return await self._database.many(STAFFING_UNITS_BY_ORGANIZATION, keys, columns)


def _chosen(
    keys: Sequence[Holder], rows: Sequence[OrganizationRecord]
) -> Mapping[Holder, OrganizationRecord]:
    """The organization of each holder: by OID, else the only one of its INN and OGRN or the one on top."""
    by_oid = {row.oid: row for row in rows}
    sharing: dict[tuple[Inn, Ogrn], list[OrganizationRecord]] = {}
    for row in rows:
        sharing.setdefault((row.inn, row.ogrn), []).append(row)
    found = {key: by_oid.get(key[0]) if key[0] else _top(sharing.get(key[1:], [])) for key in keys}
    return {key: row for key, row in found.items() if row is not None}


def _top(rows: Sequence[OrganizationRecord]) -> OrganizationRecord | None:
    if len(rows) == 1:
        return rows[0]
    return next((row for row in rows if row.parent_oid is None), None)

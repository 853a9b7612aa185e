"""The licence registry, read from PostgreSQL."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sources.keys import Holder, Inn, LicenseNumber, Ogrn, Oid, Snils
from sources.license import LicenseActivityRecord, LicenseEventRecord, LicenseFilter, LicenseRecord
from sources.rows import Columns
from sources.sql.database import Database
from sources.sql.feed import SqlFeed
from sources.sql.keys import holder_values
from sources.sql.listing import Listing, among, given, since, until
from sources.sql.read import Read, by, by_holder
from sources.tables.license import license as licenses
from sources.tables.license import license_activity, license_event

LICENSES_BY_ID: Read[UUID, LicenseRecord] = by(LicenseRecord, licenses, "id")
LICENSES_BY_NUMBER: Read[LicenseNumber, LicenseRecord] = by(LicenseRecord, licenses, "number")
LICENSES_BY_HOLDER: Read[Holder, LicenseRecord] = by_holder(
    LicenseRecord, licenses, ("organization_oid", "holder_inn", "holder_ogrn"), "issued_on", "id"
)
LICENSES_BY_WORKER: Read[Snils, LicenseRecord] = by(
    LicenseRecord, licenses, "worker_snils", "issued_on", "id"
)
ACTIVITIES_BY_ID: Read[UUID, LicenseActivityRecord] = by(LicenseActivityRecord, license_activity, "id")
ACTIVITIES_BY_LICENSE: Read[UUID, LicenseActivityRecord] = by(
    LicenseActivityRecord, license_activity, "license_id", "activity_code", "id"
)
EVENTS_BY_ID: Read[UUID, LicenseEventRecord] = by(LicenseEventRecord, license_event, "id")
EVENTS_BY_LICENSE: Read[UUID, LicenseEventRecord] = by(
    LicenseEventRecord, license_event, "license_id", "happened_on", "id"
)

CONDITIONS = {
    "region_codes": among(licenses, "region_code", "region_codes"),
    "statuses": among(licenses, "status", "statuses"),
    "holder_kind": among(licenses, "holder_kind", "holder_kind"),
    "holder_inn": among(licenses, "holder_inn", "holder_inn"),
    "valid_until_from": since(licenses, "valid_until", "valid_until_from"),
    "valid_until_to": until(licenses, "valid_until", "valid_until_to"),
}

NOUNS = {
    LicenseRecord.noun: licenses,
    LicenseActivityRecord.noun: license_activity,
    LicenseEventRecord.noun: license_event,
}


class SqlLicenses(SqlFeed):
    """A LicenseSource over its database."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, NOUNS)
        self._listing = Listing(database, LicenseRecord, licenses, "number", CONDITIONS)

    async def licenses_by_id(self, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, LicenseRecord]:
        return await self._database.one(LICENSES_BY_ID, keys, columns)

    async def licenses_by_number(
        self, keys: Sequence[LicenseNumber], columns: Columns
    ) -> Mapping[LicenseNumber, LicenseRecord]:
        return await self._database.one(LICENSES_BY_NUMBER, keys, columns)

    async def licenses_by_holder(
        self, keys: Sequence[Holder], columns: Columns
    ) -> Mapping[Holder, Sequence[LicenseRecord]]:
        asked = holder_values(LICENSES_BY_HOLDER.key, keys, pairs_too=True)
        return _shared_out(keys, await self._database.found(LICENSES_BY_HOLDER, asked, columns))

    async def licenses_by_worker(
        self, keys: Sequence[Snils], columns: Columns
    ) -> Mapping[Snils, Sequence[LicenseRecord]]:
        return await self._database.many(LICENSES_BY_WORKER, keys, columns)

    async def licenses_page(
        self, asked: LicenseFilter, after: LicenseNumber | None, limit: int, columns: Columns
    ) -> Sequence[LicenseRecord]:
        return await self._listing.page(given(asked), after, limit, columns)

    async def licenses_count(self, asked: LicenseFilter) -> int:
        return await self._listing.count(given(asked))

    async def activities_by_id(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, LicenseActivityRecord]:
        return await self._database.one(ACTIVITIES_BY_ID, keys, columns)

    async def activities_by_license(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[LicenseActivityRecord]]:
        return await self._database.many(ACTIVITIES_BY_LICENSE, keys, columns)

    async def events_by_id(self, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, LicenseEventRecord]:
        return await self._database.one(EVENTS_BY_ID, keys, columns)

    async def events_by_license(
        self, keys: Sequence[UUID], columns: Columns
    ) -> Mapping[UUID, Sequence[LicenseEventRecord]]:
        return await self._database.many(EVENTS_BY_LICENSE, keys, columns)


def _shared_out(
    keys: Sequence[Holder], rows: Sequence[LicenseRecord]
) -> Mapping[Holder, Sequence[LicenseRecord]]:
    """The rows of each holder; where a licence names the OID, its own INN and OGRN do not matter."""
    named: dict[Oid, list[LicenseRecord]] = {}
    nameless: dict[tuple[Inn, Ogrn], list[LicenseRecord]] = {}
    for row in rows:
        if row.organization_oid is not None:
            named.setdefault(row.organization_oid, []).append(row)
        else:
            nameless.setdefault((row.holder_inn, row.holder_ogrn), []).append(row)
    found = {key: [*(named.get(key[0], ()) if key[0] else ()), *nameless.get(key[1:], ())] for key in keys}
    return {key: own for key, own in found.items() if own}

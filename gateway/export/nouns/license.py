"""The columns of licences."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.export.column import OF_RECORDS, Column, Kind, Noun, Part, searched


def _every(found: Sequence[Mapping[str, Any]], _today: dt.date) -> Sequence[Mapping[str, Any]]:
    return found


LICENSES: Final = Noun(
    "licenses",
    "License",
    searched("LicenseOrder", "LicenseWhere"),
    (
        Column("number", "Номер лицензии", "number", usual=True),
        Column("oldNumber", "Прежний номер", "oldNumber"),
        Column("status", "Статус", "status", usual=True),
        Column("holderKind", "Вид лицензиата", "holderKind", usual=True),
        Column("holderName", "Лицензиат", "holderName", usual=True),
        Column("holderInn", "ИНН лицензиата", "holderInn", usual=True),
        Column("holderOgrn", "ОГРН лицензиата", "holderOgrn", usual=True),
        Column("organizationOid", "OID организации", "organizationOid", usual=True),
        Column("organization", "Организация", "organization.shortName"),
        Column("authority", "Лицензирующий орган", "authority"),
        Column("region", "Регион, код", "region.code", usual=True),
        Column("regionName", "Регион", "region.name", usual=True),
        Column("orderNumber", "Номер приказа", "orderNumber"),
        Column("issuedOn", "Выдана", "issuedOn", Kind.DAY, usual=True),
        Column("validUntil", "Действует до", "validUntil", Kind.DAY, usual=True),
        Column("suspendedOn", "Приостановлена", "suspendedOn", Kind.DAY),
        Column("terminatedOn", "Прекращена", "terminatedOn", Kind.DAY),
        Column("activities", "Работы и услуги", "everyActivity.activity.name", Kind.TEXTS),
        Column("addresses", "Адреса осуществления", "everyActivity.address", Kind.TEXTS),
        Column("updatedAt", "Изменено, UTC", "updatedAt", Kind.MOMENT),
        *OF_RECORDS,
    ),
    (Part("everyActivity", "activities", (), _every),),
)

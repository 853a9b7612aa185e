"""The columns of organizations."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.export.column import OF_RECORDS, Column, Kind, Noun, Part, searched


def _in_force(found: Sequence[Mapping[str, Any]], today: dt.date) -> Sequence[Mapping[str, Any]]:
    """The licences under which may be worked on that day."""
    return [
        each
        for each in found
        if each["status"] == "ACTIVE"
        and each["issuedOn"] <= today
        and (each["validUntil"] is None or today <= each["validUntil"])
    ]


ORGANIZATIONS: Final = Noun(
    "organizations",
    "Organization",
    searched("OrganizationOrder", "OrganizationWhere"),
    (
        Column("oid", "OID", "oid", usual=True),
        Column("shortName", "Краткое наименование", "shortName", usual=True),
        Column("fullName", "Полное наименование", "fullName"),
        Column("legalForm", "Правовая форма", "legalForm"),
        Column("inn", "ИНН", "inn", usual=True),
        Column("kpp", "КПП", "kpp"),
        Column("ogrn", "ОГРН", "ogrn", usual=True),
        Column("kind", "Вид, код", "kind.code"),
        Column("kindName", "Вид", "kind.name", usual=True),
        Column("ownership", "Форма собственности", "ownership", usual=True),
        Column("region", "Регион, код", "region.code", usual=True),
        Column("regionName", "Регион", "region.name", usual=True),
        Column("address", "Адрес", "address", usual=True),
        Column("latitude", "Широта", "latitude", Kind.NUMBER),
        Column("longitude", "Долгота", "longitude", Kind.NUMBER),
        Column("phone", "Телефон", "phone"),
        Column("email", "Электронная почта", "email"),
        Column("website", "Сайт", "website"),
        Column("headName", "Руководитель", "headName"),
        Column("status", "Статус", "status", usual=True),
        Column("registeredOn", "Дата регистрации", "registeredOn", Kind.DAY),
        Column("closedOn", "Дата закрытия", "closedOn", Kind.DAY),
        Column("parentOid", "OID головной организации", "parentOid"),
        Column("parent", "Головная организация", "parent.shortName"),
        Column("licenses", "Действующие лицензии", "licensesInForce.number", Kind.TEXTS),
        Column("updatedAt", "Изменено, UTC", "updatedAt", Kind.MOMENT),
        *OF_RECORDS,
    ),
    (Part("licensesInForce", "licenses", ("status", "issuedOn", "validUntil"), _in_force),),
)

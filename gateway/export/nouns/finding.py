"""The columns of findings: what is wrong in the registries, and where it is to be mended."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.export.column import OF_RECORDS, Column, Kind, Noun, Part


def _proofs(found: Sequence[Mapping[str, Any]], _today: dt.date) -> Sequence[Mapping[str, str]]:
    """What each record says, as a text: `WORKERS snils: ***-***-*** 95`."""
    return [{"text": f"{each['registry']} {each['field']}: {each['value'] or ''}"} for each in found]


FINDINGS: Final = Noun(
    "findings",
    "Finding",
    {"where": "FindingWhere"},
    (
        Column("kind", "Вид", "kind", usual=True),
        Column("severity", "Важность", "severity", usual=True),
        Column("registry", "Исправляет реестр", "registry", usual=True),
        Column("rule", "Правило", "rule", usual=True),
        Column("remedy", "Что сделать", "remedy(language: RU)", usual=True),
        Column("foundAt", "Найдено, UTC", "foundAt", Kind.MOMENT, usual=True),
        Column("organizationOid", "OID организации", "organization.oid", usual=True),
        Column("organization", "Организация", "organization.shortName", usual=True),
        Column("license", "Лицензия", "license.number", usual=True),
        Column("registryNumber", "Номер записи работника", "worker.registryNumber"),
        Column("fullName", "ФИО", "worker.fullName"),
        Column("credential", "Допуск", "credential.number"),
        Column("since", "С какого дня", "since", Kind.DAY),
        Column("evidence", "Что записано", "proofs.text", Kind.TEXTS),
        *OF_RECORDS,
    ),
    (Part("proofs", "evidence", ("registry", "field", "value"), _proofs, made=True),),
)

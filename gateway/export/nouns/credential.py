"""The columns of certificates and accreditations."""

from typing import Final

from gateway.export.column import OF_RECORDS, Column, Kind, Noun, searched

CREDENTIALS: Final = Noun(
    "credentials",
    "Credential",
    searched("CredentialOrder", "CredentialWhere"),
    (
        Column("number", "Номер", "number", usual=True),
        Column("kind", "Вид", "kind", usual=True),
        Column("registryNumber", "Номер записи работника", "worker.registryNumber", usual=True),
        Column("fullName", "ФИО", "worker.fullName", usual=True),
        Column("specialty", "Специальность", "specialty.name", usual=True),
        Column("specialtyCode", "Специальность, код", "specialty.code", usual=True),
        Column("position", "Должность", "position.name"),
        Column("positionCode", "Должность, код", "position.code"),
        Column("issuedBy", "Кем выдан", "issuedBy"),
        Column("issuedOn", "Выдан", "issuedOn", Kind.DAY, usual=True),
        Column("validUntil", "Действует до", "validUntil", Kind.DAY, usual=True),
        Column("status", "Статус", "status", usual=True),
        Column("protocolNumber", "Номер протокола", "protocolNumber"),
        Column("confirmationUrl", "Подтверждение", "confirmationUrl"),
        Column("updatedAt", "Изменено, UTC", "updatedAt", Kind.MOMENT),
        *OF_RECORDS,
    ),
)

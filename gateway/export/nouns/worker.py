"""The columns of workers. Where a worker has several of something, a row shows the one that counts most."""

import datetime as dt
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from gateway.export.column import OF_RECORDS, Column, Kind, Noun, Part, searched
from projections.eligibility import VALID_CREDENTIAL

Records = Sequence[Mapping[str, Any]]

BEST: Final = ("HIGHEST", "FIRST", "SECOND")
"""Codes of the qualification categories, the best first."""


def _main(jobs: Records, _today: dt.date) -> Mapping[str, Any] | None:
    """The main employment of those that last; without one, the longest-standing."""
    if len(jobs) <= 1:
        return jobs[0] if jobs else None
    return next((each for each in jobs if each["kind"] == "MAIN"), jobs[0])


def _every(found: Records, _today: dt.date) -> Records:
    return found


def _in_force(found: Records, today: dt.date) -> Records:
    """The credentials that may be practised by on that day."""
    return [
        each
        for each in found
        if each["status"] in VALID_CREDENTIAL and each["issuedOn"] <= today <= each["validUntil"]
    ]


def _longest(found: Records, today: dt.date) -> Mapping[str, Any] | None:
    """The credential in force that ends last."""
    lasting = _in_force(found, today) if found else found
    if len(lasting) <= 1:
        return lasting[0] if lasting else None
    return max(lasting, key=itemgetter("validUntil"))


def _best(found: Records, today: dt.date) -> Mapping[str, Any] | None:
    """The best category in force."""
    lasting = [each for each in found if each["assignedOn"] <= today <= each["validUntil"]]
    return min(lasting, key=lambda each: _rank(each["category"]["code"]), default=None)


def _rank(code: str) -> int:
    return BEST.index(code) if code in BEST else len(BEST)


_JOBS = "employments(currentOnly: true)"
_TERM = ("status", "issuedOn", "validUntil")

WORKERS: Final = Noun(
    "workers",
    "Worker",
    searched("WorkerOrder", "WorkerWhere"),
    (
        Column("registryNumber", "Номер записи", "registryNumber", usual=True),
        Column("fullName", "ФИО", "fullName", usual=True),
        Column("lastName", "Фамилия", "lastName"),
        Column("firstName", "Имя", "firstName"),
        Column("middleName", "Отчество", "middleName"),
        Column("sex", "Пол", "sex", usual=True),
        Column("region", "Регион, код", "region.code", usual=True),
        Column("regionName", "Регион", "region.name", usual=True),
        Column("status", "Статус записи", "status", usual=True),
        Column("registeredOn", "Дата внесения", "registeredOn", Kind.DAY),
        Column("updatedAt", "Изменено, UTC", "updatedAt", Kind.MOMENT),
        Column("position", "Должность", "employment.position.name", usual=True),
        Column("positionCode", "Должность, код", "employment.position.code"),
        Column("positions", "Все должности", "jobs.position.name", Kind.TEXTS),
        Column("employmentKind", "Вид занятости", "employment.kind"),
        Column("employedSince", "Работает с", "employment.startedOn", Kind.DAY),
        Column("organization", "Организация", "employment.organization.shortName", usual=True),
        Column("organizationOid", "OID организации", "employment.organizationOid", usual=True),
        Column("organizations", "OID всех организаций", "jobs.organizationOid", Kind.TEXTS),
        Column("department", "Подразделение", "employment.department.name"),
        Column("rate", "Ставка", "employment.rate", Kind.NUMBER),
        Column("personnelNumber", "Табельный номер", "employment.personnelNumber"),
        Column("specialty", "Специальность", "credential.specialty.name", usual=True),
        Column("specialtyCode", "Специальность, код", "credential.specialty.code"),
        Column("specialties", "Все специальности", "credentialsInForce.specialty.name", Kind.TEXTS),
        Column("credentialKind", "Вид допуска", "credential.kind"),
        Column("credentialNumber", "Номер допуска", "credential.number"),
        Column("credentialIssuedOn", "Допуск выдан", "credential.issuedOn", Kind.DAY),
        Column("credentialUntil", "Допуск действует до", "credential.validUntil", Kind.DAY, usual=True),
        Column("category", "Категория", "category.category.name"),
        Column("categorySpecialty", "Категория по специальности", "category.specialty.name"),
        Column("categoryUntil", "Категория действует до", "category.validUntil", Kind.DAY),
        Column("eligible", "Вправе работать", "eligibility.allowed", Kind.FLAG),
        Column("eligibilityReasons", "Почему не вправе", "eligibility.reasons", Kind.TEXTS),
        Column("formerLastName", "Прежняя фамилия", "formerLastName"),
        Column("birthDate", "Дата рождения", "birthDate", Kind.DAY),
        Column("birthYear", "Год рождения", "birthYear", Kind.WHOLE),
        Column("birthPlace", "Место рождения", "birthPlace"),
        Column("citizenship", "Гражданство", "citizenship"),
        Column("snils", "СНИЛС", "snils"),
        Column("inn", "ИНН", "inn"),
        Column("phone", "Телефон", "phone"),
        Column("email", "Электронная почта", "email"),
        Column("passportSeries", "Серия паспорта", "passportSeries"),
        Column("passportNumber", "Номер паспорта", "passportNumber"),
        Column("residenceAddress", "Адрес проживания", "residenceAddress"),
        *OF_RECORDS,
    ),
    (
        Part("employment", _JOBS, ("kind",), _main),
        Part("jobs", _JOBS, (), _every),
        Part("credential", "credentials", _TERM, _longest),
        Part("credentialsInForce", "credentials", _TERM, _in_force),
        Part("category", "categories", ("assignedOn", "validUntil", "category.code"), _best),
    ),
)

"""The rules: what is found wrong, how bad it is, which registry has to correct it, and how. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from sources.registry import Registry


class FindingKind(StrEnum):
    """What sort of fault it is."""

    DUPLICATE_WORKER = "DUPLICATE_WORKER"
    DUPLICATE_ORGANIZATION = "DUPLICATE_ORGANIZATION"
    DANGLING_REFERENCE = "DANGLING_REFERENCE"
    EXPIRED_BUT_ACTIVE = "EXPIRED_BUT_ACTIVE"
    EMPLOYED_WITHOUT_CREDENTIAL = "EMPLOYED_WITHOUT_CREDENTIAL"
    EMPLOYER_WITHOUT_LICENSE = "EMPLOYER_WITHOUT_LICENSE"
    OVER_RATE = "OVER_RATE"
    INVALID_NUMBER = "INVALID_NUMBER"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    STALE = "STALE"


class Severity(IntEnum):
    """How bad it is, the worst first."""

    CRITICAL = 1
    MAJOR = 2
    MINOR = 3


class Owner(StrEnum):
    """By whose key a rule's findings are kept."""

    PERSON = "P"
    ORGANIZATION = "O"
    LICENSE = "L"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `rests_on_private`: on facts that not everyone sees, so that it tells of them."""

    owner: Owner
    kind: FindingKind
    severity: Severity
    registry: Registry
    remedy: str
    remedy_ru: str
    rests_on_private: bool = False


_P, _O, _L = Owner.PERSON, Owner.ORGANIZATION, Owner.LICENSE
_CRITICAL, _MAJOR, _MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR
_WORKERS, _ORGANIZATIONS = Registry.WORKERS, Registry.ORGANIZATIONS
_LICENSES, _QUALIFICATIONS = Registry.LICENSES, Registry.QUALIFICATIONS
_DANGLING, _EXPIRED = FindingKind.DANGLING_REFERENCE, FindingKind.EXPIRED_BUT_ACTIVE
_NUMBER, _CODE, _STALE = FindingKind.INVALID_NUMBER, FindingKind.UNKNOWN_CODE, FindingKind.STALE


def _unknown(owner: Owner, registry: Registry, what: str, whose: str) -> Rule:
    return Rule(
        owner,
        _CODE,
        _MINOR,
        registry,
        f"Enter {what} by a code that its list has.",
        f"Укажите {whose} кодом, который есть в справочнике.",
    )


RULES: Final[Mapping[str, Rule]] = {
    "duplicate_worker": Rule(
        _P,
        FindingKind.DUPLICATE_WORKER,
        _MAJOR,
        _WORKERS,
        "Compare the two records; if they are of one person, have them merged under the valid SNILS.",
        "Сравните записи; если это один человек, объедините их под действительным СНИЛС.",
        rests_on_private=True,
    ),
    "dangling_employer": Rule(
        _P,
        _DANGLING,
        _MAJOR,
        _WORKERS,
        "Correct the organization's OID in the employment, or enter the organization in its registry.",
        "Исправьте OID организации в записи о работе или внесите организацию в реестр организаций.",
    ),
    "dangling_former_employer": Rule(
        _P,
        _DANGLING,
        _MINOR,
        _WORKERS,
        "Correct the organization's OID in the employment that has ended.",
        "Исправьте OID организации в завершённой записи о работе.",
    ),
    "credential_of_nobody": Rule(
        _P,
        _DANGLING,
        _MINOR,
        _QUALIFICATIONS,
        "Correct the holder's SNILS, or have the employer enter the worker in the worker registry.",
        "Исправьте СНИЛС владельца или внесите работника в регистр медработников.",
    ),
    "category_of_nobody": Rule(
        _P,
        _DANGLING,
        _MINOR,
        _QUALIFICATIONS,
        "Correct the holder's SNILS, or have the employer enter the worker in the worker registry.",
        "Исправьте СНИЛС владельца или внесите работника в регистр медработников.",
    ),
    "education_of_nobody": Rule(
        _P,
        _DANGLING,
        _MINOR,
        _QUALIFICATIONS,
        "Correct the holder's SNILS, or have the employer enter the worker in the worker registry.",
        "Исправьте СНИЛС владельца или внесите работника в регистр медработников.",
    ),
    "license_of_nobody": Rule(
        _P,
        _DANGLING,
        _MINOR,
        _LICENSES,
        "Correct the proprietor's SNILS, or enter him in the worker registry.",
        "Исправьте СНИЛС предпринимателя или внесите его в регистр медработников.",
    ),
    "expired_credential": Rule(
        _P,
        _EXPIRED,
        _MAJOR,
        _QUALIFICATIONS,
        "Mark the credential expired, or enter the one that renews it.",
        "Отметьте документ просроченным или внесите документ, которым он продлён.",
    ),
    "renewing_too_long": Rule(
        _P,
        _STALE,
        _MINOR,
        _QUALIFICATIONS,
        "Enter how the renewal ended: it is under way for more than 60 days after the last day.",
        "Внесите исход продления: после окончания срока прошло более 60 дней.",
    ),
    "no_credential": Rule(
        _P,
        FindingKind.EMPLOYED_WITHOUT_CREDENTIAL,
        _CRITICAL,
        _QUALIFICATIONS,
        "Enter the credential in force; where there is none, the employer has to stop the practice.",
        "Внесите действующий документ; если его нет, работодатель обязан отстранить работника.",
    ),
    "over_rate": Rule(
        _P,
        FindingKind.OVER_RATE,
        _MAJOR,
        _WORKERS,
        "Correct the rates, or end the employments that are over: together they are more than 1.5.",
        "Исправьте ставки или завершите оконченные записи о работе: вместе более 1,5 ставки.",
        rests_on_private=True,
    ),
    "wrong_snils": Rule(
        _P,
        _NUMBER,
        _MAJOR,
        _WORKERS,
        "Correct the SNILS by its document: its check digits do not fit.",
        "Исправьте СНИЛС по документу: контрольное число не сходится.",
        rests_on_private=True,
    ),
    "wrong_worker_inn": Rule(
        _P,
        _NUMBER,
        _MINOR,
        _WORKERS,
        "Correct the INN by its document: its check digits do not fit.",
        "Исправьте ИНН по документу: контрольные цифры не сходятся.",
        rests_on_private=True,
    ),
    "unknown_worker_region": _unknown(_P, _WORKERS, "the region of the record", "регион записи"),
    "unknown_position": _unknown(_P, _WORKERS, "the position", "должность"),
    "unknown_credential_specialty": _unknown(_P, _QUALIFICATIONS, "the specialty", "специальность"),
    "unknown_credential_position": _unknown(_P, _QUALIFICATIONS, "the position", "должность"),
    "unknown_category_specialty": _unknown(_P, _QUALIFICATIONS, "the specialty", "специальность"),
    "unknown_education_specialty": _unknown(_P, _QUALIFICATIONS, "the specialty", "специальность"),
    "unknown_education_kind": _unknown(_P, _QUALIFICATIONS, "the kind of education", "вид образования"),
    "unknown_training_specialty": _unknown(_P, _QUALIFICATIONS, "the specialty", "специальность"),
    "employed_after_leaving": Rule(
        _P,
        _STALE,
        _MAJOR,
        _WORKERS,
        "End the employment, or correct the status of the record.",
        "Завершите запись о работе или исправьте статус записи медработника.",
    ),
    "duplicate_organization": Rule(
        _O,
        FindingKind.DUPLICATE_ORGANIZATION,
        _MAJOR,
        _ORGANIZATIONS,
        "Merge the records with the same INN and OGRN, or name the head organization of the branch.",
        "Объедините записи с одинаковыми ИНН и ОГРН или укажите головную организацию филиала.",
    ),
    "dangling_parent": Rule(
        _O,
        _DANGLING,
        _MINOR,
        _ORGANIZATIONS,
        "Correct the OID of the head organization.",
        "Исправьте OID головной организации.",
    ),
    "no_license": Rule(
        _O,
        FindingKind.EMPLOYER_WITHOUT_LICENSE,
        _CRITICAL,
        _LICENSES,
        "Enter the licence in force, with the organization's OID; without one no care may be given.",
        "Внесите действующую лицензию с OID организации; если её нет, деятельность недопустима.",
    ),
    "staff_of_closed": Rule(
        _O,
        _STALE,
        _MAJOR,
        _WORKERS,
        "End the employments in the closed organization, or move them to its successor.",
        "Завершите записи о работе в закрытой организации или переведите их к правопреемнику.",
    ),
    "closed_but_active": Rule(
        _O,
        _EXPIRED,
        _MAJOR,
        _ORGANIZATIONS,
        "Correct the status: the organization has a day of closing that is past.",
        "Исправьте статус: день закрытия организации прошёл.",
    ),
    "wrong_organization_inn": Rule(
        _O,
        _NUMBER,
        _MAJOR,
        _ORGANIZATIONS,
        "Correct the INN: its check digits do not fit.",
        "Исправьте ИНН: контрольные цифры не сходятся.",
    ),
    "wrong_organization_ogrn": Rule(
        _O,
        _NUMBER,
        _MAJOR,
        _ORGANIZATIONS,
        "Correct the OGRN: its check digit does not fit.",
        "Исправьте ОГРН: контрольная цифра не сходится.",
    ),
    "unknown_organization_region": _unknown(_O, _ORGANIZATIONS, "the region", "регион"),
    "unknown_organization_kind": _unknown(_O, _ORGANIZATIONS, "the kind of organization", "вид организации"),
    "dangling_holder": Rule(
        _L,
        _DANGLING,
        _MAJOR,
        _LICENSES,
        "Correct the OID of the organization that holds the licence.",
        "Исправьте OID организации-лицензиата.",
    ),
    "holder_not_found": Rule(
        _L,
        _DANGLING,
        _MINOR,
        _LICENSES,
        "Correct the holder's INN and OGRN, or state the OID: they lead to no single organization.",
        "Исправьте ИНН и ОГРН лицензиата или укажите OID: по ним не найти одну организацию.",
    ),
    "expired_license": Rule(
        _L,
        _EXPIRED,
        _MAJOR,
        _LICENSES,
        "Mark the licence expired, or correct its last day.",
        "Отметьте лицензию просроченной или исправьте последний день её срока.",
    ),
    "license_of_closed": Rule(
        _L,
        _STALE,
        _MINOR,
        _LICENSES,
        "Terminate the licence: its holder was liquidated.",
        "Прекратите лицензию: лицензиат ликвидирован.",
    ),
    "wrong_license_number": Rule(
        _L,
        _NUMBER,
        _MAJOR,
        _LICENSES,
        "Write the number as Л041-00000-00/00000000, or before 2022 as ЛО-00-00-000000.",
        "Запишите номер как Л041-00000-00/00000000, до 2022 года — как ЛО-00-00-000000.",
    ),
    "wrong_old_number": Rule(
        _L,
        _NUMBER,
        _MINOR,
        _LICENSES,
        "Write the number before 2022 as ЛО-00-00-000000.",
        "Запишите номер до 2022 года как ЛО-00-00-000000.",
    ),
    "wrong_holder_inn": Rule(
        _L,
        _NUMBER,
        _MAJOR,
        _LICENSES,
        "Correct the holder's INN: its check digits do not fit.",
        "Исправьте ИНН лицензиата: контрольные цифры не сходятся.",
    ),
    "wrong_holder_ogrn": Rule(
        _L,
        _NUMBER,
        _MAJOR,
        _LICENSES,
        "Correct the holder's OGRN: its check digit does not fit.",
        "Исправьте ОГРН лицензиата: контрольная цифра не сходится.",
    ),
    "unknown_license_region": _unknown(_L, _LICENSES, "the region", "регион"),
    "unknown_activity": _unknown(_L, _LICENSES, "the work", "работу (услугу)"),
    "unknown_care": _unknown(_L, _LICENSES, "the kind of care", "вид помощи"),
}
"""Every rule by name."""

PRIVATE: Final = tuple(name for name, rule in RULES.items() if rule.rests_on_private)
"""The rules that tell of facts which not everyone sees."""

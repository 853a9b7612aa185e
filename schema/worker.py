"""The medical worker (медработник), from the worker registry (ФРМР)."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry

from auth.rights import FieldClass
from resolvers import worker as resolve
from resolvers.dictionary import coded
from resolvers.finding import of_worker
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN, about, weighs
from schema.eligibility import Eligibility
from schema.fields import identity, internal, personal, public, restricted
from schema.node import Node, Typed
from sources.keys import Inn, RegistryNumber, Snils

if TYPE_CHECKING:
    from schema.credential import Credential
    from schema.education import Education
    from schema.employment import Employment
    from schema.finding import Finding
    from schema.license import License
    from schema.qualification_category import QualificationCategory
    from schema.restriction import Restriction
    from schema.training import Training


@strawberry.enum(description="Sex (пол), as the registry records it.", directives=OPEN)
class Sex(StrEnum):
    """Sex, as the registry records it."""

    M = "M"
    F = "F"


@strawberry.enum(description="Status of a worker's record (статус записи).", directives=OPEN)
class WorkerStatus(StrEnum):
    """Status of a worker's record."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    INACTIVE = "INACTIVE"
    DECEASED = "DECEASED"


@strawberry.federation.type(
    keys=["registryNumber", "id"],
    description="A medical worker (медработник). Source: the worker registry (ФРМР).",
)
class Worker(Typed, Node):
    """A medical worker."""

    registry_number: RegistryNumber = public("Number of the record in the registry (номер записи).")
    last_name: str = public("Surname (фамилия).")
    first_name: str = public("First name (имя).")
    middle_name: str | None = public("Patronymic (отчество), where there is one.")
    full_name: str = public("Surname, first name and patronymic (ФИО).", resolve.full_name)
    sex: Sex = public("Sex (пол).")
    region: DictionaryEntry = public("Region of the record (регион).", coded("regions", "region_code"))
    status: WorkerStatus = public("Status of the record (статус записи).")
    registered_on: dt.date = public("Day on which the record was made (дата внесения).")
    updated_at: dt.datetime = public("Moment of the record's last change, UTC.")

    former_last_name: str | None = personal("Former surname (прежняя фамилия).", "former_last_name")
    birth_date: dt.date | None = personal("Date of birth (дата рождения).", "birth_date")
    birth_year: int | None = internal("Year of birth.", resolve.birth_year)
    birth_place: str | None = personal("Place of birth (место рождения).", "birth_place")
    citizenship: str | None = personal("Citizenship (гражданство), ISO 3166-1 alpha-3.", "citizenship")
    snils: Snils | None = personal("СНИЛС.", "snils", mask="Snils")
    inn: Inn | None = personal("ИНН of the person.", "inn", mask="Inn")
    phone: str | None = personal("Telephone (телефон).", "phone", mask="Phone")
    email: str | None = personal("E-mail address.", "email", mask="Email")
    passport_series: str | None = identity("Passport series (серия паспорта).", "passport_series")
    passport_number: str | None = identity("Passport number (номер паспорта).", "passport_number")
    residence_address: str | None = identity("Address of residence (адрес проживания).", "residence_address")

    employments: list[Annotated["Employment", strawberry.lazy("schema.employment")]] | None = public(
        "Places of work (места работы), in order of start. `currentOnly: true` gives the lasting ones, "
        "`false` the ended ones.",
        resolve.employments,
        directives=[about(5)],
        arguments={"currentOnly": FieldClass.PUBLIC},
    )
    credentials: list[Annotated["Credential", strawberry.lazy("schema.credential")]] | None = public(
        "Certificates and accreditations, in order of issue. Source: the qualification registry.",
        resolve.credentials,
        directives=[about(5)],
    )
    educations: list[Annotated["Education", strawberry.lazy("schema.education")]] | None = public(
        "Education documents, in order of issue. Source: the qualification registry.",
        resolve.educations,
        directives=[about(3)],
    )
    categories: (
        list[Annotated["QualificationCategory", strawberry.lazy("schema.qualification_category")]] | None
    ) = public(
        "Qualification categories. Source: the qualification registry.",
        resolve.categories,
        directives=[about(3)],
    )
    trainings: list[Annotated["Training", strawberry.lazy("schema.training")]] | None = public(
        "Continuing education (НМО). Source: the qualification registry.", resolve.trainings
    )
    licenses: list[Annotated["License", strawberry.lazy("schema.license")]] | None = public(
        "Licences that the worker holds as a sole proprietor; an employer's are on the organization. "
        "Source: the licence registry.",
        resolve.licenses,
        directives=[about(2)],
    )
    restrictions: list[Annotated["Restriction", strawberry.lazy("schema.restriction")]] | None = restricted(
        "Practice bans, suspensions and reprimands (ограничения и взыскания).",
        resolve.restrictions,
        directives=[about(2)],
    )
    findings: list[Annotated["Finding", strawberry.lazy("schema.finding")]] | None = restricted(
        "What is wrong in the registries about him (несоответствия), the worst first; 100 at most.",
        of_worker,
        directives=[about(2), weighs(3)],
    )
    eligibility: Eligibility | None = public(
        "May this person practise on a day (today, when not given)? Worked out of all four registries.",
        resolve.worker_eligibility,
        directives=[weighs(5)],
        arguments={"on": FieldClass.PUBLIC},
    )
    expiring: list[Annotated["Credential", strawberry.lazy("schema.credential")]] | None = public(
        "Credentials that end from today until so many days on, soonest first.",
        resolve.expiring,
        directives=[about(2)],
        arguments={"within": FieldClass.PUBLIC},
    )

"""Writes the stories' rows into the four registries."""

from collections.abc import Mapping
from random import Random

from demo import numbers
from demo.calendar import Calendar
from demo.codes import ACTIVITIES, REGIONS, SPECIALTIES
from demo.places import CITIES
from demo.plan import STORY_REVISIONS
from demo.rows import Rows
from demo.stories import ORGANIZATIONS, WORKERS, Job, License, Organization, Worker

_DAYS = 61
"""How long ago the stories were last changed: before everybody else's rows."""


def rows_of_stories(calendar: Calendar) -> Mapping[str, bytes]:
    """The stories' rows by table; their ids are the same in every demo data set."""
    return _Telling(calendar).told()


class _Telling:
    def __init__(self, calendar: Calendar) -> None:
        self._on = calendar.on
        self._random = Random("stories")  # noqa: S311 chance, not secrecy
        self._rows = Rows(1, STORY_REVISIONS)
        self._rows.moment = calendar.moment(-_DAYS * 86_400)
        self._departments: dict[tuple[str, str], str] = {}

    def told(self) -> Mapping[str, bytes]:
        for organization in ORGANIZATIONS:
            self._organization(organization)
        for worker in WORKERS:
            self._worker(worker)
            self._qualifications(worker)
        return self._rows.content()

    def _id(self) -> str:
        return numbers.identity(self._random)

    def _day(self, day: int | None) -> str | None:
        return None if day is None else self._on[day]

    def _organization(self, told: Organization) -> None:
        practice = told.proprietor_snils is not None
        number = told.oid.rpartition(".")[2]
        self._rows.add(
            "organization",
            told.oid,
            told.full_name,
            told.short_name,
            "PROPRIETOR" if practice else "ENTITY",
            told.inn,
            None if practice else f"{told.inn[:4]}{'43' if told.parent else '01'}001",
            told.ogrn,
            told.kind,
            told.ownership,
            told.region,
            f"г. {CITIES[told.region]}, ул. Пирогова, д. {number[-2:]}",
            "55.751244",
            "37.618423",
            f"+7495000{number}",
            f"info@org{number}.example",
            f"https://org{number}.example",
            "Орлов Борис Николаевич",
            told.parent,
            "ACTIVE" if told.closed is None else "LIQUIDATED",
            self._on[-4000],
            self._day(told.closed),
        )
        for name, kind in told.departments:
            key = self._departments[told.oid, name] = self._id()
            beds = 40 if kind == "INPATIENT" else None
            self._rows.add("department", key, told.oid, None, name, kind, None, beds, None)
        for name, position, posts in told.staffing:
            department = self._departments[told.oid, name]
            self._rows.add("staffing_unit", self._id(), told.oid, department, position, posts)
        for one in told.licenses:
            self._license(told, one)

    def _license(self, holder: Organization, told: License) -> None:
        key = self._id()
        ended = self._on[-_DAYS]
        self._rows.add(
            "license",
            key,
            told.number,
            told.old_number,
            "ORGANIZATION" if holder.proprietor_snils is None else "WORKER",
            holder.inn,
            holder.ogrn,
            holder.oid if told.names_organization else None,
            holder.proprietor_snils,
            holder.full_name,
            f"Орган лицензирования ({REGIONS[holder.region]['name']})",
            holder.region,
            "211-Л",
            self._on[told.issued],
            self._day(told.valid_until),
            ended if told.status == "SUSPENDED" else None,
            told.status,
            ended if told.status == "TERMINATED" else None,
        )
        address = f"г. {CITIES[holder.region]}, ул. Пирогова, д. {holder.oid[-2:]}"
        for work in told.works:
            for care in ACTIVITIES[work]["care"]:
                self._rows.add("license_activity", self._id(), key, work, care, address, False)
        self._rows.add("license_event", self._id(), key, "ISSUED", self._on[told.issued], "211-Л")
        if told.status in ("SUSPENDED", "TERMINATED"):
            self._rows.add("license_event", self._id(), key, told.status, ended, "407-Л")

    def _worker(self, told: Worker) -> None:
        key = self._id()
        self._rows.add(
            "worker",
            key,
            told.registry_number,
            told.snils,
            told.last_name,
            told.first_name,
            told.middle_name,
            told.former_last_name,
            told.sex,
            told.born,
            f"г. {CITIES[told.region]}",
            told.citizenship,
            told.inn,
            "4510",
            f"{int(told.registry_number[-3:]):06}",
            f"+7944000{told.registry_number[-4:]}",
            f"worker{int(told.registry_number[-3:])}@mail.example",
            f"г. {CITIES[told.region]}, ул. Чехова, д. 1",
            told.region,
            told.status,
            self._on[-2100],
        )
        for job in told.jobs:
            self._job(key, job)
        for kind, imposed, lifted in told.restrictions:
            reason, authority = _GROUNDS[kind]
            number = f"1-{int(told.registry_number[-3:])}/{kind[:2]}"
            days = self._on[imposed], self._day(lifted)
            self._rows.add("restriction", self._id(), key, kind, reason, authority, number, *days)

    def _job(self, worker: str, told: Job) -> None:
        key = self._id()
        place = told.organization, told.department or ""
        self._rows.add(
            "employment",
            key,
            worker,
            told.organization,
            self._departments.get(place, told.department),
            told.position,
            None,
            told.kind,
            told.rate,
            "10001",
            self._on[told.started],
            self._day(told.ended),
        )
        if told.absent_since is not None:
            since = self._on[told.absent_since]
            self._rows.add("absence", self._id(), key, "PARENTAL", since, None)

    def _qualifications(self, told: Worker) -> None:
        for kind, specialty, issued in told.educations:
            self._education(told, kind, specialty, issued)
        for credential in told.credentials:
            accreditation = credential.kind != "CERTIFICATE"
            self._rows.add(
                "credential",
                self._id(),
                told.snils,
                credential.kind,
                credential.specialty,
                told.jobs[0].position,
                "101/1" if accreditation else None,
                credential.number,
                "Федеральный аккредитационный центр" if accreditation else "Медицинский университет",
                self._on[credential.valid_until - 1826],
                self._on[credential.valid_until],
                credential.status,
                f"https://accreditation.example/{credential.number}" if accreditation else None,
            )
        for category, specialty, valid in told.categories:
            days = self._on[valid - 1826], self._on[valid]
            self._rows.add("category", self._id(), told.snils, category, specialty, *days, "12-к")
        for subject, hours, completed in told.trainings:
            title = f"Актуальные вопросы: {SPECIALTIES[subject]['name'].lower()}"
            provider = "Российская медицинская академия непрерывного профессионального образования"
            plan = self._on[40 if completed is None else completed], self._day(completed)
            self._rows.add("training", self._id(), told.snils, title, provider, subject, hours, hours, *plan)

    def _education(self, told: Worker, kind: str, specialty: str, issued: int) -> None:
        finished = int(self._on[issued][:4])
        higher = kind == "HIGHER_SPEC"
        self._rows.add(
            "education",
            self._id(),
            told.snils,
            kind,
            "Медицинский колледж, г. Москва"
            if kind == "SECONDARY_PROF"
            else "Медицинский университет, г. Москва",
            specialty,
            "врач" if higher else None,
            finished - (6 if higher else 2),
            finished,
            False,
            "107724",
            f"{int(told.registry_number[-3:]):07}",
            self._on[issued],
            True,
        )


_GROUNDS = {
    "PRACTICE_BAN": ("Лишение права заниматься медицинской деятельностью по приговору", "Районный суд"),
    "REPRIMAND": ("Выговор за нарушение порядка ведения документации", "Работодатель"),
}

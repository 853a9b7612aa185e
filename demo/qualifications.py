"""What workers have learnt: education, credentials, categories, training."""

from random import Random

from demo import numbers
from demo.calendar import YEAR, Calendar
from demo.codes import SPECIALTIES, UNKNOWN_SPECIALTY
from demo.places import CITIES
from demo.rows import Rows
from demo.workers import Person

_HIGHER = frozenset({"PHYSICIAN", "MANAGER", "OTHER_HIGHER"})
_FIVE_YEARS = 1826
_DIPLOMAS = {"22": "врач-педиатр", "171": "врач-стоматолог", "184": "провизор"}
_TITLES = (
    "Актуальные вопросы: {}",
    "Неотложные состояния в практике: {}",
    "Клинические рекомендации: {}",
    "Современные методы: {}",
    "Избранные лекции: {}",
)
_PROVIDERS = (
    "Российская медицинская академия непрерывного профессионального образования",
    "Центр повышения квалификации специалистов здравоохранения",
    "Медицинский университет, факультет дополнительного образования",
    "Научное общество врачей",
    "Медицинский колледж",
)
_HOURS = (144, 72, 36, 36, 18, 18, 6)
_CATEGORIES = ("SECOND", "FIRST", "FIRST", "HIGHEST", "HIGHEST")


def write_qualifications(person: Person, random: Random, rows: Rows, calendar: Calendar) -> None:
    """Everything that the qualification registry knows of one worker."""
    if random.random() > 0.02:
        _write_educations(person, random, rows, calendar)
    if person.specialty is None:
        return
    _write_credentials(person, person.specialty, random, rows, calendar)
    if person.age > 30 and random.random() < 0.4:
        _write_category(person, person.specialty, random, rows, calendar)
    for _ in range(int(random.random() * 7.6)):
        _write_training(person, person.specialty, random, rows, calendar)


def _write_educations(person: Person, random: Random, rows: Rows, calendar: Calendar) -> None:
    graduated = -int((person.age - 21) * YEAR * 0.95) - 200
    specialty = person.specialty or "219"
    if person.staff in _HIGHER and SPECIALTIES[specialty]["level"] == "HIGHER":
        basic = SPECIALTIES[specialty]["parent"] or specialty
        _write_education(person, "HIGHER_SPEC", basic, graduated, 6, random, rows, calendar)
        if random.random() < 0.92:
            kind = "RESIDENCY" if random.random() < 0.6 else "INTERNSHIP"
            _write_education(person, kind, specialty, min(graduated + 730, -61), 2, random, rows, calendar)
        if random.random() < 0.35:
            _write_education(
                person, "RETRAINING", specialty, int(graduated * 0.4) - 61, 1, random, rows, calendar
            )
        return
    if person.staff == "JUNIOR":
        _write_education(person, "GENERAL", specialty, graduated, 11, random, rows, calendar)
        return
    kind = "HIGHER_SPEC" if SPECIALTIES[specialty]["level"] == "HIGHER" else "SECONDARY_PROF"
    _write_education(person, kind, specialty, graduated, 4, random, rows, calendar)
    if random.random() < 0.3:
        _write_education(
            person, "RETRAINING", specialty, int(graduated * 0.5) - 61, 1, random, rows, calendar
        )
    if random.random() < 0.25:
        _write_education(
            person, "UPSKILLING", specialty, int(graduated * 0.2) - 61, 1, random, rows, calendar
        )


def _write_education(
    person: Person,
    kind: str,
    specialty: str,
    issued: int,
    years: int,
    random: Random,
    rows: Rows,
    calendar: Calendar,
) -> None:
    chance = random.random()
    finished = calendar.year_of(issued)
    rows.add(
        "education",
        numbers.identity(random),
        person.snils,
        kind,
        _institution(kind, person, chance),
        specialty if chance < 0.997 else UNKNOWN_SPECIALTY,
        _DIPLOMAS.get(specialty, "врач") if kind == "HIGHER_SPEC" else None,
        finished - years if chance > 0.05 else None,
        finished,
        chance < 0.012,
        f"{100_000 + int(chance * 9000)}" if chance > 0.1 else None,
        f"{int(random.random() * 10_000_000):07}",
        calendar.on[issued],
        chance < 0.8,
    )


def _institution(kind: str, person: Person, chance: float) -> str:
    region = person.region if chance < 0.7 else ("77", "78", "16", "54")[int(chance * 40) % 4]
    if kind == "GENERAL":
        return f"Средняя школа № {1 + int(chance * 200)}, г. {CITIES[region]}"
    if kind == "SECONDARY_PROF":
        return f"Медицинский колледж, г. {CITIES[region]}"
    return f"Государственный медицинский университет, г. {CITIES[region]}"


def _write_credentials(
    person: Person, specialty: str, random: Random, rows: Rows, calendar: Calendar
) -> None:
    """The one in force, or one that was not renewed in time, and sometimes the one before it."""
    valid, status = _term(random)
    kind = _kind(person, valid, random)
    _write_credential(person, specialty, kind, valid, status, 0, random, rows, calendar)
    if person.age > 33 and random.random() < 0.5:
        before = valid - _FIVE_YEARS - int(random.random() * 60)
        older = "CERTIFICATE" if before < -400 else "PRIMARY_SPECIALIZED"
        old_status = "EXPIRED" if before < 0 else "ACTIVE"
        _write_credential(person, specialty, older, before, old_status, 1, random, rows, calendar)


def _term(random: Random) -> tuple[int, str]:
    """The day when a credential ends, near today more often than chance would have it, and its status."""
    chance = random.random()
    if chance < 0.05:
        return -int(1 + random.random() * 200), "ACTIVE"  # nobody has marked it expired
    if chance < 0.08:
        return -int(30 + random.random() * 400), "EXPIRED"
    if chance < 0.09:
        return int(random.random() * 120) - 60, "RENEWING"
    if chance < 0.093:
        return int(200 + random.random() * 1200), "REVOKED"
    if chance < 0.18:
        return int(random.random() * 100), "ACTIVE"
    return int(random.random() ** 1.1 * 1760) + 1, "ACTIVE"


def _kind(person: Person, valid: int, random: Random) -> str:
    if person.age < 27:
        return "PRIMARY"
    if valid < 0 and random.random() < 0.5:
        return "CERTIFICATE"
    return "PERIODIC" if random.random() < 0.72 else "PRIMARY_SPECIALIZED"


def _write_credential(
    person: Person,
    specialty: str,
    kind: str,
    valid: int,
    status: str,
    number: int,
    random: Random,
    rows: Rows,
    calendar: Calendar,
) -> None:
    chance = random.random()
    issued = valid - _FIVE_YEARS
    accreditation = kind != "CERTIFICATE"
    serial = f"{person.region}{calendar.on[issued][2:4]}{person.ordinal * 2 + number:010}"
    rows.add(
        "credential",
        numbers.identity(random),
        person.snils,
        kind,
        specialty if chance < 0.998 else UNKNOWN_SPECIALTY,
        person.position if chance < 0.8 else None,
        f"{int(chance * 900) + 100}/{calendar.on[issued][:4]}" if accreditation else None,
        serial,
        "Федеральный аккредитационный центр"
        if accreditation
        else f"Медицинский университет, г. {CITIES[person.region]}",
        calendar.on[issued],
        calendar.on[valid],
        status,
        f"https://accreditation.example/{serial}" if accreditation and chance < 0.6 else None,
    )


def _write_category(person: Person, specialty: str, random: Random, rows: Rows, calendar: Calendar) -> None:
    valid = int(random.random() * 1980) - 220
    rows.add(
        "category",
        numbers.identity(random),
        person.snils,
        _CATEGORIES[int(random.random() * 5)],
        specialty,
        calendar.on[valid - _FIVE_YEARS],
        calendar.on[valid],
        f"{int(random.random() * 900) + 100}-к" if random.random() < 0.9 else None,
    )


def _write_training(person: Person, specialty: str, random: Random, rows: Rows, calendar: Calendar) -> None:
    chance = random.random()
    hours = _HOURS[int(chance * 7)]
    planned = chance * 1000 % 1 < 0.08
    day = int(random.random() * 300) if planned else -int(61 + random.random() * _FIVE_YEARS)
    rows.add(
        "training",
        numbers.identity(random),
        person.snils,
        _TITLES[int(chance * 50) % 5].format(SPECIALTIES[specialty]["name"].lower()),
        _PROVIDERS[int(chance * 500) % 5],
        specialty,
        hours,
        hours if chance < 0.9 else 0,
        calendar.on[day] if planned or chance < 0.5 else None,
        None if planned else calendar.on[day],
    )

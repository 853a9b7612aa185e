"""Where workers work and worked, what they may not do, when they were away."""

from collections.abc import Sequence
from random import Random

from demo import numbers
from demo.calendar import Calendar
from demo.codes import UNKNOWN_POSITION
from demo.organizations import Organization
from demo.places import REGION_CODES
from demo.rows import Rows
from demo.workers import Person

_LEVELS = ("старший", "ведущий", "младший")
_RATES = (100, 100, 100, 100, 100, 100, 100, 50, 75, 125)
_PART_RATES = (25, 50, 50, 50, 10)
_RESTRICTIONS = (
    (
        0.0006,
        "PRACTICE_BAN",
        "Лишение права заниматься медицинской деятельностью по приговору",
        "Районный суд",
    ),
    (0.0016, "SUSPENSION", "Отстранение от работы до прохождения аккредитации", "Работодатель"),
    (0.0030, "PROCEDURE_LIMIT", "Не допускается к самостоятельным операциям", "Врачебная комиссия"),
    (0.0060, "REPRIMAND", "Выговор за нарушение порядка ведения документации", "Работодатель"),
)


def gone_organization(random: Random) -> str:
    """The OID of an organization that its registry does not know any more."""
    region = REGION_CODES[int(random.random() * len(REGION_CODES))]
    return numbers.organization_oid(region, 900_000_000 + int(random.random() * 1_000_000))


def write_employments(
    person: Person,
    at: Organization,
    others: Sequence[Organization],
    random: Random,
    rows: Rows,
    calendar: Calendar,
) -> None:
    """The present main one, sometimes former ones, sometimes a part-time one besides."""
    started = max(person.since, -int(30 + random.random() ** 1.5 * 5000)) - 61
    chance = random.random()
    if chance < 0.955 and person.status != "DECEASED":
        oid = at.oid if random.random() > 0.004 else gone_organization(random)
        key = _write(
            person, at, oid, "MAIN", _RATES[int(random.random() * 10)], started, None, random, rows, calendar
        )
        if random.random() < 0.04:
            _write_absence(key, random, rows, calendar)
    else:
        _write(
            person,
            at,
            at.oid,
            "MAIN",
            100,
            started - 300,
            -int(61 + random.random() * 200),
            random,
            rows,
            calendar,
        )
    if random.random() < 0.36 and started > person.since + 300:
        ended = started - 1 - int(random.random() * 60)
        former = (
            gone_organization(random) if random.random() < 0.04 else _other(person, at, others, random).oid
        )
        began = max(person.since, ended - int(200 + random.random() * 2000))
        _write(person, None, former, "MAIN", 100, began, ended, random, rows, calendar)
    if chance < 0.24 and person.status == "ACTIVE":
        _write_part(person, at, others, started, chance, random, rows, calendar)


def _write_part(
    person: Person,
    at: Organization,
    others: Sequence[Organization],
    started: int,
    chance: float,
    random: Random,
    rows: Rows,
    calendar: Calendar,
) -> None:
    """A second job: in the same organization, or in another one that has such a position."""
    where, kind = (
        (at, "INTERNAL_PART") if chance < 0.09 else (_other(person, at, others, random), "EXTERNAL_PART")
    )
    if where is at and kind == "EXTERNAL_PART":
        kind = "COMBINATION"
    rate = _PART_RATES[int(random.random() * 5)]
    began = int(started * random.random()) - 61
    ended = int(began * 0.5) - 1 if random.random() < 0.2 and began < -200 else None
    _write(person, where, where.oid, kind, rate, began, ended, random, rows, calendar)


def _other(person: Person, at: Organization, others: Sequence[Organization], random: Random) -> Organization:
    """Another organization where somebody like this one may work; the same when there is none at hand."""
    for _ in range(4):
        other = others[int(random.random() * len(others))]
        if other is not at and other.size > 1 and person.position in other.kind.profile.positions:
            return other
    return at


def _write(
    person: Person,
    at: Organization | None,
    oid: str,
    kind: str,
    rate: int,
    started: int,
    ended: int | None,
    random: Random,
    rows: Rows,
    calendar: Calendar,
) -> str:
    key = numbers.identity(random)
    department = at.department_for(person.position, random) if at is not None else None
    if at is not None and ended is None and oid == at.oid:
        at.occupied[department, person.position] += rate
        if person.specialty is not None:
            at.specialties.add(person.specialty)
    chance = random.random()
    rows.add(
        "employment",
        key,
        person.key,
        oid,
        department if chance > 0.006 else numbers.identity(random),
        person.position if chance < 0.998 else UNKNOWN_POSITION,
        _LEVELS[int(chance * 300) % 3] if 0.5 < chance < 0.6 else None,
        kind,
        f"{rate / 100:.2f}",
        f"{int(chance * 90_000) + 10_000}" if chance < 0.92 else None,
        calendar.on[started],
        calendar.on[ended] if ended is not None else None,
    )
    return key


def _write_absence(employment: str, random: Random, rows: Rows, calendar: Calendar) -> None:
    kind = ("PARENTAL", "PARENTAL", "STUDY", "OTHER")[int(random.random() * 4)]
    started = -int(61 + random.random() * 500)
    ended = int(started + 30 + random.random() * 500) if random.random() < 0.8 else None
    rows.add(
        "absence",
        numbers.identity(random),
        employment,
        kind,
        calendar.on[started],
        calendar.on[ended] if ended is not None else None,
    )


def write_restrictions(person: Person, random: Random, rows: Rows, calendar: Calendar) -> None:
    """A restriction on a few; most of them were lifted again."""
    chance = random.random()
    for share, kind, reason, authority in _RESTRICTIONS:
        if chance < share:
            imposed = -int(61 + random.random() * 900)
            lifted = int(imposed * random.random()) - 1 if random.random() < 0.4 else None
            rows.add(
                "restriction",
                numbers.identity(random),
                person.key,
                kind,
                reason,
                authority,
                f"{person.ordinal % 900 + 100}/{kind[:2]}",
                calendar.on[imposed],
                calendar.on[lifted] if lifted is not None else None,
            )
            return

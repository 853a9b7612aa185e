"""Licences of organizations and proprietors, with their works and their history."""

from random import Random

from demo import numbers
from demo.calendar import Calendar
from demo.codes import ACTIVITIES, ACTIVITY_OF_SPECIALTY, REGIONS, UNKNOWN_ACTIVITY
from demo.organizations import Organization
from demo.places import address
from demo.rows import Rows

_MOST_OLDER = 5
_EXTRA = ("L041", "L044", "L046", "L047", "L111", "L112", "L008", "L052")
_OUTCOMES = (
    ("ACTIVE", 0.945),
    ("SUSPENDED", 0.97),
    ("TERMINATED", 0.985),
    ("REVOKED", 0.99),
    ("EXPIRED", 1.0),
)


def write_licenses(organization: Organization, random: Random, rows: Rows, calendar: Calendar) -> None:
    """The licence by which the organization works now, then older ones and those of other addresses."""
    covered = sorted(
        {ACTIVITY_OF_SPECIALTY[one] for one in organization.specialties if one in ACTIVITY_OF_SPECIALTY}
    )
    if random.random() < 0.04 and len(covered) > 1:
        covered.pop(int(random.random() * len(covered)))  # work that nobody licensed
    covered += [code for code in _EXTRA if random.random() < 0.12]
    count = 1 + int(random.random() * _MOST_OLDER)
    for number in range(count):
        current = number == 0
        status = _status(organization, current, random)
        license_id, started, ended = _license(organization, number, status, random, rows, calendar)
        works = covered if current else [code for code in covered if random.random() < 0.3]
        place = organization.address
        if not current and status == "ACTIVE":
            place = address(organization.region, number * 7, 2 + organization.ordinal % 90)
        _activities(organization, license_id, works, place, random, rows)
        history = [("ISSUED", started), *_history(status, started, ended, random)]
        _events(license_id, history, random, rows, calendar)


def _status(organization: Organization, current: bool, random: Random) -> str:
    if organization.closed is not None:
        return "TERMINATED"
    chance = random.random()
    if current:
        return next(status for status, share in _OUTCOMES if chance < share)
    return "ACTIVE" if chance < 0.35 else "TERMINATED" if chance < 0.8 else "EXPIRED"


def _license(
    organization: Organization, number: int, status: str, random: Random, rows: Rows, calendar: Calendar
) -> tuple[str, int, int]:
    region = REGIONS[organization.region]
    license_id = numbers.identity(random)
    issued = -int(100 + random.random() * 1500) if number == 0 else -int(1600 + random.random() * 2500)
    old = issued < -365 * 4 or random.random() < 0.4
    practice = organization.proprietor_snils is not None
    # A branch's licence without OID would read as its parent's, so the registry names it.
    named = (organization.parent is not None and number == 0) or random.random() > 0.105
    ended = -int(61 + random.random() * 39)
    rows.add(
        "license",
        license_id,
        license_number(organization.region, numbers.license_base(organization.ordinal * 8 + number)),
        f"ЛО-{organization.region}-01-{int(random.random() * 1_000_000):06}" if old else None,
        "WORKER" if practice else "ORGANIZATION",
        organization.inn,
        organization.ogrn,
        organization.oid if named else None,
        organization.proprietor_snils,
        organization.full_name,
        f"Орган лицензирования ({region['name']})",
        organization.region,
        f"{100 + int(random.random() * 900)}-Л",
        calendar.on[issued],
        _valid_until(status, issued, random, calendar),
        calendar.on[ended] if status == "SUSPENDED" else None,
        status,
        calendar.on[ended] if status in ("TERMINATED", "REVOKED") else None,
    )
    return license_id, issued, ended


def license_number(region: str, number: int) -> str:
    """A licence's number in the form of today; digits of authorities that are not known are made up."""
    authority = REGIONS[region]["license_authority"] or f"01{200 + int(region)}"
    return f"Л041-{authority}-{region}/{number:08}"


def _valid_until(status: str, issued: int, random: Random, calendar: Calendar) -> str | None:
    """Licences have no term, but for old ones; a few of these ended and are still marked active."""
    if status == "EXPIRED":
        return calendar.on[int((issued + 61) * random.random()) - 61]
    if status != "ACTIVE":
        return None
    chance = random.random()
    if chance < 0.015:
        return calendar.on[max(issued, -200) + int(random.random() * 90)]
    return calendar.on[int(random.random() * 400)] if chance < 0.06 else None


def _activities(
    organization: Organization, license_id: str, works: list[str], place: str, random: Random, rows: Rows
) -> None:
    cares = organization.kind.profile.cares
    for code in works:
        possible = ACTIVITIES[code]["care"]
        fitting = [care for care in possible if care in cares] or possible[:1]
        for care in fitting:
            rows.add(
                "license_activity",
                numbers.identity(random),
                license_id,
                code,
                care,
                place,
                random.random() < 0.004,
            )
    if random.random() < 0.01:
        rows.add(
            "license_activity",
            numbers.identity(random),
            license_id,
            UNKNOWN_ACTIVITY,
            "PHC_SPEC",
            place,
            False,
        )


def _history(status: str, issued: int, ended: int, random: Random) -> list[tuple[str, int]]:
    """What happened to the licence after it was issued, oldest first."""
    history = []
    if issued < -200 and random.random() < 0.5:
        history.append(("CHANGED", int(issued + random.random() * (-issued - 100))))
    if status == "ACTIVE" and random.random() < 0.03 and issued < -400:
        history += [("SUSPENDED", -300), ("RESUMED", -240)]
    if status in ("SUSPENDED", "TERMINATED", "REVOKED"):
        history.append((status, ended))
    return sorted(history, key=lambda event: event[1])


def _events(
    license_id: str, history: list[tuple[str, int]], random: Random, rows: Rows, calendar: Calendar
) -> None:
    for kind, day in history:
        order = f"{100 + int(random.random() * 900)}-Л"
        rows.add("license_event", numbers.identity(random), license_id, kind, calendar.on[day], order)

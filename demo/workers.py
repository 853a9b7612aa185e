"""Medical workers: who they are, and their rows in the worker registry."""

from dataclasses import dataclass
from random import Random

from demo import numbers
from demo.calendar import YEAR, Calendar
from demo.codes import POSITIONS
from demo.names import MEN, WOMEN, Names
from demo.organizations import Organization
from demo.places import CITIES, address
from demo.rows import Rows

_FOREIGN = ("BLR", "KAZ", "UZB", "TJK", "ARM", "KGZ", "SYR", "IND")
_WOMEN_AMONG = {"PHYSICIAN": 0.68, "MANAGER": 0.6, "MIDLEVEL": 0.92, "PHARMACIST": 0.9}
_STATUSES = ((0.965, "ACTIVE"), (0.99, "INACTIVE"), (0.996, "SUSPENDED"), (1.0, "DECEASED"))
_NO_SUCH_BASE = 600_000_000
"""Ordinals from here on are never reached; they stand in where a number belongs to a story."""


@dataclass(slots=True)
class Person:
    """A worker while the batch is made."""

    key: str
    snils: str
    inn: str
    ordinal: int
    region: str
    position: str
    specialty: str | None
    staff: str
    woman: bool
    last: int
    first: str
    middle: str | None
    age: float
    since: int
    """When the working life began, in days from today."""
    status: str

    @property
    def names(self) -> Names:
        return WOMEN if self.woman else MEN

    @property
    def full_name(self) -> str:
        parts = (self.names.last[self.last], self.first, self.middle)
        return " ".join(part for part in parts if part)


def staff(organization: Organization, first: int, taken: frozenset[int], random: Random) -> list[Person]:
    """The people that an organization employs as its own, its head first."""
    profile = organization.kind.profile
    count = organization.size
    positions = random.choices(profile.positions, cum_weights=profile.weights, k=count)
    for place, position in enumerate(("X101", "X103", "X102")):
        if count >= (place + 1) * 20:
            positions[place] = position
    names = {woman: (WOMEN if woman else MEN).drawn(random, count) for woman in (True, False)}
    people: list[Person] = []
    for place, position in enumerate(positions):
        woman = random.random() < _WOMEN_AMONG.get(POSITIONS[position]["staff"], 0.85)
        person = _person(organization, position, woman, names[woman][place], first + place, taken, random)
        if people and random.random() < 0.003:
            _repeat(people[-1], person)
        people.append(person)
    return people


def _person(
    organization: Organization,
    position: str,
    woman: bool,
    name: tuple[int, str, str],
    ordinal: int,
    taken: frozenset[int],
    random: Random,
) -> Person:
    base = numbers.snils_base(ordinal)
    if base in taken:
        base = numbers.snils_base(_NO_SUCH_BASE + ordinal)
    row = POSITIONS[position]
    specialty = row["specialty"]
    if specialty is None and row["staff"] == "MANAGER":
        choice = organization.kind.profile.specialties
        specialty = choice[int(random.random() * len(choice))]
    region = organization.region
    age = 22 + 46 * random.random() ** 1.15
    chance = random.random()
    return Person(
        key=numbers.identity(random),
        snils=numbers.snils(base),
        inn=numbers.inn_12(f"{region}{int(random.random() * 100_000_000):08}"),
        ordinal=ordinal,
        region=region,
        position=position,
        specialty=specialty,
        staff=row["staff"],
        woman=woman,
        last=name[0],
        first=name[1],
        middle=name[2] if random.random() < 0.985 else None,
        age=age,
        since=-int((age - 21.5) * YEAR * (0.5 + 0.5 * random.random())) - 100,
        status=next(status for share, status in _STATUSES if chance < share),
    )


def _repeat(person: Person, again: Person) -> None:
    """Make `again` a second record of the same person, under another SNILS."""
    again.woman, again.last, again.first, again.middle = (
        person.woman,
        person.last,
        person.first,
        person.middle,
    )
    again.age, again.since = person.age, person.since


def write_worker(person: Person, random: Random, rows: Rows, calendar: Calendar) -> None:
    """The worker's own row."""
    chance = random.random()
    region = person.region
    surname = person.names.last[person.last]
    passport = chance < 0.97
    rows.add(
        "worker",
        person.key,
        f"{region}{20 + person.ordinal % 6}{numbers.registry_base(person.ordinal)}",
        person.snils,
        surname,
        person.first,
        person.middle,
        person.names.last[int(chance * 300)] if person.woman and random.random() < 0.3 else None,
        "F" if person.woman else "M",
        calendar.on[-int(person.age * YEAR)],
        f"г. {CITIES[region]}" if chance < 0.9 else None,
        "RUS" if chance < 0.98 else _FOREIGN[int(chance * 10_000) % 8],
        person.inn if chance > 0.12 else None,
        f"{region}{int(chance * 25):02}" if passport else None,
        f"{int(random.random() * 1_000_000):06}" if passport else None,
        f"+7944{int(random.random() * 10_000_000):07}" if random.random() < 0.9 else None,
        f"{person.names.mailboxes[person.last]}{person.ordinal}@mail.example" if chance > 0.3 else None,
        address(region, int(chance * 1000), 1 + int(chance * 90)) if chance < 0.94 else None,
        region,
        person.status,
        calendar.on[max(person.since, -3650) // 2 - 100],
    )

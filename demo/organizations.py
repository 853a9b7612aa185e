"""Organizations with their departments and staffing schedules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from demo import numbers
from demo.calendar import Calendar
from demo.codes import REGIONS
from demo.kinds import BY_SIZE, PRACTICE, PRETTY_NAMES, Kind
from demo.places import REGION_CODES, REGION_WEIGHTS, address
from demo.plan import Share
from demo.profiles import DepartmentPattern
from demo.rows import Rows

_FIRST_NUMBER = 10_000
"""OIDs below end in numbers that demo/stories.py uses."""


@dataclass(slots=True)
class Organization:
    """An organization while its batch is made."""

    oid: str
    inn: str
    ogrn: str
    kind: Kind
    region: str
    title: str
    ownership: str
    address: str
    size: int
    ordinal: int
    registered: int
    """In days from today, as `closed`."""
    closed: int | None = None
    status: str = "ACTIVE"
    parent: "Organization | None" = None
    proprietor_snils: str | None = None
    head: str | None = None
    departments: list[tuple[str, DepartmentPattern]] = field(default_factory=list)
    by_position: dict[str, list[str]] = field(default_factory=dict)
    specialties: set[str] = field(default_factory=set)
    """What its staff does, so what its licence should cover."""
    occupied: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    """Rates taken up, in hundredths, by department and position."""

    @property
    def is_practice(self) -> bool:
        return self.kind is PRACTICE

    @property
    def is_private(self) -> bool:
        return self.ownership == "PRIVATE"

    @property
    def full_name(self) -> str:
        if self.is_practice:
            return f"Индивидуальный предприниматель {self.title}"
        if self.parent is not None:
            return f"{self.parent.full_name}, филиал «{self.title}»"
        region = REGIONS[self.region]["name"]
        if self.is_private:
            return (
                f"Общество с ограниченной ответственностью «{self.title.replace('«', '').replace('»', '')}»"
            )
        founder = "Федеральное" if self.ownership == "FEDERAL" else "Государственное"
        return f"{founder} бюджетное учреждение здравоохранения «{self.title}» ({region})"

    @property
    def short_name(self) -> str:
        if self.is_practice:
            return f"ИП {self.title}"
        if self.parent is not None:
            return f"{self.title}, филиал {self.parent.short_name}"
        return f"ООО {self.title}" if self.is_private else f"ГБУЗ {self.title}"

    def become_practice_of(self, full_name: str, snils: str, inn: str) -> None:
        """A proprietor works under his own name and his own ИНН, and has an ОГРНИП."""
        self.title, self.inn, self.proprietor_snils = full_name, inn, snils
        self.ogrn = numbers.ogrnip(f"3{self.ogrn[1:5]}{self.ordinal + 100_000_000:09}")

    def department_for(self, position: str, random: Random) -> str | None:
        """A department where such a position may be, and none in an organization without departments."""
        if not self.departments:
            return None
        fitting = self.by_position.get(position)
        if fitting is None:
            own = [key for key, pattern in self.departments if position in pattern.positions]
            fitting = own or [key for key, pattern in self.departments if pattern.kind != "ADMINISTRATIVE"]
            fitting = fitting or [key for key, _ in self.departments]
            self.by_position[position] = fitting
        return fitting[int(random.random() * len(fitting))]


def organizations(share: Share, random: Random) -> list[Organization]:
    """The organizations of a share, parents before their branches."""
    made: list[Organization] = []
    regions = random.choices(REGION_CODES, cum_weights=REGION_WEIGHTS, k=len(share.sizes))
    if share.number == 0:
        regions[0] = "77"  # the largest hospital stands in Moscow
    for place, size in enumerate(share.sizes):
        ordinal = share.first_organization + place
        parents = [one for one in made if one.size >= 40 and not one.is_private and one.parent is None]
        if parents and 2 <= size <= 200 and random.random() < 0.12:
            made.append(_branch(parents[int(random.random() * len(parents))], ordinal, size, random))
        else:
            made.append(_organization(ordinal, size, regions[place], random))
    return made


def _organization(ordinal: int, size: int, region: str, random: Random) -> Organization:
    kind = _kind(size, random)
    base = numbers.holder_base(ordinal)
    private = random.random() < kind.private
    year = random.randint(2, 22)
    made = Organization(
        oid=numbers.organization_oid(region, _FIRST_NUMBER + ordinal),
        inn=numbers.inn_10(f"{region}{base}"),
        ogrn=numbers.ogrn(f"1{year:02}{region}{base}"),
        kind=kind,
        region=region,
        title=_title(kind, random),
        ownership="PRIVATE" if private else random.choices(_PUBLIC, cum_weights=(1, 11, 13))[0],
        address=address(region, int(random.random() * 34), 1 + int(random.random() * 120)),
        size=size,
        ordinal=ordinal,
        registered=-int(365 * (3 + random.random() * 12)),
    )
    if size == 0 and random.random() < 0.8:
        made.closed = -int(61 + random.random() * 900)
        made.status = "LIQUIDATED" if random.random() < 0.7 else "REORGANIZED"
    elif random.random() < 0.004:  # its staff has not been dismissed in the worker registry yet
        made.closed = -int(61 + random.random() * 200)
        made.status = "LIQUIDATED"
    return made


_PUBLIC = ("FEDERAL", "REGIONAL", "MUNICIPAL")


def _branch(parent: Organization, ordinal: int, size: int, random: Random) -> Organization:
    branch = _organization(ordinal, size, parent.region, random)
    branch.parent = parent
    branch.inn, branch.ogrn, branch.ownership = parent.inn, parent.ogrn, parent.ownership
    branch.closed, branch.status = None, "ACTIVE"
    if branch.kind.private > 0.5:
        branch.kind, branch.title = parent.kind, _title(parent.kind, random)
    return branch


def _kind(size: int, random: Random) -> Kind:
    if size == 1:
        return PRACTICE
    kinds, weights = BY_SIZE[max(size, 8).bit_length() - 1 if size else 4]
    return random.choices(kinds, cum_weights=weights)[0]


def _title(kind: Kind, random: Random) -> str:
    pretty = PRETTY_NAMES[int(random.random() * len(PRETTY_NAMES))]
    return kind.title.replace("#", str(1 + int(random.random() * 150))).replace("@", pretty)


def found_departments(organization: Organization, random: Random, rows: Rows, calendar: Calendar) -> None:
    """Give an organization its departments; those that were closed stay in the registry."""
    patterns = organization.kind.profile.departments
    count = 0 if organization.size < 5 else max(1, min(len(patterns), organization.size // 6))
    block: str | None = None
    for number, pattern in enumerate(
        patterns[:count] if count < len(patterns) else _repeated(patterns, organization)
    ):
        key = numbers.identity(random)
        closed = number > 2 and random.random() < 0.04
        inpatient = pattern.kind == "INPATIENT"
        rows.add(
            "department",
            key,
            organization.oid,
            block if inpatient else None,
            pattern.name,
            pattern.kind,
            organization.address if random.random() < 0.7 else None,
            int(15 + random.random() * 60) if inpatient else None,
            calendar.on[-int(61 + random.random() * 1500)] if closed else None,
        )
        if inpatient and block is None:
            block = key
        if not closed:
            organization.departments.append((key, pattern))


def _repeated(
    patterns: Sequence[DepartmentPattern], organization: Organization
) -> Sequence[DepartmentPattern]:
    """Large organizations have several departments of one kind."""
    times = max(1, min(4, organization.size // (len(patterns) * 25 + 1)))
    return [
        DepartmentPattern(
            f"{pattern.name}, корпус {block}" if block > 1 else pattern.name, pattern.kind, pattern.positions
        )
        for block in range(1, times + 1)
        for pattern in patterns
        if block == 1 or pattern.kind == "INPATIENT"
    ]


def write_organization(organization: Organization, random: Random, rows: Rows, calendar: Calendar) -> None:
    """The organization's own row."""
    number = organization.oid.rpartition(".")[2]
    mailbox = f"org{number}.example"
    practice = organization.is_practice
    located = random.random() < 0.9
    rows.add(
        "organization",
        organization.oid,
        organization.full_name,
        organization.short_name,
        "PROPRIETOR" if practice else "ENTITY",
        organization.inn,
        None if practice else f"{organization.inn[:4]}{'43' if organization.parent else '01'}001",
        organization.ogrn,
        organization.kind.code,
        organization.ownership,
        organization.region,
        organization.address,
        f"{44 + random.random() * 20:.6f}" if located else None,
        f"{28 + random.random() * 110:.6f}" if located else None,
        f"+7495{organization.ordinal % 10_000_000:07}",
        f"info@{mailbox}" if random.random() < 0.85 else None,
        f"https://{mailbox}" if random.random() < 0.7 else None,
        organization.head,
        organization.parent.oid if organization.parent else None,
        organization.status,
        calendar.on[organization.registered],
        calendar.on[organization.closed] if organization.closed is not None else None,
    )


def write_staffing(organization: Organization, random: Random, rows: Rows) -> None:
    """The staffing schedule: what is occupied, and what is vacant besides."""
    for (department, position), hundredths in organization.occupied.items():
        chance = random.random()
        posts = hundredths / 100
        if chance < 0.3:
            posts += (0.5, 1, 1, 1.5, 2, 3)[int(chance * 20)]
        elif chance < 0.34 and posts > 1:
            posts -= 0.5
        rows.add(
            "staffing_unit", numbers.identity(random), organization.oid, department, position, f"{posts:.2f}"
        )
    if organization.departments and random.random() < 0.3:
        wanted = random.choice(organization.kind.profile.positions)
        department = organization.department_for(wanted, random)
        rows.add("staffing_unit", numbers.identity(random), organization.oid, department, wanted, "1.00")

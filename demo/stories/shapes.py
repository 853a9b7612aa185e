"""What a story may tell of. Days are counted from the day of the data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """An employment."""

    organization: str
    position: str
    kind: str = "MAIN"
    rate: str = "1.00"
    started: int = -2000
    ended: int | None = None
    department: str | None = None
    """Name of the organization's department, or an id that leads nowhere."""
    absent_since: int | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate or an accreditation."""

    specialty: str
    number: str
    valid_until: int
    kind: str = "PERIODIC"
    status: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker with everything that the registries know."""

    registry_number: str
    snils: str
    last_name: str
    first_name: str
    middle_name: str | None
    sex: str
    born: str
    region: str
    jobs: tuple[Job, ...]
    inn: str
    credentials: tuple[Credential, ...] = ()
    educations: tuple[tuple[str, str, int], ...] = ()
    """Kind, specialty, day of issue."""
    categories: tuple[tuple[str, str, int], ...] = ()
    """Category, specialty, last day."""
    trainings: tuple[tuple[str, int, int | None], ...] = ()
    """Specialty, hours, day of completion."""
    restrictions: tuple[tuple[str, int, int | None], ...] = ()
    """Kind, day imposed, day lifted."""
    former_last_name: str | None = None
    citizenship: str = "RUS"
    status: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class License:
    """A licence with the works it allows."""

    number: str
    status: str = "ACTIVE"
    works: tuple[str, ...] = ()
    names_organization: bool = True
    old_number: str | None = None
    issued: int = -1500
    valid_until: int | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization with its departments, staffing schedule and licences."""

    oid: str
    full_name: str
    short_name: str
    inn: str
    ogrn: str
    kind: str
    ownership: str
    region: str
    departments: tuple[tuple[str, str], ...] = ()
    """Name and kind."""
    staffing: tuple[tuple[str, str, str], ...] = ()
    """Name of the department, position, posts."""
    licenses: tuple[License, ...] = ()
    parent: str | None = None
    proprietor_snils: str | None = None
    closed: int | None = None

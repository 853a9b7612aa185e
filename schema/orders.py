"""By what the hits of a search are ordered, and where those stand that do not have it."""

from enum import Enum, StrEnum
from typing import Any

import strawberry

from projections.search.condition import Order
from schema.directives import OPEN


@strawberry.enum(description="Direction of an order.", directives=OPEN)
class Direction(StrEnum):
    """Direction of an order."""

    ASC = "ASC"
    DESC = "DESC"


@strawberry.enum(description="Where those stand that have no value, whatever the direction.", directives=OPEN)
class Nulls(StrEnum):
    """Where those stand that have no value."""

    FIRST = "FIRST"
    LAST = "LAST"


def key(name: str, description: str) -> Any:
    """One value by which hits can be ordered."""
    return strawberry.enum_value(name, description=description)


MATCH = "How well the text of `query` matches, the best first; with `query` alone."
NAMED = "By its name in its dictionary."


@strawberry.enum(description="By what workers can be ordered.", directives=OPEN)
class WorkerOrderBy(Enum):
    """By what workers can be ordered."""

    MATCH = key("MATCH", MATCH)
    NAME = key("NAME", "Surname, first name, patronymic.")
    REGISTRY_NUMBER = key("REGISTRY_NUMBER", "Number of the record; the order without any other.")
    REGION = key("REGION", f"Region of the record. {NAMED}")
    STATUS = key("STATUS", "Status of the record.")
    REGISTERED_ON = key("REGISTERED_ON", "Day on which the record was made.")
    ORGANIZATION = key("ORGANIZATION", "Short name of the main employer now.")
    POSITION = key("POSITION", f"Position at the main employer now. {NAMED}")
    SPECIALTY = key("SPECIALTY", f"Specialty of the credential in force that lasts longest. {NAMED}")
    NEAREST_EXPIRY = key("NEAREST_EXPIRY", "First last day among the credentials in force.")
    CATEGORY = key("CATEGORY", "Best category in force: second, first, highest.")
    ELIGIBLE = key("ELIGIBLE", "Whether he may practise today.")


@strawberry.enum(description="By what organizations can be ordered.", directives=OPEN)
class OrganizationOrderBy(Enum):
    """By what organizations can be ordered."""

    MATCH = key("MATCH", MATCH)
    NAME = key("NAME", "Short name.")
    OID = key("OID", "OID, as a text; the order without any other.")
    REGION = key("REGION", f"Region. {NAMED}")
    KIND = key("KIND", f"Kind. {NAMED}")
    OWNERSHIP = key("OWNERSHIP", "Form of ownership.")
    STATUS = key("STATUS", "Status.")
    REGISTERED_ON = key("REGISTERED_ON", "Day of registration.")
    STAFF = key("STAFF", "How many people it employs today.")
    LICENSE_UNTIL = key("LICENSE_UNTIL", "First last day among its licences in force.")


@strawberry.enum(description="By what licences can be ordered.", directives=OPEN)
class LicenseOrderBy(Enum):
    """By what licences can be ordered."""

    MATCH = key("MATCH", MATCH)
    NUMBER = key("NUMBER", "Number; the order without any other.")
    HOLDER = key("HOLDER", "Name of the holder.")
    REGION = key("REGION", f"Region. {NAMED}")
    STATUS = key("STATUS", "Status.")
    ISSUED_ON = key("ISSUED_ON", "Day of issue.")
    VALID_UNTIL = key("VALID_UNTIL", "Last day; those without term have none.")
    ORGANIZATION = key("ORGANIZATION", "Short name of the organization that holds it.")


@strawberry.enum(description="By what certificates and accreditations can be ordered.", directives=OPEN)
class CredentialOrderBy(Enum):
    """By what certificates and accreditations can be ordered."""

    MATCH = key("MATCH", MATCH)
    NUMBER = key("NUMBER", "Number; the order without any other.")
    WORKER = key("WORKER", "Name of the worker.")
    SPECIALTY = key("SPECIALTY", f"Specialty. {NAMED}")
    STATUS = key("STATUS", "Status.")
    ISSUED_ON = key("ISSUED_ON", "Day of issue.")
    VALID_UNTIL = key("VALID_UNTIL", "Last day.")
    ORGANIZATION = key("ORGANIZATION", "Short name of the worker's main employer now.")


class Ordering:
    """What every key of an order has in common."""

    def asked(self) -> Order:
        """The same in the words of a search."""
        given: Any = self
        return Order(str(given.by.value), given.direction is Direction.DESC, given.nulls is Nulls.FIRST)


def by_what() -> Any:
    """The field `by`."""
    return strawberry.field(description="By what.", directives=OPEN)


def direction() -> Any:
    """The field `direction`."""
    return strawberry.field(default=Direction.ASC, description="Ascending unless asked.", directives=OPEN)


def nulls() -> Any:
    """The field `nulls`."""
    return strawberry.field(default=Nulls.LAST, description="Last unless asked.", directives=OPEN)


@strawberry.input(description="One key of the order of workers.")
class WorkerOrder(Ordering):
    """One key of the order of workers."""

    by: WorkerOrderBy = by_what()
    direction: Direction = direction()
    nulls: Nulls = nulls()


@strawberry.input(description="One key of the order of organizations.")
class OrganizationOrder(Ordering):
    """One key of the order of organizations."""

    by: OrganizationOrderBy = by_what()
    direction: Direction = direction()
    nulls: Nulls = nulls()


@strawberry.input(description="One key of the order of licences.")
class LicenseOrder(Ordering):
    """One key of the order of licences."""

    by: LicenseOrderBy = by_what()
    direction: Direction = direction()
    nulls: Nulls = nulls()


@strawberry.input(description="One key of the order of certificates and accreditations.")
class CredentialOrder(Ordering):
    """One key of the order of certificates and accreditations."""

    by: CredentialOrderBy = by_what()
    direction: Direction = direction()
    nulls: Nulls = nulls()

"""The connections of each root, and the facets of each: by what its hits are counted."""

from enum import Enum
from typing import Any

import strawberry

from auth.rights import FieldClass
from resolvers.context import Context
from resolvers.link import lookup
from resolvers.search.facets import MOST_TOP, facets
from resolvers.search.found import Found
from schema.credential import Credential
from schema.directives import OPEN, Access, weighs
from schema.eligibility import Eligibility
from schema.fields import class_of, public
from schema.license import License
from schema.organization import Organization
from schema.search import Facet, FoundConnection
from schema.worker import Worker

TOP = 10


def by(name: str, description: str, field_class: FieldClass = FieldClass.PUBLIC) -> Any:
    """One value by which hits can be counted; what it counts may not be for everyone."""
    own = () if field_class is FieldClass.PUBLIC else (Access(field_class=field_class),)
    return strawberry.enum_value(name, description=description, directives=own)


@strawberry.enum(description="By what workers can be counted.", directives=OPEN)
class WorkerFacet(Enum):
    """By what workers can be counted."""

    REGION = by("REGION", "Region of the record.")
    STATUS = by("STATUS", "Status of the record.")
    SEX = by("SEX", "Sex.")
    SPECIALTY = by("SPECIALTY", "Specialties of credentials in force.")
    POSITION = by("POSITION", "Positions now.")
    ORGANIZATION = by("ORGANIZATION", "Employers now, by OID.")
    ORGANIZATION_KIND = by("ORGANIZATION_KIND", "Kinds of employers now.")
    ORGANIZATION_REGION = by("ORGANIZATION_REGION", "Regions of employers now.")
    OWNERSHIP = by("OWNERSHIP", "Ownership of employers now.")
    CREDENTIAL_STATUS = by("CREDENTIAL_STATUS", "Statuses of credentials.")
    CATEGORY = by("CATEGORY", "Best category in force.")
    EDUCATION_KIND = by("EDUCATION_KIND", "Kinds of education.")
    ELIGIBLE = by("ELIGIBLE", "Whether he may practise today: `true` or `false`.")
    ELIGIBILITY_REASON = by(
        "ELIGIBILITY_REASON",
        "Reasons against; counted over those of whom the caller sees them.",
        class_of(Eligibility, "reasons"),
    )


@strawberry.enum(description="By what organizations can be counted.", directives=OPEN)
class OrganizationFacet(Enum):
    """By what organizations can be counted."""

    REGION = by("REGION", "Region.")
    KIND = by("KIND", "Kind.")
    OWNERSHIP = by("OWNERSHIP", "Form of ownership.")
    STATUS = by("STATUS", "Status.")
    LICENSED = by("LICENSED", "Whether a licence is in force: `true` or `false`.")
    ACTIVITY = by("ACTIVITY", "Works and services that its licences in force allow.")


@strawberry.enum(description="By what licences can be counted.", directives=OPEN)
class LicenseFacet(Enum):
    """By what licences can be counted."""

    REGION = by("REGION", "Region.")
    STATUS = by("STATUS", "Status.")
    HOLDER_KIND = by("HOLDER_KIND", "Who holds it.")
    ACTIVITY = by("ACTIVITY", "Works and services that it allows.")


@strawberry.enum(description="By what certificates and accreditations can be counted.", directives=OPEN)
class CredentialFacet(Enum):
    """By what certificates and accreditations can be counted."""

    SPECIALTY = by("SPECIALTY", "Specialty.")
    KIND = by("KIND", "Kind.")
    STATUS = by("STATUS", "Status.")
    REGION = by("REGION", "Region of the worker's record.")
    YEAR = by("YEAR", "Year of the last day.")
    VALID_UNTIL = by("VALID_UNTIL", "Last day, as `2026-11-22`.")


def _of_workers(root: Found, context: Context, by: list[WorkerFacet], top: int = TOP) -> Any:
    return facets(root, context, by, top)


def _of_organizations(root: Found, context: Context, by: list[OrganizationFacet], top: int = TOP) -> Any:
    return facets(root, context, by, top)


def _of_licenses(root: Found, context: Context, by: list[LicenseFacet], top: int = TOP) -> Any:
    return facets(root, context, by, top)


def _of_credentials(root: Found, context: Context, by: list[CredentialFacet], top: int = TOP) -> Any:
    return facets(root, context, by, top)


def counted(find: Any) -> Any:
    """The field `facets` of a connection."""
    return public(
        "How many of all hits have each value; counted in the projection, only when asked. `top`: so many"
        f" values of each, {TOP} unless asked, {MOST_TOP} at most.",
        lookup(find),
        arguments={"by": FieldClass.PUBLIC, "top": FieldClass.PUBLIC},
        directives=[weighs(10)],
    )


@strawberry.type(description="A page of workers, and the count of all of them.")
class WorkerConnection(FoundConnection[Worker]):
    """A page of workers, and the count of all of them."""

    facets: list[Facet] = counted(_of_workers)


@strawberry.type(description="A page of organizations, and the count of all of them.")
class OrganizationConnection(FoundConnection[Organization]):
    """A page of organizations, and the count of all of them."""

    facets: list[Facet] = counted(_of_organizations)


@strawberry.type(description="A page of licences, and the count of all of them.")
class LicenseConnection(FoundConnection[License]):
    """A page of licences, and the count of all of them."""

    facets: list[Facet] = counted(_of_licenses)


@strawberry.type(description="A page of certificates and accreditations, and the count of all of them.")
class CredentialConnection(FoundConnection[Credential]):
    """A page of certificates and accreditations, and the count of all of them."""

    facets: list[Facet] = counted(_of_credentials)

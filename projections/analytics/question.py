"""What an aggregate asks, as plain data: dimensions, measures, what it is narrowed to. Knows no SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Dimension(StrEnum):
    """By what the workforce is told apart."""

    REGION = "REGION"
    FEDERAL_DISTRICT = "FEDERAL_DISTRICT"
    ORGANIZATION = "ORGANIZATION"
    ORGANIZATION_KIND = "ORGANIZATION_KIND"
    OWNERSHIP = "OWNERSHIP"
    DEPARTMENT = "DEPARTMENT"
    SPECIALTY = "SPECIALTY"
    POSITION = "POSITION"
    POSITION_GROUP = "POSITION_GROUP"
    CATEGORY = "CATEGORY"
    SEX = "SEX"
    AGE_BAND = "AGE_BAND"
    CREDENTIAL_YEAR = "CREDENTIAL_YEAR"
    EMPLOYMENT_KIND = "EMPLOYMENT_KIND"
    CREDENTIAL_STATUS = "CREDENTIAL_STATUS"
    ELIGIBLE = "ELIGIBLE"


class Measure(StrEnum):
    """What is counted, or summed."""

    WORKERS = "WORKERS"
    RATES = "RATES"
    POSTS = "POSTS"
    VACANCIES = "VACANCIES"
    CREDENTIALS = "CREDENTIALS"
    CREDENTIALS_ACTIVE = "CREDENTIALS_ACTIVE"
    CREDENTIALS_EXPIRED = "CREDENTIALS_EXPIRED"
    CREDENTIALS_RENEWING = "CREDENTIALS_RENEWING"
    CREDENTIALS_REVOKED = "CREDENTIALS_REVOKED"
    EXPIRING = "EXPIRING"
    CATEGORY_SHARE = "CATEGORY_SHARE"
    MEAN_AGE_BAND = "MEAN_AGE_BAND"


class AgeBand(StrEnum):
    """Bands of age, in full years."""

    UNDER_25 = "UNDER_25"
    FROM_25 = "FROM_25"
    FROM_35 = "FROM_35"
    FROM_45 = "FROM_45"
    FROM_55 = "FROM_55"
    FROM_65 = "FROM_65"


AGES: Final = (0, 25, 35, 45, 55, 65)
"""The lower age of each band."""

OF_EMPLOYMENT: Final = frozenset(
    {
        Dimension.ORGANIZATION,
        Dimension.ORGANIZATION_KIND,
        Dimension.OWNERSHIP,
        Dimension.DEPARTMENT,
        Dimension.POSITION,
        Dimension.POSITION_GROUP,
        Dimension.EMPLOYMENT_KIND,
    }
)
"""Dimensions of one employment: of two employments of a person they may differ."""

SINGLE: Final = frozenset(
    {
        Dimension.REGION,
        Dimension.FEDERAL_DISTRICT,
        Dimension.CATEGORY,
        Dimension.SEX,
        Dimension.AGE_BAND,
        Dimension.ELIGIBLE,
    }
)
"""Dimensions of which a person, or a post, has one value: what is counted by them adds up."""

OF_CREDENTIAL: Final = frozenset({Dimension.CREDENTIAL_YEAR, Dimension.CREDENTIAL_STATUS})
"""Dimensions of one credential, whatever its status; beside them SPECIALTY is of the same credential."""

OF_POSTS: Final = frozenset(
    {
        Dimension.REGION,
        Dimension.FEDERAL_DISTRICT,
        Dimension.ORGANIZATION,
        Dimension.ORGANIZATION_KIND,
        Dimension.OWNERSHIP,
        Dimension.DEPARTMENT,
        Dimension.POSITION,
        Dimension.POSITION_GROUP,
    }
)
"""What a post has too; REGION and FEDERAL_DISTRICT of a post are those of its organization."""

POSTS: Final = frozenset({Measure.POSTS, Measure.VACANCIES})
STATUSES: Final = {
    Measure.CREDENTIALS_ACTIVE: "ACTIVE",
    Measure.CREDENTIALS_EXPIRED: "EXPIRED",
    Measure.CREDENTIALS_RENEWING: "RENEWING",
    Measure.CREDENTIALS_REVOKED: "REVOKED",
}
"""The status that each of these measures counts credentials of."""
CREDENTIALS: Final = frozenset({Measure.CREDENTIALS, *STATUSES})

MOST_ROWS: Final = 10_000

FIELDS: Final = {
    Dimension.REGION: "regions",
    Dimension.FEDERAL_DISTRICT: "federalDistricts",
    Dimension.ORGANIZATION: "organizations",
    Dimension.ORGANIZATION_KIND: "kinds",
    Dimension.OWNERSHIP: "ownerships",
    Dimension.DEPARTMENT: "departments",
    Dimension.SPECIALTY: "specialties",
    Dimension.POSITION: "positions",
    Dimension.POSITION_GROUP: "positionGroups",
    Dimension.CATEGORY: "categories",
    Dimension.SEX: "sexes",
    Dimension.AGE_BAND: "ageBands",
    Dimension.CREDENTIAL_YEAR: "credentialYears",
    Dimension.EMPLOYMENT_KIND: "employmentKinds",
    Dimension.CREDENTIAL_STATUS: "credentialStatuses",
    Dimension.ELIGIBLE: "eligible",
}
"""The field of the filter that narrows to values of a dimension, by its name in GraphQL."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Only what has one of these values of a dimension, each as the answer's keys write it."""

    dimension: Dimension
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an exact answer may count, at most; nothing given: everyone.

    `organizations`: their employments alone, by OID; `regions`: people of these regions alone.
    """

    organizations: frozenset[str] | None = None
    regions: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An aggregate. `scope`: None: small cells are left out; else whom the caller sees, each of them.

    `branches`: the organizations that are named stand for their branches too. `within`: days of EXPIRING.
    """

    by: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    where: tuple[Narrowing, ...] = ()
    branches: bool = True
    within: int = 90
    scope: Scope | None = None
    guarded: bool = False
    """Whether the scope rests on who works where just now, as the projection has it."""
    most: int = MOST_ROWS

    @property
    def dimensions(self) -> frozenset[Dimension]:
        """Every dimension that it mentions."""
        return frozenset(self.by) | {each.dimension for each in self.where}


def touches(dimensions: frozenset[Dimension], family: frozenset[Dimension]) -> bool:
    """Whether any of the dimensions is of this family."""
    return not dimensions.isdisjoint(family)


Key = tuple[str | None, ...]
"""The values of a row's dimensions, in their order; None: it has none."""


def ordered(keys: Sequence[Key]) -> list[Key]:
    """Keys in their order, those without a value last."""
    return sorted(keys, key=lambda key: [(value is None, value or "") for value in key])

"""What an aggregate is narrowed to: values of its dimensions, one or several of each."""

from collections.abc import Iterator, Sequence
from enum import Enum, StrEnum
from typing import Any

import strawberry

from projections.analytics.question import AgeBand, Dimension, Narrowing
from resolvers.search.facts import record_ids
from resolvers.search.place import Place, Tally
from resolvers.workforce import Where
from schema.credential import Credential, CredentialStatus
from schema.directives import OPEN
from schema.eligibility import Eligibility
from schema.employment import Employment, EmploymentKind
from schema.fields import asked, class_of
from schema.filters.where import CODES, PUBLIC
from schema.organization import Organization, Ownership
from schema.worker import Sex, Worker
from sources.keys import Oid

strawberry.enum(AgeBand, description="Bands of age, in full years, each up to the next one.", directives=OPEN)


@strawberry.enum(description="Group of positions.", directives=OPEN)
class PositionGroup(StrEnum):
    """Group of positions."""

    PHYSICIAN = "PHYSICIAN"
    NURSE = "NURSE"
    PHARMACIST = "PHARMACIST"
    OTHER = "OTHER"


MOST_VALUES = 1_000
_DEPARTMENT = record_ids("Department")


@strawberry.input(
    description="Of whom. All that is given holds, of the same employment where it is about one;"
    " of several values one. Who sees no individuals gives one value of each."
)
class WorkforceWhere:
    """What of the workforce."""

    organizations: list[Oid] | None = asked(class_of(Organization, "oid"), "Employers.")
    branches: bool | None = asked(
        class_of(Organization, "branches"), "Whether their branches belong to them: so they do, unless asked."
    )
    departments: list[strawberry.ID] | None = asked(
        class_of(Employment, "department"), "Departments, by their global ids."
    )
    regions: list[str] | None = asked(
        class_of(Worker, "region"), f"Regions of workers' records; of posts, of their organizations. {CODES}"
    )
    federal_districts: list[str] | None = asked(
        class_of(Worker, "region"),
        "Federal districts of these regions: CFO, SZFO, YUFO, SKFO, PFO, UFO, SFO, DFO.",
    )
    kinds: list[str] | None = asked(class_of(Organization, "kind"), f"Kinds of employers. {CODES}")
    ownerships: list[Ownership] | None = asked(class_of(Organization, "ownership"), "Ownership of employers.")
    positions: list[str] | None = asked(class_of(Employment, "position"), f"Positions. {CODES}")
    position_groups: list[PositionGroup] | None = asked(
        class_of(Employment, "position"), "Groups of positions."
    )
    employment_kinds: list[EmploymentKind] | None = asked(
        class_of(Employment, "kind"), "Kinds of employment."
    )
    specialties: list[str] | None = asked(
        class_of(Credential, "specialty"), f"Specialties, as the dimension has them. {CODES}"
    )
    categories: list[str] | None = asked(PUBLIC, f"Best categories in force. {CODES}")
    sexes: list[Sex] | None = asked(class_of(Worker, "sex"), "Sex.")
    age_bands: list[AgeBand] | None = asked(PUBLIC, "Bands of age.")
    credential_statuses: list[CredentialStatus] | None = asked(
        class_of(Credential, "status"), "Statuses of a credential."
    )
    credential_years: list[int] | None = asked(
        class_of(Credential, "issued_on"), "Years in which a credential was issued."
    )
    eligible: bool | None = asked(class_of(Eligibility, "allowed"), "Whether he may practise today.")

    def asked(self) -> Where:
        """The same in the words of an aggregate. Raises BadSearch."""
        return Where(tuple(self._narrowings()), self.branches is not False)

    def _narrowings(self) -> Iterator[Narrowing]:
        place = Place(("where",), Tally())
        for dimension, name, given in self._given():
            if given is None:
                continue
            values: Sequence[Any] = given if isinstance(given, list) else [given]
            if len(values) > MOST_VALUES:
                raise place.at(name).fault(f"give {MOST_VALUES} values at most, not {len(values)}")
            if dimension is Dimension.DEPARTMENT:
                values = [_DEPARTMENT(each, place.at(name).at(i)) for i, each in enumerate(values)]
            texts = tuple(dict.fromkeys(_text(each) for each in values))
            _check(dimension, texts, place.at(name))
            yield Narrowing(dimension, texts)

    def _given(self) -> list[tuple[Dimension, str, Any]]:
        return [
            (Dimension.ORGANIZATION, "organizations", self.organizations),
            (Dimension.DEPARTMENT, "departments", self.departments),
            (Dimension.REGION, "regions", self.regions),
            (Dimension.FEDERAL_DISTRICT, "federalDistricts", self.federal_districts),
            (Dimension.ORGANIZATION_KIND, "kinds", self.kinds),
            (Dimension.OWNERSHIP, "ownerships", self.ownerships),
            (Dimension.POSITION, "positions", self.positions),
            (Dimension.POSITION_GROUP, "positionGroups", self.position_groups),
            (Dimension.EMPLOYMENT_KIND, "employmentKinds", self.employment_kinds),
            (Dimension.SPECIALTY, "specialties", self.specialties),
            (Dimension.CATEGORY, "categories", self.categories),
            (Dimension.SEX, "sexes", self.sexes),
            (Dimension.AGE_BAND, "ageBands", self.age_bands),
            (Dimension.CREDENTIAL_STATUS, "credentialStatuses", self.credential_statuses),
            (Dimension.CREDENTIAL_YEAR, "credentialYears", self.credential_years),
            (Dimension.ELIGIBLE, "eligible", self.eligible),
        ]


GRADES = frozenset({"SECOND", "FIRST", "HIGHEST"})


def _check(dimension: Dimension, values: Sequence[str], place: Place) -> None:
    if dimension is Dimension.CATEGORY and not GRADES.issuperset(values):
        raise place.fault(f"give categories of {', '.join(sorted(GRADES))}")
    if dimension is Dimension.CREDENTIAL_YEAR and any(not 1900 <= int(each) <= 9999 for each in values):
        raise place.fault("give years")


def _text(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return str(value).lower() if isinstance(value, bool) else str(value)

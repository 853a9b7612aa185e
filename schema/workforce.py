"""Aggregates over the workforce: dimensions, measures, the answer's rows; and courses in time."""

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from auth.rights import FieldClass
from projections.analytics.question import Dimension, Measure
from projections.analytics.timeline import TimelineOf, TimelineStep
from resolvers import workforce as resolve
from resolvers.context import Context
from resolvers.link import lookup
from resolvers.window import Days
from schema.dictionary import DictionaryEntry
from schema.directives import OPEN, about
from schema.employment import Employment
from schema.facets import by
from schema.fields import class_of, public
from schema.filters.workforce import WorkforceWhere
from schema.registry import Freshness

if TYPE_CHECKING:
    from schema.department import Department
    from schema.organization import Organization

EXPIRING_WITHIN = Days(90)


@strawberry.enum(description="By what the workforce is told apart.", directives=OPEN)
class WorkforceDimension(Enum):
    """By what the workforce is told apart."""

    REGION = by("REGION", "Region of the worker's record; of posts, of their organization.")
    FEDERAL_DISTRICT = by("FEDERAL_DISTRICT", "Federal district (федеральный округ) of that region.")
    ORGANIZATION = by("ORGANIZATION", "Employer, by OID.")
    ORGANIZATION_KIND = by("ORGANIZATION_KIND", "Kind of the employer.")
    OWNERSHIP = by("OWNERSHIP", "Ownership of the employer.")
    DEPARTMENT = by("DEPARTMENT", "Department, by its registry's key.", class_of(Employment, "department"))
    SPECIALTY = by(
        "SPECIALTY",
        "Specialty of a credential in force; beside CREDENTIAL_STATUS or CREDENTIAL_YEAR, and of measures of"
        " credentials, that of the credential itself.",
    )
    POSITION = by("POSITION", "Position.")
    POSITION_GROUP = by("POSITION_GROUP", "Group of positions: physicians, nurses, pharmacists, others.")
    CATEGORY = by("CATEGORY", "Best category in force.")
    SEX = by("SEX", "Sex.")
    AGE_BAND = by("AGE_BAND", "Band of age.")
    CREDENTIAL_YEAR = by("CREDENTIAL_YEAR", "Year in which a credential was issued.")
    EMPLOYMENT_KIND = by("EMPLOYMENT_KIND", "Kind of employment.")
    CREDENTIAL_STATUS = by("CREDENTIAL_STATUS", "Status of a credential.")
    ELIGIBLE = by("ELIGIBLE", "Whether he may practise today: `true` or `false`.")


@strawberry.enum(description="What is counted of the workforce.", directives=OPEN)
class WorkforceMeasure(Enum):
    """What is counted of the workforce."""

    WORKERS = by("WORKERS", "People employed today, each once in a row.")
    RATES = by("RATES", "Rates that they occupy (занятые ставки).")
    POSTS = by("POSTS", "Posts planned (штатные единицы).")
    VACANCIES = by(
        "VACANCIES",
        "Posts that nobody occupies: of each organization and position posts less rates, never under 0.",
    )
    CREDENTIALS = by("CREDENTIALS", "Their certificates and accreditations.")
    CREDENTIALS_ACTIVE = by("CREDENTIALS_ACTIVE", "Those of status ACTIVE.")
    CREDENTIALS_EXPIRED = by("CREDENTIALS_EXPIRED", "Those of status EXPIRED.")
    CREDENTIALS_RENEWING = by("CREDENTIALS_RENEWING", "Those of status RENEWING.")
    CREDENTIALS_REVOKED = by("CREDENTIALS_REVOKED", "Those of status REVOKED.")
    EXPIRING = by("EXPIRING", "Those in force that end within `expiringWithin` days.")
    CATEGORY_SHARE = by("CATEGORY_SHARE", "Share of people with a category in force, from 0 to 1.")
    MEAN_AGE_BAND = by("MEAN_AGE_BAND", "Lower age of the band that the mean age is in.")


@strawberry.enum(name="TimelineOf", description="What is counted by its day.", directives=OPEN)
class TimelineOfValue(Enum):
    """What is counted by its day."""

    CREDENTIALS_ISSUED = by("CREDENTIALS_ISSUED", "Credentials, by their day of issue.")
    CREDENTIALS_ENDING = by("CREDENTIALS_ENDING", "Credentials that are not revoked, by their last day.")
    CATEGORIES_ASSIGNED = by("CATEGORIES_ASSIGNED", "Categories, by the day on which they were assigned.")
    CATEGORIES_ENDING = by("CATEGORIES_ENDING", "Categories, by their last day.")
    LICENSES_ENDING = by("LICENSES_ENDING", "Licences with a term, active or suspended, by their last day.")


@strawberry.enum(name="TimelineStep", description="How long a period is.", directives=OPEN)
class TimelineStepValue(Enum):
    """How long a period is."""

    MONTH = by("MONTH", "A month.")
    YEAR = by("YEAR", "A year.")


@strawberry.type(description="The value of a dimension.")
class WorkforceKey:
    """The value of a dimension."""

    dimension: WorkforceDimension = public("Of which dimension.", resolve.dimension)
    value: str | None = public("The value, or the code; null: there is none.")
    entry: DictionaryEntry | None = public("The code with its name, where the value is one.", resolve.entry)
    organization: Annotated["Organization", strawberry.lazy("schema.organization")] | None = public(
        "The organization, where the value is an OID. Source: the organization registry.",
        resolve.organization,
    )
    department: Annotated["Department", strawberry.lazy("schema.department")] | None = public(
        "The department, where the value is one's key. Source: the organization registry.", resolve.department
    )


@strawberry.type(description="The measures of one combination of values.")
class WorkforceRow:
    """The measures of one combination of values."""

    keys: list[WorkforceKey] = public(
        "The values, in the order of `groupBy`; none in the row over all.",
        resolve.keys,
        directives=[about(2)],
    )
    values: list[Decimal | None] = public(
        "The measures, in their order; null where nobody has any, or where it is left out.", resolve.values
    )
    suppressed: bool = public(
        "Whether something of it is left out for being about fewer than five people.", resolve.row_suppressed
    )


@strawberry.type(
    description="The workforce by some dimensions: of the people who are employed on the day. Counted in the"
    " projection. A person with several values of a dimension counts in each, so rows need not add up."
)
class Workforce:
    """The workforce by some dimensions."""

    group_by: list[WorkforceDimension] = public("The dimensions, as asked.", resolve.group_by)
    measures: list[WorkforceMeasure] = public("The measures, as asked.", resolve.measures)
    day: dt.date = public("The day that it holds for.", resolve.day)
    rows: list[WorkforceRow] = public(
        "A row for each combination that is there: by the first measure, the most first, then by the values;"
        " at most 10,000.",
        resolve.rows,
        directives=[about(100)],
    )
    total: WorkforceRow = public("The same over all of them.", resolve.total)
    suppressed: bool = public(
        "Whether rows about fewer than five people are left out, and others that would give them away: so it"
        " is for everyone who does not see each of the people counted.",
        resolve.suppressed,
    )
    freshness: list[Freshness] = public(
        "How old what is counted may be, by registry.", resolve.freshness, directives=[about(4)]
    )


@strawberry.type(description="How many there are in one month or year.")
class TimelinePoint:
    """How many there are in one month or year."""

    start: dt.date = public("First day of the month or the year.", resolve.start)
    key: WorkforceKey | None = public("The value of the dimension, where one was asked.", resolve.point_key)
    count: int = public("How many.", resolve.count)


@strawberry.type(description="Credentials, categories or licences by month or year.")
class Timeline:
    """Credentials, categories or licences by month or year."""

    day: dt.date = public("The day of which the workforce is.", resolve.day)
    points: list[TimelinePoint] = public(
        "In the order of time; periods with nothing in them are not there. At most 10,000.",
        resolve.points,
        directives=[about(60)],
    )
    suppressed: bool = public(
        "Whether points about fewer than five people are left out, and others that would give them away.",
        resolve.suppressed,
    )
    freshness: list[Freshness] = public(
        "How old what is counted may be, by registry.", resolve.freshness, directives=[about(4)]
    )


def _workforce(
    _root: None,
    context: Context,
    measures: list[WorkforceMeasure],
    where: WorkforceWhere | None = None,
    group_by: list[WorkforceDimension] | None = None,
    expiring_within: Days = EXPIRING_WITHIN,
) -> Any:
    return resolve.workforce(
        context,
        (where or WorkforceWhere()).asked(),
        [Dimension(each.value) for each in group_by or ()],
        [Measure(each.value) for each in measures],
        expiring_within,
    )


def _timeline(
    _root: None,
    context: Context,
    of: TimelineOfValue,
    by: TimelineStepValue,
    from_: Annotated[dt.date | None, strawberry.argument(name="from")] = None,
    to: dt.date | None = None,
    where: WorkforceWhere | None = None,
    group_by: WorkforceDimension | None = None,
) -> Any:
    return resolve.timeline(
        context,
        TimelineOf(of.value),
        TimelineStep(by.value),
        (from_, to),
        (where or WorkforceWhere()).asked(),
        None if group_by is None else Dimension(group_by.value),
    )


workforce = lookup(_workforce)
timeline = lookup(_timeline)
WORKFORCE = dict.fromkeys(("where", "groupBy", "measures", "expiringWithin"), FieldClass.PUBLIC)
TIMELINE = dict.fromkeys(("of", "by", "from", "to", "where", "groupBy"), FieldClass.PUBLIC)

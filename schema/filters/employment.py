"""Which employments: by the worker registry's facts, by the employer and by the worker."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers.search.facts import is_, one, one_of, practises, record_ids, within
from schema.employment import Employment, EmploymentKind
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange, DecimalRange
from schema.filters.where import ALL, CODES, PUBLIC, Where, all_these, any_of_these, not_this
from sources.keys import Oid

if TYPE_CHECKING:
    from schema.filters.organization import OrganizationWhere
    from schema.filters.worker import WorkerWhere

EMPLOYMENT = partial(class_of, Employment)


@strawberry.input(description=f"Which employments. {ALL}")
class EmploymentWhere(Where):
    """Which employments."""

    and_: list["EmploymentWhere"] | None = all_these()
    or_: list["EmploymentWhere"] | None = any_of_these()
    not_: "EmploymentWhere | None" = not_this()
    organizations: list[Oid] | None = asked(
        EMPLOYMENT("organization_oid"),
        "OIDs of employers: one of these.",
        reads=one_of("organization_oid"),
    )
    organization: Annotated["OrganizationWhere", strawberry.lazy("schema.filters.organization")] | None = (
        asked(
            EMPLOYMENT("organization"),
            "The employer is in the organization registry and passes this.",
            reads=one("organization"),
        )
    )
    positions: list[str] | None = asked(
        EMPLOYMENT("position"), f"Positions. {CODES}", reads=one_of("position")
    )
    practising: bool | None = asked(
        EMPLOYMENT("position"),
        "Whether the position is one that takes a credential: it has a specialty, or is a physician's or\n"
        "a head's. Junior staff and registrars need none; of an unknown code nothing is known.",
        reads=practises("position"),
    )
    kinds: list[EmploymentKind] | None = asked(
        EMPLOYMENT("kind"), "Kind of employment: one of these.", reads=one_of("kind")
    )
    current: bool | None = asked(EMPLOYMENT("started_on"), "Whether it lasts today.", reads=is_("current"))
    started_on: DateRange | None = asked(EMPLOYMENT("started_on"), "First day.", reads=within("started_on"))
    ended_on: DateRange | None = asked(
        EMPLOYMENT("ended_on"), "Last day; absent while it lasts.", reads=within("ended_on")
    )
    rate: DecimalRange | None = asked(
        EMPLOYMENT("rate"), "Rate (ставка): 1.00 is a full post.", reads=within("rate")
    )
    departments: list[strawberry.ID] | None = asked(
        EMPLOYMENT("department"),
        "Global ids of departments: one of these.",
        reads=one_of("department", record_ids("Department")),
    )
    worker: Annotated["WorkerWhere", strawberry.lazy("schema.filters.worker")] | None = asked(
        EMPLOYMENT("worker"), "The worker passes this.", reads=one("worker")
    )


@strawberry.input(description=f"Employments of which some, none or every one passes. {ALL}")
class EmploymentsWhere:
    """Employments of which some, none or every one passes."""

    some: EmploymentWhere | None = asked(PUBLIC, "At least one passes.")
    none: EmploymentWhere | None = asked(PUBLIC, "None passes.")
    every: EmploymentWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")

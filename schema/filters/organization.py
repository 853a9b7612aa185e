"""Which organizations: by the organization registry's facts, by their staff and their licences."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from resolvers.masks import asked_inn
from resolvers.search.facts import business, exactly, is_, one_of, related, within
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange, IntRange
from schema.filters.where import ALL, CODES, Where, all_these, any_of_these, not_this, texts
from schema.organization import Organization, OrganizationStatus, Ownership
from sources.keys import Inn, Oid
from sources.organization import OrganizationFilter

if TYPE_CHECKING:
    from schema.filters.employment import EmploymentsWhere
    from schema.filters.license import LicensesWhere

ORGANIZATION = partial(class_of, Organization)


@strawberry.input(description=f"Which organizations. {ALL}")
class OrganizationWhere(Where):
    """Which organizations."""

    regions: list[str] | None = asked(ORGANIZATION("region"), f"Regions. {CODES}", reads=one_of("region"))
    kinds: list[str] | None = asked(ORGANIZATION("kind"), f"Kinds. {CODES}", reads=one_of("kind"))
    ownerships: list[Ownership] | None = asked(
        ORGANIZATION("ownership"), "Ownership: one of these.", reads=one_of("ownership")
    )
    statuses: list[OrganizationStatus] | None = asked(
        ORGANIZATION("status"), "Status: one of these.", reads=one_of("status")
    )
    inn: Inn | None = asked(
        ORGANIZATION("inn"), "ИНН of 10 digits, shared by branches.", reads=business("inn")
    )
    parent_oid: Oid | None = asked(
        ORGANIZATION("parent_oid"),
        "Branches of the organization with this OID.",
        reads=exactly("parent_oid"),
    )
    and_: list["OrganizationWhere"] | None = all_these()
    or_: list["OrganizationWhere"] | None = any_of_these()
    not_: "OrganizationWhere | None" = not_this()
    oids: list[Oid] | None = asked(ORGANIZATION("oid"), "OIDs: one of these.", reads=one_of("oid"))
    registered_on: DateRange | None = asked(
        ORGANIZATION("registered_on"), "Day of registration.", reads=within("registered_on")
    )
    closed_on: DateRange | None = asked(
        ORGANIZATION("closed_on"), "Day of closing; absent while it works.", reads=within("closed_on")
    )
    staff: IntRange | None = asked(
        ORGANIZATION("employments"), "How many people it employs today.", reads=within("staff")
    )
    licensed: bool | None = asked(
        ORGANIZATION("licenses"), "Whether a licence of it is in force.", reads=is_("licensed")
    )
    employments: Annotated["EmploymentsWhere", strawberry.lazy("schema.filters.employment")] | None = asked(
        ORGANIZATION("employments"), "Its employments, ended ones too.", reads=related("employments")
    )
    licenses: Annotated["LicensesWhere", strawberry.lazy("schema.filters.license")] | None = asked(
        ORGANIZATION("licenses"), "Its licences.", reads=related("licenses")
    )

    REGISTRY: ClassVar[frozenset[str]] = frozenset(
        {"regions", "kinds", "ownerships", "statuses", "inn", "parent_oid"}
    )

    def by_registry(self) -> OrganizationFilter | None:
        """The same in the registry's words, where it can filter by all of it."""
        if not self.is_own:
            return None
        return OrganizationFilter(
            texts(self.regions),
            texts(self.kinds),
            texts(self.ownerships),
            texts(self.statuses),
            asked_inn("inn", self.inn),
            self.parent_oid,
        )

"""Which licences: by the licence registry's facts, by what they allow and by who holds them."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from resolvers.masks import asked_inn
from resolvers.search.facts import business, exactly, is_, one, one_of, since, until, within
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange
from schema.filters.where import ALL, CODES, PUBLIC, Where, all_these, any_of_these, not_this, texts
from schema.license import HolderKind, License, LicenseStatus
from sources.keys import Inn, LicenseNumber
from sources.license import LicenseFilter

if TYPE_CHECKING:
    from schema.filters.organization import OrganizationWhere
    from schema.filters.worker import WorkerWhere

LICENSE = partial(class_of, License)


@strawberry.input(description=f"Which licences. {ALL}")
class LicenseWhere(Where):
    """Which licences."""

    regions: list[str] | None = asked(LICENSE("region"), f"Regions. {CODES}", reads=one_of("region"))
    statuses: list[LicenseStatus] | None = asked(
        LICENSE("status"), "Status: one of these.", reads=one_of("status")
    )
    holder_kind: HolderKind | None = asked(
        LICENSE("holder_kind"), "Who holds it.", reads=exactly("holder_kind")
    )
    holder_inn: Inn | None = asked(
        LICENSE("holder_inn"), "ИНН of the holder, an organization.", reads=business("holder_inn")
    )
    valid_until_from: dt.date | None = asked(
        LICENSE("valid_until"), "Last day on or after that day.", reads=since("valid_until")
    )
    valid_until_to: dt.date | None = asked(
        LICENSE("valid_until"), "Last day on or before that day.", reads=until("valid_until")
    )
    and_: list["LicenseWhere"] | None = all_these()
    or_: list["LicenseWhere"] | None = any_of_these()
    not_: "LicenseWhere | None" = not_this()
    numbers: list[LicenseNumber] | None = asked(
        LICENSE("number"), "Numbers: one of these.", reads=one_of("number")
    )
    activities: list[str] | None = asked(
        LICENSE("activities"),
        f"Works and services that it allows, not suspended. {CODES}",
        reads=one_of("activity"),
    )
    issued_on: DateRange | None = asked(LICENSE("issued_on"), "Day of issue.", reads=within("issued_on"))
    valid_until: DateRange | None = asked(
        LICENSE("valid_until"), "Last day; absent: without term.", reads=within("valid_until")
    )
    in_force: bool | None = asked(
        LICENSE("status"), "Whether it is in force today, by status and term.", reads=is_("in_force")
    )
    organization: Annotated["OrganizationWhere", strawberry.lazy("schema.filters.organization")] | None = (
        asked(
            LICENSE("organization"),
            "The organization that holds it is in its registry and passes this.",
            reads=one("organization"),
        )
    )
    worker: Annotated["WorkerWhere", strawberry.lazy("schema.filters.worker")] | None = asked(
        LICENSE("holder"), "The worker who holds it passes this.", reads=one("worker")
    )

    REGISTRY: ClassVar[frozenset[str]] = frozenset(
        {"regions", "statuses", "holder_kind", "holder_inn", "valid_until_from", "valid_until_to"}
    )

    def by_registry(self) -> LicenseFilter | None:
        """The same in the registry's words, where it can filter by all of it."""
        if not self.is_own:
            return None
        return LicenseFilter(
            texts(self.regions),
            texts(self.statuses),
            self.holder_kind,
            asked_inn("holderInn", self.holder_inn),
            self.valid_until_from,
            self.valid_until_to,
        )


@strawberry.input(description=f"Licences of which some, none or every one passes. {ALL}")
class LicensesWhere:
    """Licences of which some, none or every one passes."""

    some: LicenseWhere | None = asked(PUBLIC, "At least one passes.")
    none: LicenseWhere | None = asked(PUBLIC, "None passes.")
    every: LicenseWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")

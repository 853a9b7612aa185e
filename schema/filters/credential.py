"""Which certificates and accreditations: by the qualification registry's facts, and by the worker."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers.search.facts import is_, one, one_of, within
from schema.credential import Credential, CredentialKind, CredentialStatus
from schema.fields import asked, class_of
from schema.filters.ranges import DateRange
from schema.filters.where import ALL, CODES, PUBLIC, Where, all_these, any_of_these, not_this

if TYPE_CHECKING:
    from schema.filters.worker import WorkerWhere

CREDENTIAL = partial(class_of, Credential)


@strawberry.input(description=f"Which certificates and accreditations. {ALL}")
class CredentialWhere(Where):
    """Which certificates and accreditations."""

    and_: list["CredentialWhere"] | None = all_these()
    or_: list["CredentialWhere"] | None = any_of_these()
    not_: "CredentialWhere | None" = not_this()
    numbers: list[str] | None = asked(CREDENTIAL("number"), "Numbers: one of these.", reads=one_of("number"))
    kinds: list[CredentialKind] | None = asked(
        CREDENTIAL("kind"), "Kind: one of these.", reads=one_of("kind")
    )
    specialties: list[str] | None = asked(
        CREDENTIAL("specialty"), f"Specialties. {CODES}", reads=one_of("specialty")
    )
    positions: list[str] | None = asked(
        CREDENTIAL("position"), f"Positions. {CODES}", reads=one_of("position")
    )
    statuses: list[CredentialStatus] | None = asked(
        CREDENTIAL("status"), "Status: one of these.", reads=one_of("status")
    )
    issued_on: DateRange | None = asked(CREDENTIAL("issued_on"), "Day of issue.", reads=within("issued_on"))
    valid_until: DateRange | None = asked(CREDENTIAL("valid_until"), "Last day.", reads=within("valid_until"))
    in_force: bool | None = asked(
        CREDENTIAL("status"), "Whether it is in force today, by status and term.", reads=is_("in_force")
    )
    worker: Annotated["WorkerWhere", strawberry.lazy("schema.filters.worker")] | None = asked(
        CREDENTIAL("worker"), "The worker is in the worker registry and passes this.", reads=one("worker")
    )

    def by_registry(self) -> None:
        """The qualification registry cannot page through its credentials."""


@strawberry.input(
    description=f"Certificates and accreditations of which some, none or every one passes. {ALL}"
)
class CredentialsWhere:
    """Certificates and accreditations of which some, none or every one passes."""

    some: CredentialWhere | None = asked(PUBLIC, "At least one passes.")
    none: CredentialWhere | None = asked(PUBLIC, "None passes.")
    every: CredentialWhere | None = asked(PUBLIC, "All pass; so it is where there are none.")

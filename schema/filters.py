"""What connections can be filtered by: facts of their own registry."""

import datetime as dt
from functools import partial

import strawberry

from resolvers.masks import asked_inn
from schema.fields import asked, class_of
from schema.license import HolderKind, License, LicenseStatus
from schema.organization import Organization, OrganizationStatus, Ownership
from schema.worker import Worker, WorkerStatus
from sources.keys import Inn, Oid
from sources.license import LicenseFilter
from sources.organization import OrganizationFilter
from sources.worker import WorkerFilter

WORKER, ORGANIZATION, LICENSE = (partial(class_of, each) for each in (Worker, Organization, License))
"""The class of a field of each: that of an input field which filters by it."""

CODES = "Codes of the dictionary; one of them."


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(str(value) for value in values)


@strawberry.input(description="Which workers. All conditions together; an absent one does not filter.")
class WorkerWhere:
    """Which workers."""

    last_name: str | None = asked(WORKER("last_name"), "Surname, whole; case and ё/е do not matter.")
    first_name: str | None = asked(WORKER("first_name"), "First name, whole.")
    middle_name: str | None = asked(WORKER("middle_name"), "Patronymic, whole.")
    regions: list[str] | None = asked(WORKER("region"), f"Regions. {CODES}")
    statuses: list[WorkerStatus] | None = asked(WORKER("status"), "Status: one of these.")
    registered_from: dt.date | None = asked(WORKER("registered_on"), "Registered on or after that day.")
    registered_to: dt.date | None = asked(WORKER("registered_on"), "Registered on or before that day.")

    def asked(self) -> WorkerFilter:
        """The same in the registry's words."""
        return WorkerFilter(
            self.last_name,
            self.first_name,
            self.middle_name,
            _tuple(self.regions),
            None if self.statuses is None else tuple(self.statuses),
            self.registered_from,
            self.registered_to,
        )


@strawberry.input(description="Which organizations. All conditions together; an absent one does not filter.")
class OrganizationWhere:
    """Which organizations."""

    regions: list[str] | None = asked(ORGANIZATION("region"), f"Regions. {CODES}")
    kinds: list[str] | None = asked(ORGANIZATION("kind"), f"Kinds. {CODES}")
    ownerships: list[Ownership] | None = asked(ORGANIZATION("ownership"), "Ownership: one of these.")
    statuses: list[OrganizationStatus] | None = asked(ORGANIZATION("status"), "Status: one of these.")
    inn: Inn | None = asked(ORGANIZATION("inn"), "ИНН of 10 digits, shared by branches.")
    parent_oid: Oid | None = asked(ORGANIZATION("parent_oid"), "Branches of the organization with this OID.")

    def asked(self) -> OrganizationFilter:
        """The same in the registry's words."""
        return OrganizationFilter(
            _tuple(self.regions),
            _tuple(self.kinds),
            None if self.ownerships is None else tuple(self.ownerships),
            None if self.statuses is None else tuple(self.statuses),
            asked_inn("inn", self.inn),
            self.parent_oid,
        )


@strawberry.input(description="Which licences. All conditions together; an absent one does not filter.")
class LicenseWhere:
    """Which licences."""

    regions: list[str] | None = asked(LICENSE("region"), f"Regions. {CODES}")
    statuses: list[LicenseStatus] | None = asked(LICENSE("status"), "Status: one of these.")
    holder_kind: HolderKind | None = asked(LICENSE("holder_kind"), "Who holds it.")
    holder_inn: Inn | None = asked(LICENSE("holder_inn"), "ИНН of the holder, an organization.")
    valid_until_from: dt.date | None = asked(LICENSE("valid_until"), "Last day on or after that day.")
    valid_until_to: dt.date | None = asked(LICENSE("valid_until"), "Last day on or before that day.")

    def asked(self) -> LicenseFilter:
        """The same in the registry's words."""
        return LicenseFilter(
            _tuple(self.regions),
            None if self.statuses is None else tuple(self.statuses),
            self.holder_kind,
            asked_inn("holderInn", self.holder_inn),
            self.valid_until_from,
            self.valid_until_to,
        )

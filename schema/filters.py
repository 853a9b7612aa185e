"""What connections can be filtered by: facts of their own registry."""

import datetime as dt

import strawberry

from schema.license import HolderKind, LicenseStatus
from schema.organization import OrganizationStatus, Ownership
from schema.worker import WorkerStatus
from sources.keys import Inn, Oid
from sources.license import LicenseFilter
from sources.organization import OrganizationFilter
from sources.worker import WorkerFilter

CODES = "Codes of the dictionary; one of them."


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(str(value) for value in values)


@strawberry.input(description="Which workers. All conditions together; an absent one does not filter.")
class WorkerWhere:
    """Which workers."""

    last_name: str | None = strawberry.field(
        default=None, description="Surname, whole; case and ё/е do not matter."
    )
    first_name: str | None = strawberry.field(default=None, description="First name, whole.")
    middle_name: str | None = strawberry.field(default=None, description="Patronymic, whole.")
    regions: list[str] | None = strawberry.field(default=None, description=f"Regions. {CODES}")
    statuses: list[WorkerStatus] | None = strawberry.field(default=None, description="Status: one of these.")
    registered_from: dt.date | None = strawberry.field(
        default=None, description="Registered on or after that day."
    )
    registered_to: dt.date | None = strawberry.field(
        default=None, description="Registered on or before that day."
    )

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

    regions: list[str] | None = strawberry.field(default=None, description=f"Regions. {CODES}")
    kinds: list[str] | None = strawberry.field(default=None, description=f"Kinds. {CODES}")
    ownerships: list[Ownership] | None = strawberry.field(
        default=None, description="Ownership: one of these."
    )
    statuses: list[OrganizationStatus] | None = strawberry.field(
        default=None, description="Status: one of these."
    )
    inn: Inn | None = strawberry.field(default=None, description="ИНН, shared by branches.")
    parent_oid: Oid | None = strawberry.field(
        default=None, description="Branches of the organization with this OID."
    )

    def asked(self) -> OrganizationFilter:
        """The same in the registry's words."""
        return OrganizationFilter(
            _tuple(self.regions),
            _tuple(self.kinds),
            None if self.ownerships is None else tuple(self.ownerships),
            None if self.statuses is None else tuple(self.statuses),
            self.inn,
            self.parent_oid,
        )


@strawberry.input(description="Which licences. All conditions together; an absent one does not filter.")
class LicenseWhere:
    """Which licences."""

    regions: list[str] | None = strawberry.field(default=None, description=f"Regions. {CODES}")
    statuses: list[LicenseStatus] | None = strawberry.field(default=None, description="Status: one of these.")
    holder_kind: HolderKind | None = strawberry.field(default=None, description="Who holds it.")
    holder_inn: Inn | None = strawberry.field(default=None, description="ИНН of the holder.")
    valid_until_from: dt.date | None = strawberry.field(
        default=None, description="Last day on or after that day."
    )
    valid_until_to: dt.date | None = strawberry.field(
        default=None, description="Last day on or before that day."
    )

    def asked(self) -> LicenseFilter:
        """The same in the registry's words."""
        return LicenseFilter(
            _tuple(self.regions),
            None if self.statuses is None else tuple(self.statuses),
            self.holder_kind,
            self.holder_inn,
            self.valid_until_from,
            self.valid_until_to,
        )

"""What conditions ask of a licence, and how licences are found from those who work under them."""

from collections.abc import Sequence
from typing import Any

from projections.eligibility import license_in_force
from projections.matching.logic import UNREAD
from projections.matching.noun import OWN, Answer, Noun, Relation, dated, held, own
from projections.matching.registries import Members, Registries

HOLDER = ("organization_oid", "holder_inn", "holder_ogrn")
IN_FORCE = ("status", "issued_on", "valid_until")


def of_business(inn: str) -> str | None:
    """An INN of 10 digits; a person's, of 12, is nothing that anybody searches by."""
    return inn if len(inn) == 10 else None


async def activities(licenses: Sequence[Any], its: Registries) -> list[Members]:
    """The works that each licence allows, the suspended ones left out."""
    found = await its.many("activities_by_license", [each.id for each in licenses])
    return [[each for each in some if each is UNREAD or not each.suspended] for some in found]


async def _codes(licenses: Sequence[Any], its: Registries) -> list[Any]:
    found = await activities(licenses, its)
    return [frozenset(UNREAD if each is UNREAD else each.activity_code for each in some) for some in found]


async def _organization(licenses: Sequence[Any], its: Registries) -> list[Members]:
    keys = [tuple(getattr(each, name) for name in HOLDER) for each in licenses]
    return await its.one("organization_by_holder", keys)


LICENSE = Noun(
    {
        "number": own("number"),
        "region": own("region_code"),
        "status": own("status"),
        "holder_kind": own("holder_kind"),
        "holder_inn": own("holder_inn", of_business),
        "issued_on": own("issued_on"),
        "valid_until": own("valid_until"),
        "in_force": dated(license_in_force, *IN_FORCE),
        "activity": Answer({OWN: ("id",), "LicenseActivity": ("activity_code", "suspended")}, _codes),
    },
    {
        "organization": Relation("Organization", {OWN: HOLDER}, _organization),
        "worker": held("Worker", "worker_by_snils", "worker_snils", one=True),
    },
)

"""What conditions ask of an organization. Of its staff no more is read than the mark of a hit is worth."""

from collections.abc import Sequence
from typing import Any, Final

from projections.eligibility import license_in_force
from projections.matching.license import HOLDER, IN_FORCE, of_business
from projections.matching.logic import UNREAD
from projections.matching.noun import OWN, Answer, Noun, Relation, own
from projections.matching.registries import Members, Registries

STAFF: Final = 100
"""Employments that are read of one organization; where it has more, these have to decide."""

KEY = ("oid", "inn", "ogrn")
LICENSES = {OWN: KEY, "License": HOLDER}


async def licenses(organizations: Sequence[Any], its: Registries) -> list[Members]:
    """The licences of each: under its OID, or its own by INN and OGRN."""
    keys = [tuple(getattr(each, name) for name in KEY) for each in organizations]
    return await its.many("licenses_by_organization", keys)


async def _employments(organizations: Sequence[Any], its: Registries) -> list[Members]:
    found = await its.many("employments_by_organization", [each.oid for each in organizations])
    return [each if len(each) <= STAFF else [*each[:STAFF], UNREAD] for each in found]


async def _licensed(organizations: Sequence[Any], its: Registries) -> list[Any]:
    return [_in_force(each, its) for each in await licenses(organizations, its)]


def _in_force(found: Members, its: Registries) -> Any:
    """Whether one of the licences is in force; unread where that hangs on those that were not."""
    if any(each is not UNREAD and license_in_force(each, its.day) for each in found):
        return True
    return UNREAD if UNREAD in found else False


async def _staff(organizations: Sequence[Any], its: Registries) -> list[Any]:
    found = await its.one("people_by_organization", [each.oid for each in organizations])
    return [each[0] if each else 0 for each in found]


ORGANIZATION = Noun(
    {
        "oid": own("oid"),
        "region": own("region_code"),
        "kind": own("kind_code"),
        "ownership": own("ownership"),
        "status": own("status"),
        "inn": own("inn", of_business),
        "parent_oid": own("parent_oid"),
        "registered_on": own("registered_on"),
        "closed_on": own("closed_on"),
        "staff": Answer({OWN: ("oid",)}, _staff),
        "licensed": Answer({**LICENSES, "License": (*HOLDER, *IN_FORCE)}, _licensed),
    },
    {
        "employments": Relation("Employment", {OWN: ("oid",)}, _employments),
        "licenses": Relation("License", LICENSES, licenses),
    },
)

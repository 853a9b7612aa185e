"""How an organization's fields are answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from loaders.pages import EmploymentPage
from resolvers.connection import DEFAULT_FIRST, Connection, listing
from resolvers.context import Info
from resolvers.dictionary import coded
from resolvers.errors import BadArgument, BadCursor
from resolvers.link import OWN, Resolver, computed, link
from resolvers.masks import business_inn
from resolvers.window import Days, end_of_window
from sources.keys import Oid
from sources.worker import Occupied

parent = link("organization_by_oid", "parent_oid", reference=True)
branches = link("organizations_by_parent", "oid")
departments = link("departments_by_organization", "oid")
staffing_units = link("staffing_units_by_organization", "oid")
licenses = link("licenses_by_organization", "oid", "inn", "ogrn")
kind = coded("organization_kinds", "kind_code")
region = coded("regions", "region_code")
inn = computed(lambda organization: business_inn(organization.inn), "inn")


def _employments(
    root: Any, info: Info, current: bool | None = True, first: int = DEFAULT_FIRST, after: str | None = None
) -> Connection:
    pages = info.context.loaders.pages

    async def count() -> int:
        return await pages.employment_counts(current).load(root.oid) or 0

    return listing(
        ("Organization.employments", root.oid, current),
        first,
        after,
        key=lambda employment: str(employment.id),
        parse=_employment_id,
        fetch=lambda start, limit: pages.employments(EmploymentPage(current, start, limit)).load(root.oid),
        count=count,
    )


def _employment_id(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError as error:
        raise BadCursor("argument `after` holds no cursor of Svod") from error


employments = Resolver(_employments, {OWN: ("oid",), "Employment": ("id",)})


@dataclass(frozen=True, slots=True)
class PositionStaffing:
    """One position of an organization's staffing schedule."""

    noun = "PositionStaffing"
    oid: Oid
    parent_oid: Oid | None
    region_code: str
    position_code: str
    posts: Decimal


async def _staffing(root: Any, info: Info) -> list[PositionStaffing]:
    posts: dict[str, Decimal] = {}
    for unit in await info.context.loaders.staffing_units_by_organization.load(root.oid):
        posts[unit.position_code] = posts.get(unit.position_code, Decimal(0)) + unit.posts
    owner = (root.oid, root.parent_oid, root.region_code)
    return [PositionStaffing(*owner, code, posts[code]) for code in sorted(posts)]


staffing = Resolver(
    _staffing, {OWN: ("oid", "parent_oid", "region_code"), "StaffingUnit": ("position_code", "posts")}
)


async def _occupancy(root: PositionStaffing, info: Info) -> Occupied:
    """The rates and people on this position today."""
    found = await info.context.loaders.occupied_by_organization.load(root.oid)
    nobody = Occupied(root.position_code, Decimal(0), 0)
    return next((each for each in found if each.position_code == root.position_code), nobody)


async def _occupied(root: PositionStaffing, info: Info) -> Decimal:
    return (await _occupancy(root, info)).rate


async def _vacant(root: PositionStaffing, info: Info) -> Decimal:
    return max(root.posts - (await _occupancy(root, info)).rate, Decimal(0))


async def _people(root: PositionStaffing, info: Info) -> int:
    return (await _occupancy(root, info)).people


occupied = Resolver(_occupied)
vacant = Resolver(_vacant)
people = Resolver(_people)
position = coded("positions", "position_code")


MOST_EXPIRING = 1000


@dataclass(frozen=True, slots=True)
class Window:
    """The organization and the days in which something of it ends."""

    organization: Any
    today: dt.date
    until: dt.date


def _expiring(root: Any, info: Info, within: Days) -> Window:
    return Window(root, info.context.today, end_of_window(info, within))


expiring = Resolver(_expiring, {OWN: ("oid", "inn", "ogrn")})


async def _expiring_credentials(root: Window, info: Info, first: int = 100) -> Sequence[Any]:
    if not 1 <= first <= MOST_EXPIRING:
        raise BadArgument(f"argument `first` must be from 1 to {MOST_EXPIRING}, but is {first}")
    loaders = info.context.loaders
    staff = await loaders.staff_by_organization.load(root.organization.oid)
    ending = await loaders.credentials_expiring(root.until).load_many(staff)
    found = [credential for each in ending for credential in each]
    return sorted(found, key=lambda credential: (credential.valid_until, str(credential.id)))[:first]


expiring_credentials = Resolver(_expiring_credentials, {"Credential": ("id", "valid_until")})


async def _expiring_licenses(root: Window, info: Info) -> Sequence[Any]:
    organization = root.organization
    key = (organization.oid, organization.inn, organization.ogrn)
    held = await info.context.loaders.licenses_by_organization.load(key)
    ending = [each for each in held if each.valid_until and root.today <= each.valid_until <= root.until]
    return sorted(ending, key=lambda found: (found.valid_until, str(found.id)))


expiring_licenses = Resolver(_expiring_licenses, {"License": ("id", "valid_until")})

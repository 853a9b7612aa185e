"""How an organization's fields are answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from loaders.pages import EmploymentPage
from resolvers.connection import DEFAULT_FIRST, Connection, listing
from resolvers.context import Context, Info
from resolvers.dictionary import coded
from resolvers.errors import BadArgument, BadCursor
from resolvers.link import OWN, Ask, Resolver, computed, link, lookup
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
    root: Any,
    _context: Context,
    current: bool | None = True,
    first: int = DEFAULT_FIRST,
    after: str | None = None,
) -> Connection:
    return listing(
        ("Organization.employments", root.oid, current),
        first,
        after,
        key=lambda employment: str(employment.id),
        parse=_employment_id,
        page=lambda start, limit: Ask("employment_page", (EmploymentPage(current, start, limit), root.oid)),
        count=Ask("employment_count", (current, root.oid)),
    )


def _employment_id(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError as error:
        raise BadCursor("argument `after` holds no cursor of Svod") from error


employments = lookup(_employments, {OWN: ("oid",), "Employment": ("id",)})


@dataclass(frozen=True, slots=True)
class PositionStaffing:
    """One position of an organization's staffing schedule."""

    noun = "PositionStaffing"
    oid: Oid
    parent_oid: Oid | None
    region_code: str
    position_code: str
    posts: Decimal


def _units(root: Any, _context: Context) -> Ask:
    return Ask("staffing_units_by_organization", root.oid)


def _staffing(units: Sequence[Any], root: Any, _context: Context) -> list[PositionStaffing]:
    """The posts of each position, over all units."""
    posts: dict[str, Decimal] = {}
    for unit in units:
        posts[unit.position_code] = posts.get(unit.position_code, Decimal(0)) + unit.posts
    owner = (root.oid, root.parent_oid, root.region_code)
    return [PositionStaffing(*owner, code, posts[code]) for code in sorted(posts)]


staffing = lookup(
    _units, {OWN: ("oid", "parent_oid", "region_code"), "StaffingUnit": ("position_code", "posts")}, _staffing
)


def _occupied(root: PositionStaffing, _context: Context) -> Ask:
    return Ask("occupied_by_organization", root.oid)


def _occupancy(found: Sequence[Occupied], root: PositionStaffing, _context: Context) -> Occupied:
    """The rates and people on this position today."""
    nobody = Occupied(root.position_code, Decimal(0), 0)
    return next((each for each in found if each.position_code == root.position_code), nobody)


def _vacant(found: Sequence[Occupied], root: PositionStaffing, context: Context) -> Decimal:
    return max(root.posts - _occupancy(found, root, context).rate, Decimal(0))


occupied = lookup(_occupied, then=lambda *found: _occupancy(*found).rate)
vacant = lookup(_occupied, then=_vacant)
people = lookup(_occupied, then=lambda *found: _occupancy(*found).people)
position = coded("positions", "position_code")


MOST_EXPIRING = 1000


@dataclass(frozen=True, slots=True)
class Window:
    """The organization and the days in which something of it ends."""

    organization: Any
    today: dt.date
    until: dt.date


def _expiring(root: Any, context: Context, within: Days) -> Window:
    return Window(root, context.today, end_of_window(context, within))


expiring = lookup(_expiring, {OWN: ("oid", "inn", "ogrn")})


async def _expiring_credentials(root: Window, info: Info, first: int = 100) -> Sequence[Any]:
    if not 1 <= first <= MOST_EXPIRING:
        raise BadArgument(f"argument `first` must be from 1 to {MOST_EXPIRING}, but is {first}")
    loaders = info.context.loaders
    staff = await loaders.staff_by_organization.load(root.organization.oid)
    ending = await loaders.credentials_expiring.load_many((root.until, each) for each in staff)
    found = [credential for each in ending for credential in each]
    return sorted(found, key=lambda credential: (credential.valid_until, str(credential.id)))[:first]


expiring_credentials = Resolver(_expiring_credentials, {"Credential": ("id", "valid_until")})


def _held(root: Window, _context: Context) -> Ask:
    organization = root.organization
    return Ask("licenses_by_organization", (organization.oid, organization.inn, organization.ogrn))


def _ending(held: Sequence[Any], root: Window, _context: Context) -> list[Any]:
    """The licences that end in the window, the first to end first."""
    ending = [each for each in held if each.valid_until and root.today <= each.valid_until <= root.until]
    return sorted(ending, key=lambda found: (found.valid_until, str(found.id)))


expiring_licenses = lookup(_held, {"License": ("id", "valid_until")}, _ending)

"""How one thing leads to others: every link of the schema, over tables in memory. Knows no rights."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from projections.coverage import coverage
from projections.eligibility import Evidence, allowed_works, eligibility
from tests.proof.pages import page
from tests.proof.rows import Row
from tests.proof.world import Thing, World

Arguments = Mapping[str, Any]
Link = Callable[[World, Row, Arguments], Any]
"""What a field leads to: a thing, several, or none."""


def _to_one(type_name: str, column: str) -> Link:
    return lambda world, row, _: world.thing(type_name, world.ids[type_name].get(getattr(row, column)))


def _to_many(type_name: str, table: str, column: str, own: str = "id") -> Link:
    return lambda world, row, _: world.things(
        type_name, world.many(table, column).get((getattr(row, own),), ())
    )


def _code(dictionary: str, column: str) -> Link:
    return lambda world, row, _: world.entry(dictionary, getattr(row, column))


def _worker_by_snils(world: World, row: Row, _: Arguments) -> Any:
    return world.thing("Worker", world.by_snils.get(row.worker_snils))


def _employments(world: World, worker: Row, arguments: Arguments) -> Any:
    found = world.employments.get((worker.id,), ())
    wanted = arguments.get("currentOnly")
    return world.things(
        "Employment", [each for each in found if wanted is None or world.current(each) is wanted]
    )


def _expiring(world: World, worker: Row, arguments: Arguments) -> Any:
    return world.things("Credential", _ending(world, worker.snils, _until(world, arguments)))


def _ending(world: World, snils: str, until: dt.date) -> list[Row]:
    found = world.many("credential", "worker_snils").get((snils,), ())
    return sorted(
        (each for each in found if world.today <= each.valid_until <= until),
        key=lambda each: (each.valid_until, each.id),
    )


def _until(world: World, arguments: Arguments) -> dt.date:
    return world.today + dt.timedelta(days=arguments["within"])


def licenses_of(world: World, organization: Row) -> list[Row]:
    """Those under its OID, then those that INN and OGRN make its own."""
    named = world.many("license", "organization_oid").get((organization.oid,), ())
    holder = (organization.inn, organization.ogrn)
    nameless = [
        each
        for each in world.many("license", "holder_inn", "holder_ogrn").get(holder, ())
        if each.organization_oid is None and owner(world, *holder) is organization
    ]
    by_issue = world.issue_order
    return [*sorted(named, key=by_issue), *sorted(nameless, key=by_issue)]


def owner(world: World, inn: str, ogrn: str) -> Row | None:
    """The organization with this INN and OGRN; of several, the one without a parent."""
    found = world.sharing.get((inn, ogrn), [])
    return found[0] if len(found) == 1 else next((each for each in found if each.parent_oid is None), None)


def _licenses_of_worker(world: World, worker: Row, _: Arguments) -> Any:
    found = world.many("license", "worker_snils").get((worker.snils,), ())
    return world.things("License", sorted(found, key=world.issue_order))


def _holding(world: World, found: Row, _: Arguments) -> Any:
    if found.organization_oid is not None:
        return world.thing("Organization", world.organizations.get(found.organization_oid))
    return world.thing("Organization", owner(world, found.holder_inn, found.holder_ogrn))


def _holder(world: World, found: Row, arguments: Arguments) -> Any:
    if found.holder_kind == "WORKER" and found.worker_snils is not None:
        return _worker_by_snils(world, found, arguments)
    return _holding(world, found, arguments)


def _branches(world: World, organization: Row, _: Arguments) -> Any:
    found = world.many("organization", "parent_oid").get((organization.oid,), ())
    return world.things("Organization", sorted(found, key=lambda each: each.by_name))


def _staffing(world: World, organization: Row, _: Arguments) -> Any:
    posts: dict[str, Decimal] = {}
    for unit in world.many("staffing_unit", "organization_oid").get((organization.oid,), ()):
        posts[unit.position_code] = posts.get(unit.position_code, Decimal(0)) + unit.posts
    return [_position(world, organization, code, posts[code]) for code in sorted(posts)]


def _position(world: World, organization: Row, code: str, posts: Decimal) -> Thing:
    staff = world.staff.get((organization.oid,), ())
    here = [each for each in staff if each.position_code == code and world.current(each)]
    occupied = sum((each.rate for each in here), Decimal(0))
    values = {
        "posts": str(posts),
        "occupied": str(occupied),
        "vacant": str(max(posts - occupied, Decimal(0))),
        "people": len({each.worker_id for each in here}),
    }
    return Thing("PositionStaffing", code, world.place(organization), values)


def _window(world: World, organization: Row, arguments: Arguments) -> Thing:
    return Thing("OrganizationExpiring", (organization, _until(world, arguments)))


def _ending_credentials(world: World, window: Row, arguments: Arguments) -> Any:
    organization, until = window
    staff = {each.worker_id for each in world.staff.get((organization.oid,), ()) if world.current(each)}
    found = [each for key in staff for each in _ending(world, world.workers[key].snils, until)]
    found.sort(key=lambda each: (each.valid_until, str(each.id)))
    return world.things("Credential", found[: arguments["first"]])


def _ending_licenses(world: World, window: Row, _: Arguments) -> Any:
    organization, until = window
    found = [
        each
        for each in licenses_of(world, organization)
        if each.valid_until and world.today <= each.valid_until <= until
    ]
    return world.things("License", sorted(found, key=lambda each: (each.valid_until, str(each.id))))


def _staff_page(world: World, organization: Row, arguments: Arguments) -> Thing:
    wanted = arguments.get("current")
    found = [
        each
        for each in world.staff.get((organization.oid,), ())
        if wanted is None or world.current(each) is wanted
    ]
    found.sort(key=lambda each: each.id)
    return page(world, "Employment", found, lambda each: str(each.id), arguments)


def _eligibility(world: World, worker: Row, arguments: Arguments) -> Thing:
    """The right to practise is a rule of its own, no right to see: the gateway's own rule works it out."""
    on = arguments.get("on")
    day = dt.date.fromisoformat(on) if on else world.today
    employments = world.employments.get((worker.id,), ())
    organizations = [
        world.organizations.get(each.organization_oid) for each in employments if world.current(each, day)
    ]
    own = world.many("license", "worker_snils").get((worker.snils,), ())
    licenses = {"": own} | {each.oid: licenses_of(world, each) for each in organizations if each is not None}
    activities = world.many("license_activity", "license_id")
    held = {each.id for some in licenses.values() for each in some}
    works = {each: allowed_works(activities.get((each,), ())) for each in held}
    evidence = Evidence(
        world.many("restriction", "worker_id").get((worker.id,), ()),
        world.many("credential", "worker_snils").get((worker.snils,), ()),
        employments,
        licenses,
        works,
    )
    found = eligibility(worker, evidence, coverage(world.dictionaries), day)
    values = {"on": day, "allowed": found.allowed, "reasons": [str(each) for each in found.reasons]}
    return Thing("Eligibility", found, world.person(worker), values)


def _covered(world: World, found: Row, _: Arguments) -> Any:
    return [world.entry("specialties", code) for code in found.specialty_codes]


LINKS: Final[Mapping[str, Mapping[str, Link]]] = {
    "Worker": {
        "region": _code("regions", "region_code"),
        "employments": _employments,
        "credentials": _to_many("Credential", "credential", "worker_snils", "snils"),
        "educations": _to_many("Education", "education", "worker_snils", "snils"),
        "categories": _to_many("QualificationCategory", "category", "worker_snils", "snils"),
        "trainings": _to_many("Training", "training", "worker_snils", "snils"),
        "licenses": _licenses_of_worker,
        "restrictions": _to_many("Restriction", "restriction", "worker_id"),
        "eligibility": _eligibility,
        "expiring": _expiring,
    },
    "Eligibility": {"specialties": _covered},
    "Employment": {
        "worker": _to_one("Worker", "worker_id"),
        "organization": _to_one("Organization", "organization_oid"),
        "department": _to_one("Department", "department_id"),
        "position": _code("positions", "position_code"),
        "absences": _to_many("Absence", "absence", "employment_id"),
    },
    "Organization": {
        "kind": _code("organization_kinds", "kind_code"),
        "region": _code("regions", "region_code"),
        "parent": _to_one("Organization", "parent_oid"),
        "branches": _branches,
        "departments": _to_many("Department", "department", "organization_oid", "oid"),
        "staffingUnits": _to_many("StaffingUnit", "staffing_unit", "organization_oid", "oid"),
        "staffing": _staffing,
        "licenses": lambda world, row, _: world.things("License", licenses_of(world, row)),
        "employments": _staff_page,
        "expiring": _window,
    },
    "PositionStaffing": {"position": lambda world, code, _: world.entry("positions", code)},
    "OrganizationExpiring": {"credentials": _ending_credentials, "licenses": _ending_licenses},
    "Department": {
        "organization": _to_one("Organization", "organization_oid"),
        "parent": _to_one("Department", "parent_id"),
        "employments": lambda world, row, _: world.things(
            "Employment",
            world.many("employment", "organization_oid", "department_id").get(
                (row.organization_oid, row.id), ()
            ),
        ),
    },
    "StaffingUnit": {
        "organization": _to_one("Organization", "organization_oid"),
        "department": _to_one("Department", "department_id"),
        "position": _code("positions", "position_code"),
    },
    "License": {
        "region": _code("regions", "region_code"),
        "organization": _holding,
        "holder": _holder,
        "activities": _to_many("LicenseActivity", "license_activity", "license_id"),
        "events": _to_many("LicenseEvent", "license_event", "license_id"),
    },
    "LicenseActivity": {
        "activity": _code("license_activities", "activity_code"),
        "careKind": _code("care_kinds", "care_kind"),
        "license": _to_one("License", "license_id"),
    },
    "LicenseEvent": {"license": _to_one("License", "license_id")},
    "Education": {
        "worker": _worker_by_snils,
        "kind": _code("education_kinds", "kind_code"),
        "specialty": _code("specialties", "specialty_code"),
    },
    "Credential": {
        "worker": _worker_by_snils,
        "specialty": _code("specialties", "specialty_code"),
        "position": _code("positions", "position_code"),
    },
    "QualificationCategory": {
        "worker": _worker_by_snils,
        "category": _code("qualification_categories", "category"),
        "specialty": _code("specialties", "specialty_code"),
    },
    "Training": {"worker": _worker_by_snils, "specialty": _code("specialties", "specialty_code")},
    "Dictionary": {
        "entries": lambda world, name, _: [
            world.entry(name, each.code) for each in world.dictionaries.entries(name)
        ]
    },
}
"""Every field that leads to other things, by type."""

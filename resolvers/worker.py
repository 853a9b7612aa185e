"""How a worker's fields are answered."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from projections.coverage import coverage
from projections.eligibility import Eligibility, Evidence, current, eligibility
from resolvers.context import Context, Info
from resolvers.link import OWN, Ask, Link, Resolver, computed, informed, link, lookup
from resolvers.window import Days, end_of_window

credentials = link("credentials_by_worker", "snils")
educations = link("educations_by_worker", "snils")
categories = link("categories_by_worker", "snils")
trainings = link("trainings_by_worker", "snils")
licenses = link("licenses_by_worker", "snils")
restrictions = link("restrictions_by_worker", "id")


def _full_name(worker: Any) -> str:
    return " ".join(part for part in (worker.last_name, worker.first_name, worker.middle_name) if part)


full_name = computed(_full_name, "last_name", "first_name", "middle_name")
birth_year = computed(lambda worker: worker.birth_date.year, "birth_date")


def _lasting(found: Sequence[Any], context: Context, arguments: Mapping[str, Any]) -> Sequence[Any]:
    """All employments, or those that last, or those that have ended."""
    wanted = arguments.get("currentOnly")
    return found if wanted is None else [each for each in found if current(each, context.today) is wanted]


async def _employments(root: Any, info: Info, current_only: bool | None = None) -> Any:
    found = await info.context.loaders.employments_by_worker.load(root.id)
    return _lasting(found, info.context, {"currentOnly": current_only})


employments = Resolver(
    _employments,
    {OWN: ("id",), "Employment": ("started_on", "ended_on")},
    Link("employments_by_worker", ("id",), then=_lasting),
)


def _expiring(root: Any, context: Context, within: Days) -> Ask:
    return Ask("credentials_expiring", (end_of_window(context, within), root.snils))


expiring = lookup(_expiring, {OWN: ("snils",), "Credential": ("valid_until",)})


async def _eligibility(root: Any, info: Info, on: dt.date | None = None) -> Eligibility:
    day = on or info.context.today
    evidence = await _evidence(root, info.context, day)
    return eligibility(root, evidence, coverage(info.context.loaders.sources.dictionaries), day)


async def _evidence(worker: Any, context: Context, on: dt.date) -> Evidence:
    loaders = context.loaders
    restrictions, credentials, employments, own = await asyncio.gather(
        loaders.restrictions_by_worker.load(worker.id),
        loaders.credentials_by_worker.load(worker.snils),
        loaders.employments_by_worker.load(worker.id),
        loaders.licenses_by_worker.load(worker.snils),
    )
    places = {each.organization_oid for each in employments if current(each, on)}
    organizations = [o for o in await loaders.organization_by_oid.load_many(places) if o is not None]
    held = await loaders.licenses_by_organization.load_many((o.oid, o.inn, o.ogrn) for o in organizations)
    licenses: dict[str, Sequence[Any]] = {"": own}
    licenses |= {o.oid: each for o, each in zip(organizations, held, strict=True)}
    ids = list({each.id for held in licenses.values() for each in held})
    activities = await loaders.activities_by_license.load_many(ids)
    return Evidence(restrictions, credentials, employments, licenses, dict(zip(ids, activities, strict=True)))


worker_eligibility = Resolver(
    _eligibility,
    {
        OWN: ("id", "snils", "status"),
        "Restriction": ("kind", "imposed_on", "lifted_on"),
        "Credential": ("specialty_code", "issued_on", "valid_until", "status"),
        "Employment": ("organization_oid", "started_on", "ended_on"),
        "Organization": ("oid", "inn", "ogrn"),
        "License": ("id", "status", "issued_on", "valid_until", "organization_oid"),
        "LicenseActivity": ("activity_code", "suspended"),
    },
)


def _specialties(root: Eligibility, context: Context) -> Any:
    dictionaries = context.loaders.sources.dictionaries
    return [dictionaries.entry("specialties", code) for code in root.specialty_codes]


eligibility_specialties = informed(_specialties)

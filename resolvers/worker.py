"""How a worker's fields are answered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from loaders.eligibility import PersonOnDay
from projections.eligibility import Eligibility, current
from resolvers.context import Context, Info
from resolvers.link import OWN, Ask, Link, Needs, Resolver, computed, informed, link, lookup
from resolvers.window import Days, end_of_window

credentials = link("credentials_by_worker", "snils")
educations = link("educations_by_worker", "snils")
categories = link("categories_by_worker", "snils")
trainings = link("trainings_by_worker", "snils")
licenses = link("licenses_by_worker", "snils")
restrictions = link("restrictions_by_worker", "id")


def _full_name(worker: Any) -> str:
    last, first, middle = worker.last_name, worker.first_name, worker.middle_name
    if last and first and middle:
        return f"{last} {first} {middle}"  # of nearly everyone, and in a third of the time
    return " ".join(part for part in (last, first, middle) if part)


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


def _eligibility(root: Any, context: Context, on: dt.date | None = None) -> Ask:
    return Ask("eligibility_by_person", PersonOnDay(root.id, root.snils, root.status, on or context.today))


EVIDENCE: Needs = {
    "Worker": ("id", "snils", "status"),
    "Restriction": ("kind", "imposed_on", "lifted_on"),
    "Credential": ("specialty_code", "issued_on", "valid_until", "status"),
    "Employment": ("organization_oid", "started_on", "ended_on"),
    "Organization": ("oid", "inn", "ogrn"),
    "License": ("id", "status", "issued_on", "valid_until", "organization_oid"),
    "LicenseActivity": ("activity_code", "suspended"),
}
"""The columns, by noun, out of which the right to practise is worked out."""

worker_eligibility = lookup(_eligibility, EVIDENCE)


def eligible_in(root: Eligibility, context: Context) -> Any:
    """The specialties in which a person may practise, with their names."""
    dictionaries = context.loaders.sources.dictionaries
    return [dictionaries.entry("specialties", code) for code in root.specialty_codes]


eligibility_specialties = informed(eligible_in)

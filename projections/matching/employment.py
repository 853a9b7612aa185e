"""What conditions ask of an employment and of a restriction, and where employments lead."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from projections.eligibility import current
from projections.matching.license import HOLDER
from projections.matching.logic import UNREAD
from projections.matching.noun import Noun, dated, held, own
from projections.matching.organization import KEY
from projections.matching.registries import Members, Registries

PERSON = held("Subject", "subject_by_id", "worker_id", one=True)
TERM = ("started_on", "ended_on")

EMPLOYMENT = Noun(
    {
        "organization_oid": own("organization_oid"),
        "department": own("department_id"),
        "position": own("position_code"),
        "kind": own("kind"),
        "rate": own("rate"),
        "started_on": own("started_on"),
        "ended_on": own("ended_on"),
        "current": dated(current, *TERM),
    },
    {
        "organization": held("Organization", "organization_by_oid", "organization_oid", one=True),
        "worker": held("Worker", "worker_by_id", "worker_id", one=True),
    },
    PERSON,
)


def _lasts(restriction: Any, day: dt.date) -> bool:
    lifted = restriction.lifted_on is not None and restriction.lifted_on <= day
    return bool(restriction.imposed_on <= day and not lifted)


RESTRICTION = Noun(
    {
        "kind": own("kind"),
        "imposed_on": own("imposed_on"),
        "lifted_on": own("lifted_on"),
        "in_force": dated(_lasts, "imposed_on", "lifted_on"),
    },
    person=PERSON,
)

LASTING = {"Employment": ("organization_oid", *TERM)}
LICENSED = {**LASTING, "Organization": KEY, "License": HOLDER}


async def lasting(workers: Sequence[Any], its: Registries) -> list[Members]:
    """The employments of each worker that last on the day."""
    found = await its.many("employments_by_worker", [each.id for each in workers])
    return [[each for each in some if each is UNREAD or current(each, its.day)] for some in found]


async def organizations(employments: Sequence[Any], its: Registries) -> list[Members]:
    """The organization of each employment."""
    return await its.one("organization_by_oid", [each.organization_oid for each in employments])


async def licenses(employments: Sequence[Any], its: Registries) -> list[Members]:
    """The licences of each employment's organization, whose INN and OGRN are unknown where it dangles."""
    found = await organizations(employments, its)
    keys = [_holder(each.organization_oid, some) for each, some in zip(employments, found, strict=True)]
    held_ = await its.many("licenses_by_organization", keys)
    return [[UNREAD] if key is None else some for key, some in zip(keys, held_, strict=True)]


def _holder(oid: str, found: Members) -> tuple[str, str, str] | None:
    if UNREAD in found:
        return None
    return (oid, found[0].inn, found[0].ogrn) if found else (oid, "", "")

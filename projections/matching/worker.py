"""What conditions ask of a worker, and whether he may practise by what the registries say now."""

from asyncio import gather
from collections.abc import Sequence
from typing import Any

from projections.eligibility import Eligibility, Evidence, eligibility
from projections.matching import employment, organization
from projections.matching.license import IN_FORCE
from projections.matching.logic import UNREAD, Unread
from projections.matching.noun import OWN, Answer, Noun, Relation, held, own
from projections.matching.registries import Members, Registries, joined, side_by_side
from projections.search.words import normalised

PERSON = held("Subject", "subject_by_id", "id", one=True)
RESTRICTIONS = held("Restriction", "restrictions_by_worker", "id")
CREDENTIALS = held("Credential", "credentials_by_worker", "snils")
OWN_LICENSES = held("License", "licenses_by_worker", "snils")

EVIDENCE = {
    OWN: ("id", "snils", "status"),
    "Restriction": ("kind", "imposed_on", "lifted_on"),
    "Credential": ("specialty_code", "issued_on", "valid_until", "status"),
    **employment.LICENSED,
    "License": (*employment.LICENSED["License"], "id", *IN_FORCE),
    "LicenseActivity": ("activity_code", "suspended"),
}


async def _licenses(workers: Sequence[Any], its: Registries) -> list[Members]:
    """His own, and those under the OIDs where he is employed, whether or not these lead anywhere."""

    async def of_employers() -> list[Members]:
        lasting = await employment.lasting(workers, its)
        return await its.beyond(lasting, lambda found: employment.licenses(found, its))

    return await side_by_side(OWN_LICENSES.members(workers, its), of_employers())


async def employers(workers: Sequence[Any], its: Registries) -> list[Members]:
    """The organizations where each is employed now, as far as their registry has them."""
    lasting = await employment.lasting(workers, its)
    return await its.beyond(lasting, lambda found: employment.organizations(found, its))


async def _employers_licenses(workers: Sequence[Any], its: Registries) -> list[Members]:
    found = await employers(workers, its)
    return await its.beyond(found, lambda organizations: organization.licenses(organizations, its))


async def _eligibilities(workers: Sequence[Any], its: Registries) -> list[Eligibility | Unread]:
    """Whether each may practise; unread where any registry that it takes is away."""
    evidence = await gather(
        RESTRICTIONS.members(workers, its),
        CREDENTIALS.members(workers, its),
        employment.lasting(workers, its),
        OWN_LICENSES.members(workers, its),
        _employers_licenses(workers, its),
    )
    licenses = [each for each in joined(joined(some) for some in evidence[3:]) if each is not UNREAD]
    found = await its.many("activities_by_license", [each.id for each in licenses])
    works = {each.id: some for each, some in zip(licenses, found, strict=True)}
    return [_eligibility(worker, each, works, its) for worker, *each in zip(workers, *evidence, strict=True)]


def _eligibility(
    worker: Any, found: Sequence[Members], works: dict[Any, Members], its: Registries
) -> Eligibility | Unread:
    restrictions, credentials, employments, own_licenses, others = found
    activities = [works[each.id] for some in (own_licenses, others) for each in some if each is not UNREAD]
    if any(UNREAD in members for members in (*found, *activities)):
        return UNREAD
    # Whichever employer holds a licence: the rule looks at all of them together.
    licenses = {"": own_licenses} | {each.organization_oid: others for each in employments[:1]}
    evidence = Evidence(restrictions, credentials, employments, licenses, works)
    return eligibility(worker, evidence, its.coverage, its.day)


async def _allowed(workers: Sequence[Any], its: Registries) -> list[Any]:
    return [each if each is UNREAD else each.allowed for each in await _eligibilities(workers, its)]


async def _reasons(workers: Sequence[Any], its: Registries) -> list[Any]:
    return [
        each if each is UNREAD else frozenset(each.reasons) for each in await _eligibilities(workers, its)
    ]


def _normalised(name: str | None) -> str | None:
    return None if name is None else normalised(name)


WORKER = Noun(
    {
        "registry_number": own("registry_number"),
        "last_name": own("last_name", _normalised),
        "first_name": own("first_name", _normalised),
        "middle_name": own("middle_name", _normalised),
        "region": own("region_code"),
        "status": own("status"),
        "sex": own("sex"),
        "registered_on": own("registered_on"),
        "born_on": own("birth_date"),
        "allowed": Answer(EVIDENCE, _allowed),
        "reasons": Answer(EVIDENCE, _reasons),
    },
    {
        "employments": held("Employment", "employments_by_worker", "id"),
        "credentials": CREDENTIALS,
        "categories": held("QualificationCategory", "categories_by_worker", "snils"),
        "educations": held("Education", "educations_by_worker", "snils"),
        "trainings": held("Training", "trainings_by_worker", "snils"),
        "restrictions": RESTRICTIONS,
        "licenses": Relation("License", {OWN: ("id", "snils"), **employment.LICENSED}, _licenses),
        "own_licenses": OWN_LICENSES,
    },
    PERSON,
)

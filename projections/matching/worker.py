"""What conditions ask of a worker, and whether he may practise by what the registries say now."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from projections.eligibility import Eligibility
from projections.matching import employment
from projections.matching.license import IN_FORCE
from projections.matching.logic import UNREAD, Unread
from projections.matching.noun import OWN, Answer, Noun, Relation, held, own
from projections.matching.registries import Members, Registries, side_by_side
from projections.search.condition import OneOf, Test
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


async def _eligibilities(workers: Sequence[Any], its: Registries) -> list[Eligibility | Unread]:
    """Whether each may practise; unread where any registry that it takes is away."""
    asked = [(each.id, each.snils, each.status, its.day) for each in workers]
    return [each for [each] in await its.one("eligibility_by_person", asked)]


async def _allowed(workers: Sequence[Any], its: Registries) -> list[Any]:
    return [each if each is UNREAD else each.allowed for each in await _eligibilities(workers, its)]


async def _reasons(workers: Sequence[Any], its: Registries) -> list[Any]:
    return [
        each if each is UNREAD else frozenset(each.reasons) for each in await _eligibilities(workers, its)
    ]


def _name(column: str) -> Answer:
    """A name, compared as it stands beside others: in lower case, ё as е."""
    return replace(own(column, lambda name: None if name is None else normalised(name)), asked=_normalised)


def _normalised(test: Test) -> Test:
    return OneOf(tuple(normalised(str(each)) for each in test.values)) if isinstance(test, OneOf) else test


WORKER = Noun(
    {
        "registry_number": own("registry_number"),
        "last_name": _name("last_name"),
        "first_name": _name("first_name"),
        "middle_name": _name("middle_name"),
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

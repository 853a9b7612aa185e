"""Aggregates by chance, of the values that the data have."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from tests.workforce.oracle import COLUMNS, CREDENTIALS, POSTED, Asked, Oracle

Values = Mapping[str, Sequence[str]]

OF_PEOPLE: Final = ("WORKERS", "RATES", "CATEGORY_SHARE", "MEAN_AGE_BAND", *sorted(CREDENTIALS))
OF_POSTS: Final = ("POSTS", "VACANCIES")

FIELDS: Final = {
    "REGION": "regions",
    "FEDERAL_DISTRICT": "federalDistricts",
    "ORGANIZATION": "organizations",
    "ORGANIZATION_KIND": "kinds",
    "OWNERSHIP": "ownerships",
    "DEPARTMENT": "departments",
    "SPECIALTY": "specialties",
    "POSITION": "positions",
    "POSITION_GROUP": "positionGroups",
    "CATEGORY": "categories",
    "SEX": "sexes",
    "AGE_BAND": "ageBands",
    "CREDENTIAL_YEAR": "credentialYears",
    "EMPLOYMENT_KIND": "employmentKinds",
    "CREDENTIAL_STATUS": "credentialStatuses",
    "ELIGIBLE": "eligible",
}


async def values(oracle: Oracle) -> Values:
    """The values of each dimension that somebody has."""
    return {
        dimension: sorted(
            key[0] for key in await oracle.people(Asked((dimension,), ("WORKERS",), {})) if key[0] is not None
        )
        for dimension in COLUMNS
    }


def question(known: Values, seed: int, number: int) -> Asked:
    """One of them: the same whenever it is asked for."""
    random = Random(f"{seed}/{number}")
    posts = random.random() < 0.2
    of = list(POSTED if posts else COLUMNS)
    by = tuple(random.sample(of, random.choice([0, 1, 1, 2, 2, 2, 3])))
    narrowed = random.sample(of, random.choice([0, 0, 1, 1, 2]))
    measures = OF_POSTS if posts else OF_PEOPLE
    return Asked(
        by,
        tuple(random.sample(measures, random.randint(1, 2 if posts else 3))),
        {each: chosen(each, known, random) for each in narrowed},
        branches=random.random() < 0.7,
        within=random.choice([0, 1, 30, 90, 400]),
    )


def chosen(dimension: str, known: Values, random: Random) -> tuple[str, ...]:
    """Some values of a dimension."""
    found = known[dimension]
    most = 1 if dimension == "ELIGIBLE" else min(3, len(found))
    return tuple(random.sample(found, random.randint(1, most)))


def where(asked: Asked, ids: Any) -> dict[str, Any]:
    """The filter, as the schema takes it; `ids`: makes the global id of a department."""
    found: dict[str, Any] = {"branches": asked.branches}
    for dimension, wanted in asked.where.items():
        found[FIELDS[dimension]] = _given(dimension, wanted, ids)
    return found


def _given(dimension: str, wanted: Sequence[str], ids: Any) -> Any:
    match dimension:
        case "ELIGIBLE":
            return wanted[0] == "true"
        case "CREDENTIAL_YEAR":
            return [int(each) for each in wanted]
        case "DEPARTMENT":
            return [ids("Department", each) for each in wanted]
    return list(wanted)

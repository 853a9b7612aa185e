"""Workers by facts of one registry and of several: few hits, many, and filters that cross."""

from benchmarks.search.published.searching import Search, ordered
from benchmarks.search.values import Value

BY_NAME = ordered("NAME")


def _workers(name: str, title: str, where: object, page: int = 1) -> Search:
    return Search(name, title, "workers", {"where": where, "orderBy": BY_NAME}, page)


_IN_FORCE = {"inForce": True, "specialties": [Value.SPECIALTY]}
_ENDING = {
    "inForce": True,
    "specialties": [Value.SPECIALTY],
    "validUntil": {"from": Value.TODAY, "to": Value.WEEKS_AHEAD},
}

WORKERS = (
    _workers("one_number", "one registry number", {"registryNumbers": [Value.NUMBER]}),
    _workers(
        "region_and_specialty",
        "a specialty in force in a region",
        {"regions": [Value.REGION], "credentials": {"some": _IN_FORCE}},
    ),
    _workers(
        "expiring_at_licensed",
        "a region, a specialty that ends within weeks, an employer whose licence is in force",
        {
            "regions": [Value.REGION],
            "credentials": {"some": _ENDING},
            "employments": {"some": {"current": True, "organization": {"licensed": True}}},
        },
    ),
    _workers(
        "staff_of_one",
        "the staff of one organization",
        {"employments": {"some": {"current": True, "organizations": [Value.OID]}}},
    ),
    _workers(
        "position_at_private",
        "a position at private organizations",
        {
            "employments": {
                "some": {
                    "current": True,
                    "positions": [Value.POSITION],
                    "organization": {"ownerships": ["PRIVATE"]},
                }
            }
        },
    ),
    _workers(
        "rare_specialty",
        "a rare specialty",
        {"credentials": {"some": {"inForce": True, "specialties": [Value.RARE_SPECIALTY]}}},
    ),
    _workers(
        "highest_category",
        "the highest category in force",
        {
            "categories": {
                "some": {"inForce": True, "categories": ["HIGHEST"], "specialties": [Value.SPECIALTY]}
            }
        },
    ),
    _workers("everyone", "everyone active: nearly all", {"statuses": ["ACTIVE"]}),
    _workers("one_sex", "men", {"sexes": ["M"]}),
    _workers("large_region", "a large region", {"regions": [Value.LARGE_REGION], "statuses": ["ACTIVE"]}),
    _workers(
        "may_not_practise",
        "active but may not practise",
        {"statuses": ["ACTIVE"], "eligibility": {"allowed": False}, "regions": [Value.REGION]},
    ),
    _workers(
        "anyone_certified", "any credential in force: most", {"credentials": {"some": {"inForce": True}}}
    ),
    _workers("one_specialty", "a specialty in force, everywhere", {"credentials": {"some": _IN_FORCE}}),
    _workers(
        "one_position",
        "a position now, everywhere",
        {"employments": {"some": {"current": True, "positions": [Value.POSITION]}}},
    ),
    _workers(
        "at_kind",
        "employed by a kind of organization",
        {"employments": {"some": {"current": True, "organization": {"kinds": [Value.KIND]}}}},
    ),
    _workers(
        "not_certified",
        "no credential in force in a region",
        {"regions": [Value.REGION], "credentials": {"none": {"inForce": True}}},
    ),
    _workers(
        "every_expired",
        "every credential ended, some there, in a region",
        {
            "regions": [Value.REGION],
            "credentials": {"every": {"validUntil": {"to": Value.TODAY}}, "some": {}},
        },
    ),
    _workers(
        "either",
        "a specialty or a position, in a region, not there since long",
        {
            "regions": [Value.REGION],
            "or": [
                {"credentials": {"some": _IN_FORCE}},
                {"employments": {"some": {"current": True, "positions": [Value.POSITION]}}},
            ],
            "not": {"registeredOn": {"to": Value.YEARS_AGO}},
        },
    ),
    _workers(
        "employer_activity",
        "a licence, own or of the employer, with an activity, in a region",
        {
            "regions": [Value.SMALL_REGION],
            "licenses": {"some": {"inForce": True, "activities": [Value.ACTIVITY]}},
        },
    ),
    _workers(
        "educated_and_trained",
        "foreign education not verified, and a training since",
        {
            "educations": {"some": {"foreign": True, "verified": False}},
            "trainings": {"some": {"completedOn": {"from": Value.YEARS_AGO}}},
        },
    ),
    _workers(
        "documents",
        "has a category and an own licence",
        {"hasDocuments": ["CATEGORY", "LICENSE"], "regions": [Value.REGION]},
    ),
)

"""Counts and facets, filtered and broad."""

from benchmarks.search.published.searching import Search
from benchmarks.search.values import Value

_SPECIALTY = {"credentials": {"some": {"inForce": True, "specialties": [Value.SPECIALTY]}}}


def _facets(name: str, title: str, by: list[str], **variables: object) -> Search:
    return Search(name, title, "workers_facets", {"by": by, **variables})


COUNTING = (
    Search(
        "count_all",
        "count: everyone whose record is not ended",
        "workers_count",
        {"where": {"statuses": ["ACTIVE", "SUSPENDED"], "sexes": ["M", "F"]}},
    ),
    Search(
        "count_broad",
        "count: a credential in force, of the active",
        "workers_count",
        {"where": {"statuses": ["ACTIVE"], "credentials": {"some": {"inForce": True}}}},
    ),
    Search(
        "count_crossed",
        "count: credentials ending within months at organizations of a region",
        "workers_count",
        {
            "where": {
                "credentials": {"some": {"inForce": True, "validUntil": {"to": Value.MONTHS_AHEAD}}},
                "employments": {"some": {"current": True, "organization": {"regions": [Value.REGION]}}},
            }
        },
    ),
    _facets(
        "facets_filtered",
        "facets of a specialty in a region: position, category, employer's kind",
        ["POSITION", "CATEGORY", "ORGANIZATION_KIND"],
        where={"regions": [Value.REGION], **_SPECIALTY},
    ),
    _facets(
        "facets_region",
        "facets of a large region: status, sex, specialty",
        ["STATUS", "SEX", "SPECIALTY"],
        where={"regions": [Value.LARGE_REGION]},
    ),
    _facets(
        "facets_broad",
        "facets of everyone active: region, specialty",
        ["REGION", "SPECIALTY"],
        where={"statuses": ["ACTIVE"]},
    ),
    _facets(
        "facets_text",
        "facets of a common surname: region, position",
        ["REGION", "POSITION"],
        query=Value.COMMON_SURNAME,
    ),
)

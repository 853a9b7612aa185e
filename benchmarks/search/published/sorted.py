"""Orders by columns of other registries, several at once, nulls on purpose; pages that lie deep."""

from benchmarks.search.published.searching import Search, ordered
from benchmarks.search.values import Value

_LARGE = {"regions": [Value.LARGE_REGION]}
_SPECIALTY = {"credentials": {"some": {"inForce": True, "specialties": [Value.SPECIALTY]}}}


def _sorted(name: str, title: str, where: object, *keys: str, page: int = 1) -> Search:
    return Search(name, title, "workers", {"where": where, "orderBy": ordered(*keys)}, page)


SORTED = (
    _sorted("by_organization", "a large region by organization's name", _LARGE, "ORGANIZATION"),
    _sorted("by_expiry", "a specialty by nearest expiry", _SPECIALTY, "NEAREST_EXPIRY"),
    _sorted(
        "by_category",
        "a large region by category, best first, then organization",
        _LARGE,
        "-CATEGORY",
        "ORGANIZATION",
    ),
    _sorted(
        "by_three",
        "a specialty by region, organization, name; nulls first",
        _SPECIALTY,
        "REGION?",
        "ORGANIZATION?",
        "NAME",
    ),
    _sorted(
        "all_by_expiry",
        "all by nearest expiry, those without one first",
        {"statuses": ["ACTIVE", "SUSPENDED"]},
        "NEAREST_EXPIRY?",
    ),
    _sorted(
        "newest", "a region, newest records first", {"regions": [Value.REGION]}, "-REGISTERED_ON", "NAME"
    ),
    _sorted("page_10", "page 10: a large region by organization", _LARGE, "ORGANIZATION", page=10),
    _sorted("page_100", "page 100: a large region by organization", _LARGE, "ORGANIZATION", page=100),
    _sorted(
        "page_100_expiry",
        "page 100: a specialty by nearest expiry, descending",
        _SPECIALTY,
        "-NEAREST_EXPIRY",
        page=100,
    ),
    _sorted("page_100_all", "page 100: everyone active by name", {"statuses": ["ACTIVE"]}, "NAME", page=100),
    Search(
        "last_page",
        "the last page of a large region by name",
        "workers",
        {"where": _LARGE, "orderBy": ordered("NAME"), "last": 20},
    ),
)

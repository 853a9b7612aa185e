"""Searches by what only some may see: an employer's own staff, a regulator's region."""

from benchmarks.search.published.searching import Caller, Search, ordered
from benchmarks.search.values import Value

_OWN = {"some": {"current": True, "organizations": [Value.LARGE_OID]}}

GUARDED = (
    Search(
        "own_restricted",
        "own staff with restrictions",
        "workers",
        {"where": {"employments": _OWN, "restrictions": {"some": {}}}, "orderBy": ordered("NAME")},
        caller=Caller.EMPLOYER,
    ),
    Search(
        "own_part_time",
        "own staff at less than a whole rate",
        "workers",
        {
            "where": {
                "employments": {
                    "some": {"current": True, "organizations": [Value.LARGE_OID], "rate": {"to": "0.75"}}
                }
            },
            "orderBy": ordered("POSITION", "NAME"),
        },
        caller=Caller.EMPLOYER,
    ),
    Search(
        "region_restricted",
        "of the own region, practice forbidden or suspended",
        "workers",
        {
            "where": {"restrictions": {"some": {"inForce": True, "kinds": ["PRACTICE_BAN", "SUSPENSION"]}}},
            "orderBy": ordered("ORGANIZATION", "NAME"),
        },
        caller=Caller.REGULATOR,
    ),
    Search(
        "region_born_on",
        "of the own region, born on a day",
        "workers",
        {"where": {"bornOn": Value.BIRTH_DATE}, "orderBy": ordered("NAME")},
        caller=Caller.REGULATOR,
    ),
)

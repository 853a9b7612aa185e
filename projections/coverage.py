"""Which licensed activities cover the work of which specialty, matched by the wording of both code lists.

The licence annex and the specialty nomenclature share no codes. An activity covers a specialty when its name,
without what stands in brackets, is the specialty's name or its former name; so does each part of a name that
lists several works. Where no activity bears the specialty's own name, its base specialty's counts; where none
bears that either (pharmacy, say), any activity covers it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sources.dictionary import Dictionaries

_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class ActivityCoverage:
    """The activities that cover each specialty; a specialty that is not here is covered by any."""

    activities: Mapping[str, frozenset[str]]

    def covers(self, specialty_code: str, activity_codes: Collection[str]) -> bool:
        """Whether any of these activities allows the work of this specialty."""
        named = self.activities.get(specialty_code)
        return bool(activity_codes) if named is None else not named.isdisjoint(activity_codes)


def _wording(name: str) -> str:
    """A name as both lists would write it."""
    return " ".join(_BRACKETS.sub(" ", name).casefold().replace("ё", "е").replace("-", " ").split())


def _works(name: str) -> set[str]:
    """The wordings of an activity: the whole name, and each part of it where it lists several works."""
    whole = _wording(name)
    return {whole, *(part.strip() for part in whole.split(","))}


@lru_cache(maxsize=4)
def coverage(dictionaries: Dictionaries) -> ActivityCoverage:
    """The coverage that these dictionaries give."""
    by_wording: dict[str, set[str]] = {}
    for activity in dictionaries.entries("license_activities"):
        for work in _works(str(activity.name)):
            by_wording.setdefault(work, set()).add(activity.code)
    specialties = {entry.code: entry for entry in dictionaries.entries("specialties")}

    def named(code: str | None) -> frozenset[str]:
        """The activities that bear a specialty's name, or its former one."""
        found = specialties.get(str(code))
        names = [found.name, found.attributes.get("alias")] if found else []
        return frozenset(each for name in names if name for each in by_wording.get(_wording(name), ()))

    covering = {
        code: named(code) or named(specialty.attributes.get("parent"))
        for code, specialty in specialties.items()
    }
    return ActivityCoverage({code: activities for code, activities in covering.items() if activities})

"""The code lists that generated rows refer to, and what follows from them."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def _rows(name: str) -> dict[str, dict[str, Any]]:
    text = files("sources.reference").joinpath(f"{name}.json").read_text("utf-8")
    return {row["code"]: row for row in json.loads(text)}


REGIONS: Mapping[str, Mapping[str, Any]] = _rows("regions")
POSITIONS: Mapping[str, Mapping[str, Any]] = _rows("positions")
SPECIALTIES: Mapping[str, Mapping[str, Any]] = _rows("specialties")
ACTIVITIES: Mapping[str, Mapping[str, Any]] = _rows("license_activities")
ORGANIZATION_KINDS: Mapping[str, Mapping[str, Any]] = _rows("organization_kinds")

UNKNOWN_POSITION = "9999"
UNKNOWN_SPECIALTY = "8888"
UNKNOWN_ACTIVITY = "L777"
"""Codes that no dictionary knows: registries hold such, and readers must bear them."""

_OTHERWISE_NAMED = {
    "8": "L002",
    "9": "L006",
    "18": "L058",
    "19": "L062",
    "41": "L019",
    "52": "L032",
    "186": "L059",
    "205": "L059",
    "209": "L089",
    "210": "L110",
    "212": "L016",
    "215": "L033",
    "217": "L033",
    "216": "L015",
    "233": "L014",
    "280": "L071",
    "281": "L039",
    "283": "L085",
    "284": "L007",
    "X02": "L076",
    "X03": "L019",
    "X04": "L039",
}
"""Specialties whose licensed work has another name than they have."""


def _activities_by_specialty() -> dict[str, str]:
    by_name = {activity["name"].casefold(): code for code, activity in ACTIVITIES.items()}
    found = {code: by_name.get(specialty["name"].casefold()) for code, specialty in SPECIALTIES.items()}
    return {code: activity for code, activity in (found | _OTHERWISE_NAMED).items() if activity}


ACTIVITY_OF_SPECIALTY: Mapping[str, str] = _activities_by_specialty()
"""The licensed work that a specialty needs; some specialties need none."""

"""Terms that begin and end on a day: the first and the last one count, as the search has it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from projections.matching.marks import NOUNS
from tests.projections.matching.kept import TODAY, KeptRecords

BEFORE, AFTER = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)


@pytest.mark.parametrize(
    ("noun", "fact", "row", "expected"),
    [
        ("Restriction", "in_force", {"imposed_on": TODAY, "lifted_on": None}, True),
        ("Restriction", "in_force", {"imposed_on": AFTER, "lifted_on": None}, False),
        ("Restriction", "in_force", {"imposed_on": BEFORE, "lifted_on": TODAY}, False),
        ("Restriction", "in_force", {"imposed_on": BEFORE, "lifted_on": AFTER}, True),
        ("Employment", "current", {"started_on": TODAY, "ended_on": TODAY}, True),
        ("Employment", "current", {"started_on": BEFORE, "ended_on": BEFORE}, False),
        ("QualificationCategory", "in_force", {"assigned_on": TODAY, "valid_until": TODAY}, True),
        ("QualificationCategory", "in_force", {"assigned_on": AFTER, "valid_until": AFTER}, False),
        ("License", "in_force", {"status": "ACTIVE", "issued_on": TODAY, "valid_until": TODAY}, True),
        ("License", "in_force", {"status": "SUSPENDED", "issued_on": TODAY, "valid_until": None}, False),
        ("Credential", "in_force", {"status": "RENEWING", "issued_on": TODAY, "valid_until": TODAY}, True),
        ("Credential", "in_force", {"status": "EXPIRED", "issued_on": BEFORE, "valid_until": AFTER}, False),
    ],
)
async def test_a_term_holds_on_its_days(noun: str, fact: str, row: dict[str, Any], expected: bool) -> None:
    its = KeptRecords({}).registries

    assert await NOUNS[noun].facts[fact].values([SimpleNamespace(**row)], its) == [expected]

"""What an answer releases of persons is noted, and the same on both executors."""

from collections import Counter
from typing import Any

import pytest

from gateway.contexts import Contexts
from resolvers.context import Context
from resolvers.released import Released
from tests.asking import Asking
from tests.queries.scenario import Scenario, scenarios
from tests.queries.test_queries import answer

Noted = Counter[tuple[str, str, bool, Any]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Released]:
    """What was noted for each answer, as soon as it has been told."""
    found: list[Released] = []
    extensions = Contexts.extensions

    def watched(self: Contexts, context: Context) -> Any:
        found.append(context.released)
        return extensions(self, context)

    monkeypatch.setattr(Contexts, "extensions", watched)
    return found


def noted(released: Released) -> Noted:
    """Each record of which something was given, with what, and whether as a mask."""
    return Counter((*each[:3], _whose(row)) for each in released for row in each.rows)


def _whose(row: Any) -> Any:
    if getattr(row, "noun", None) == "Found":
        return row.about
    return row.worker_id if getattr(row, "noun", None) in ("Eligibility", "Verification") else row.id


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: str(scenario.folder.name))
async def test_both_executors_note_the_same(
    asking: Asking, walking: Asking, seen: list[Released], scenario: Scenario
) -> None:
    await answer(asking, scenario)
    await answer(walking, scenario)
    compiled, walked = map(noted, seen)
    assert compiled == walked


async def test_values_and_masks_are_told_apart(asking: Asking, seen: list[Released]) -> None:
    by_name = {each.folder.name: each for each in scenarios()}
    for name, masked in (("worker_sees_himself", {False}), ("insurer_sees_masks", {True})):
        await answer(asking, by_name[name])
        assert {each.masked for each in seen[-1]} == masked
        assert ("Worker", "snils") in {each[:2] for each in seen[-1]}


async def test_nothing_is_noted_of_what_the_public_sees(asking: Asking, seen: list[Released]) -> None:
    by_name = {each.folder.name: each for each in scenarios()}
    await answer(asking, by_name["public_sees_no_personal_data"])
    assert not list(seen[-1])

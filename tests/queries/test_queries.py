"""Every scenario: the same answer, by the same calls."""

import orjson
import pytest

from tests.asking import Asking
from tests.queries.scenario import Scenario, scenarios


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: str(scenario.folder.name))
async def test_answer_and_calls(asking: Asking, scenario: Scenario) -> None:
    asking.clear()
    caller = scenario.caller

    answer = await asking.ask(
        scenario.query,
        caller.get("variables"),
        scenario.principal,
        caller.get("purpose"),
        caller.get("mode"),
    )

    found = orjson.loads(orjson.dumps(answer.body()))
    assert found == scenario.told("answer.json", found)
    assert dict(asking.calls) == scenario.told("calls.json", dict(asking.calls))

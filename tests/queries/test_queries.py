"""Every scenario, on both executors: the same answer to the byte, by the same calls."""

import orjson
import pytest

from gateway.operation.execution import Answer
from tests.asking import Asking
from tests.queries.scenario import Scenario, scenarios

EVERY = pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: str(scenario.folder.name))


@EVERY
async def test_answer_and_calls(asking: Asking, scenario: Scenario) -> None:
    asking.clear()
    found = orjson.loads(orjson.dumps((await answer(asking, scenario)).body()))
    assert found == scenario.told("answer.json", found)
    assert dict(asking.calls) == scenario.told("calls.json", dict(asking.calls))


@EVERY
async def test_both_executors_agree(asking: Asking, walking: Asking, scenario: Scenario) -> None:
    walking.clear()
    compiled = orjson.dumps((await answer(asking, scenario)).body())
    walked = orjson.dumps((await answer(walking, scenario)).body())
    assert compiled == walked
    assert dict(walking.calls) == scenario.told("calls.json", dict(walking.calls))


async def test_the_engine_runs_them_and_walks_none(asking: Asking) -> None:
    """The engine's careful walker is for surprises; on clean data there are none."""
    engine = asking.gateway.compiled
    assert engine is not None
    before = engine.counts.runs, engine.counts.walks
    for scenario in scenarios():
        assert not (await answer(asking, scenario)).errors
    assert (engine.counts.runs, engine.counts.walks) == (before[0] + len(scenarios()), before[1])


async def answer(asking: Asking, scenario: Scenario) -> Answer:
    """The answer to a scenario's query."""
    caller = scenario.caller
    return await asking.ask(
        scenario.query,
        caller.get("variables"),
        scenario.principal,
        caller.get("purpose"),
        caller.get("mode"),
    )

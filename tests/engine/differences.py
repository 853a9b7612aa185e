"""Differential fuzzing: questions are answered by graphql-core and by the engine."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OperationDefinitionNode,
    execute_sync,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import VariableValues

from engine.execution import Engine
from engine.prepare import Prepared, Unsupported
from tests.engine.questions import Questions
from tests.engine.worlds import World, WorldRights, application

FAULTS = (0.0, 0.03, 0.1, 0.25)
QUESTIONS = 8
RULES = [rule for rule in specified_rules if rule not in (NoUnusedVariablesRule, NoUnusedFragmentsRule)]


@dataclass(slots=True)
class Tally:
    """What was compared."""

    operations: int = 0
    with_errors: int = 0
    given_up: int = 0
    walks: int = 0
    clean_walks: int = 0
    unsupported: int = 0
    differences: list[str] = field(default_factory=list)


def errors_of(errors: list[GraphQLError] | None) -> list[str]:
    """Errors as text: message, path, locations."""
    return [json.dumps(error.formatted, default=str) for error in errors or ()]


async def answered(result: Any) -> ExecutionResult:
    """The result, awaited where it has to be."""
    if isinstance(result, ExecutionResult):
        return result
    return await cast("Awaitable[ExecutionResult]", result)


async def compare(seed: int, tally: Tally) -> None:
    """Ask one world some questions both ways."""
    world = World(seed, FAULTS[seed % 4], waiting=seed % 3 != 1)
    stock, own = world.schema(waiting=False), world.schema(waiting=world.waiting)
    engine = Engine(own, application(world), walked_rows=1_000_000)  # first walked, then by its code
    questions = Questions(stock, Random(seed * 31))
    for _ in range(QUESTIONS):
        text, variables = questions.text(), questions.variables()
        document = parse(text)
        if not validate(stock, document, RULES):
            expected = execute_sync(stock, document, None, None, variables)
            await _compare(world, engine, document, text, variables, expected, tally)


async def _compare(
    world: World,
    engine: Engine,
    document: DocumentNode,
    text: str,
    variables: dict[str, Any],
    expected: ExecutionResult,
    tally: Tally,
) -> None:
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    try:
        prepared = engine.prepared(operation, fragments)
        coerced = engine.variables(prepared, variables)
        for _ in range(2):
            walks = engine.counts.walks
            found = await _answer(world, engine, prepared, coerced)
            told = _difference(world, expected, found, tally)
            if told:
                tally.differences.append(f"world {world.seed}: {told}\n  {text}\n  {variables}")
    except Unsupported:
        tally.unsupported += 1
        return
    tally.operations += 1
    tally.with_errors += bool(expected.errors)
    tally.walks += engine.counts.walks - walks
    if not expected.errors:
        tally.clean_walks += engine.counts.walks - walks


async def _answer(
    world: World, engine: Engine, prepared: Prepared, coerced: VariableValues | list[GraphQLError]
) -> ExecutionResult:
    if isinstance(coerced, list):
        return ExecutionResult(None, coerced)
    return await answered(engine.run(prepared, coerced, None, {}, rights=WorldRights(world)))


def _difference(world: World, expected: ExecutionResult, found: ExecutionResult, tally: Tally) -> str | None:
    if json.dumps(expected.data) != json.dumps(found.data):
        return f"data\n  {json.dumps(expected.data)}\n  {json.dumps(found.data)}"
    ours, theirs = errors_of(found.errors), errors_of(expected.errors)
    if ours == theirs:
        return None
    ours, our_nulls = standing(found)
    theirs, their_nulls = standing(expected)
    if (world.waiting or world.by_row) and ours == theirs and our_nulls == their_nulls:
        tally.given_up += 1  # below a null, it depends on what came first which errors are told
        return None
    return f"errors\n  {theirs}\n  {ours}"


def standing(result: ExecutionResult) -> tuple[list[str], set[str]]:
    """The errors that are not below a null, and the nulls above the others: each has to have an error."""
    above = [(error, null_above(result.data, error.path or [])) for error in result.errors or ()]
    nulls = {str(null) for _, null in above if null is not None}
    return errors_of([error for error, null in above if null is None]), nulls


def null_above(data: Any, path: Sequence[str | int]) -> list[str | int] | None:
    """The position above this one which is null."""
    for length, key in enumerate(path):
        if data is None:
            return list(path[:length])
        data = data[key]
    return None


async def main(operations: int, seed: int) -> Tally:
    """Compare until so many operations were compared."""
    tally = Tally()
    while tally.operations < operations:
        await compare(seed, tally)
        seed += 1
    return tally


if __name__ == "__main__":
    found = asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
    shown, found.differences = found.differences, [f"{len(found.differences)} differences"]
    for each in shown[:3]:
        sys.stdout.write(each + "\n")
    sys.stdout.write(f"{found}\n")
    sys.exit(bool(shown))

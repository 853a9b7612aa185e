"""One trial: an operation, asked by some callers one after another, of the gateway and of the oracle."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

import orjson
from graphql import DocumentNode, parse

from demo import stories
from gateway.operation.execution import Answer
from tests.asking import Asking
from tests.proof.callers import Callers, principal
from tests.proof.law import Caller
from tests.proof.operations import Operation, Operations
from tests.proof.oracle import Expected, Oracle
from tests.proof.pages import CURSOR, cursor_key
from tests.proof.secrets import Secrets
from tests.proof.world import World

CALLERS: Final = 4
"""How many callers ask each document, one after another: nothing kept of one may serve the next."""

INVALID: Final = "GRAPHQL_VALIDATION_FAILED"


@dataclass(frozen=True)
class Trial:
    """What is asked, and by whom."""

    seed: int
    number: int
    operation: Operation
    callers: Sequence[Caller]


@dataclass(frozen=True)
class Failure:
    """Where the gateway's answer and the oracle's are different."""

    trial: Trial
    caller: Caller
    variables: Mapping[str, Any]
    difference: str


class Invalid(Exception):
    """The operation is none that the gateway would run."""


def trial(world: World, seed: int, number: int) -> Trial:
    """The trial of this number: the same for the same seed."""
    random = Random(f"{seed}:{number}")
    told = [world.by_number[each.registry_number] for each in stories.WORKERS]
    focus = random.choice(told if random.random() < 0.6 else world.rows["worker"])
    operation = Operations(world, random, focus).operation()
    callers = Callers(world, random, focus)
    asking = [callers.caller() for _ in range(CALLERS - 1)]
    return Trial(seed, number, operation, [*asking, callers.again(random.choice(asking))])


class Judge:
    """Asks both and compares. Where the gateway has two executors, one trial in four goes to the second."""

    def __init__(self, compiled: Asking, walking: Asking, oracle: Oracle, world: World) -> None:
        self._gateways = (compiled, compiled, compiled, walking)
        self._oracle = oracle
        self._secrets = Secrets(world)
        self.met: set[tuple[str, str]] = set()

    async def failure(self, trial: Trial) -> Failure | None:
        """The first difference; none where the gateway keeps the law. Raises Invalid."""
        document = parse(trial.operation.text)
        gateway = self._gateways[trial.number % len(self._gateways)]
        variables = dict(trial.operation.variables)
        for caller in trial.callers:
            answer = await gateway.ask(
                trial.operation.text, variables, principal(caller), caller.purpose, caller.mode
            )
            difference = self._difference(document, variables, caller, answer)
            if difference is not None:
                return Failure(trial, caller, variables, difference)
            variables |= next_cursors(trial.operation, answer.data)
        return None

    def _difference(
        self, document: DocumentNode, variables: Mapping[str, Any], caller: Caller, answer: Answer
    ) -> str | None:
        body = orjson.loads(orjson.dumps(answer.body()))
        codes = {error["extensions"]["code"] for error in body.get("errors", ())}
        if INVALID in codes:
            raise Invalid(body["errors"][0]["message"])
        expected = self._oracle.answer(document, variables, caller)
        self.met |= expected.met
        beside = {name: value for name, value in body.items() if name != "data"}
        leaked = self._secrets.leaked(
            orjson.dumps(beside).decode(), str(variables) + str(document.loc and document.loc.source.body)
        )
        if leaked:
            return f"beside the data stands the {leaked} of somebody: {beside}"
        return refusal_difference(expected, body) or next(differences(expected, body), None)


def refusal_difference(expected: Expected, body: Mapping[str, Any]) -> str | None:
    """How the refusals of the whole operation differ."""
    refused = None if "data" in body else frozenset(named(body))
    if refused == expected.refused:
        return None
    if expected.one_of_them and refused and expected.refused and refused <= expected.refused:
        return None
    return f"refused: expected {_listed(expected.refused)}, found {_listed(refused)}: {body.get('errors')}"


def named(body: Mapping[str, Any]) -> Iterator[str]:
    """The coordinates that a refusal names."""
    for error in body["errors"]:
        told = error["extensions"].get("refusals")
        if told is not None:
            yield from (each["coordinate"] for each in told)
        else:
            yield error["message"].partition(" may not be used")[0]


def _listed(refused: frozenset[str] | None) -> Any:
    return None if refused is None else sorted(refused)


def differences(expected: Expected, body: Mapping[str, Any]) -> Iterator[str]:
    """How the answers differ: in data, in errors, in what is told of access."""
    if expected.refused is not None:
        return
    data = orjson.loads(orjson.dumps(expected.data))
    yield from _in_data(data, body["data"], "data")
    errors = {(".".join(map(str, e["path"])), e["extensions"]["code"]) for e in body.get("errors", ())}
    if errors != expected.errors:
        yield f"errors: expected {sorted(expected.errors)}, found {sorted(errors)}"
    access = Counter(
        {(line["coordinate"], line["outcome"]): 0 for line in body.get("extensions", {}).get("access", ())}
    )
    for line in body.get("extensions", {}).get("access", ()):
        access[line["coordinate"], line["outcome"]] += line["rows"]
    if access != expected.access:
        yield f"access: expected {sorted(expected.access.items())}, found {sorted(access.items())}"


def _in_data(expected: Any, found: Any, path: str) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        for name in expected:
            yield from _in_data(expected[name], found[name], f"{path}.{name}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _in_data(one, other, f"{path}.{place}")
    elif isinstance(expected, str) and expected.startswith(CURSOR):
        if not isinstance(found, str) or CURSOR + str(cursor_key(found)) != expected:
            yield f"{path}: expected the {expected}, found {found!r}"
    elif expected != found or type(expected) is not type(found):
        yield f"{path}: expected {expected!r}, found {found!r}"


def next_cursors(operation: Operation, data: Any) -> dict[str, str]:
    """The cursors that an answer gives to the next caller."""
    found = {}
    for name, (root, *_) in operation.cursors:
        page = (data or {}).get(root)
        cursor = page and page.get("pageInfo", {}).get("endCursor")
        if cursor:
            found[name] = cursor
    return found


def alone(trial: Trial, failure: Failure) -> Trial:
    """The same trial with the caller who failed alone, and the variables that he used."""
    return replace(
        trial,
        operation=replace(trial.operation, variables=dict(failure.variables), cursors=()),
        callers=[failure.caller],
    )

"""A pytest plugin for graphql-core's own tests: whatever they execute goes through the engine.

`execute` and `execute_sync` are given other code in place, so that every reference to them follows. What
the engine does not do (`Unsupported`, or an option of graphql-core's executor) goes to the stock code.
Tests that are known to differ are listed in accepted.txt with the reason; the list is exact, both ways.
"""

import signal
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import FunctionType
from typing import Any

import graphql.execution
import pytest
from graphql import (
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    default_field_resolver,
    default_type_resolver,
)

from engine.execution import PLAIN, Engine
from engine.prepare import Unsupported, chosen

SECONDS = 10
MODULE: Any = sys.modules["graphql.execution.execute"]
NAMES = (
    "root_value",
    "context_value",
    "variable_values",
    "operation_name",
    "field_resolver",
    "type_resolver",
)
REST = {
    "execute": (
        "subscribe_field_resolver",
        "max_coercion_errors",
        "enable_early_execution",
        "middleware",
        "executor_class",
        "is_awaitable",
        "is_async_iterable",
    ),
    "execute_sync": ("max_coercion_errors", "middleware", "executor_class", "check_sync"),
}
FOREIGN = ("middleware", "executor_class", "is_awaitable", "is_async_iterable", "abort_signal", "hooks")


def copied(function: Any) -> Any:
    """The function as it is now, whatever its code will be."""
    copy = FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


STOCK = {name: copied(getattr(MODULE, name)) for name in REST}


class Routed:
    """Counts what went where, test by test."""

    def __init__(self) -> None:
        self.test = ""
        self.ways: dict[str, Counter[str]] = {}

    def count(self, way: str) -> None:
        """One execution in the present test."""
        self.ways.setdefault(self.test, Counter())[way] += 1


ROUTED = Routed()


def executed(name: str, schema: Any, document: Any, *values: Any, **options: Any) -> Any:
    """What `execute` or `execute_sync` does instead."""
    found: Any
    options.update(zip((*NAMES, *REST[name]), values, strict=False))
    found = STOCK
    with suppress(Unsupported):
        found = through_engine(schema, document, options)
    if found is STOCK:
        ROUTED.count("stock")
        return STOCK[name](schema, document, **options)
    ROUTED.count("engine")
    if name == "execute_sync" and hasattr(found, "__await__"):
        found.close()
        raise RuntimeError("GraphQL execution failed to complete synchronously.")
    return found


def through_engine(schema: Any, document: Any, options: dict[str, Any]) -> Any:
    """The result of the engine. Raises Unsupported before anything runs."""
    if any(options.get(each) is not None for each in FOREIGN):
        raise Unsupported
    if schema.get_directive("defer") or schema.get_directive("stream"):
        raise Unsupported  # graphql-core's `execute` refuses such a schema
    application = replace(
        PLAIN,
        field_resolver=options.get("field_resolver") or default_field_resolver,
        type_resolver=options.get("type_resolver") or default_type_resolver,
        hide_suggestions=options.get("hide_suggestions", False),
    )
    engine = Engine(schema, application)
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    operation = engine.prepared(chosen(document, options.get("operation_name")), fragments)
    given = options.get("variable_values") or {}
    variables = engine.variables(operation, given, options.get("max_coercion_errors", 50))
    if isinstance(variables, list):
        errors: list[GraphQLError] = variables
        return ExecutionResult(None, errors)
    return engine.run(operation, variables, options.get("root_value"), options.get("context_value"))


def reroute(name: str) -> None:
    """Give the function code that calls ours; it keeps its identity."""
    function = getattr(MODULE, name)
    namespace: dict[str, Any] = {}
    exec(f"def routed(*values, **options): return _engine({name!r}, *values, **options)", namespace)
    function.__code__ = namespace["routed"].__code__
    function.__defaults__ = function.__kwdefaults__ = None


MODULE._engine = executed
for each in REST:
    reroute(each)
assert graphql.execution.execute is MODULE.execute


def accepted() -> dict[str, str]:
    """The reasons of the accepted differences, by test."""
    lines = (Path(__file__).parent / "accepted.txt").read_text().splitlines()
    pairs = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
    return {test.strip(): reason.strip() for test, reason in pairs}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Accepted differences have to differ."""
    reasons = accepted()
    known = {item.nodeid for item in items}
    for item in items:
        if item.nodeid in reasons:
            item.add_marker(pytest.mark.xfail(reason=reasons[item.nodeid], strict=True))
    if missing := [each for each in reasons if each not in known]:
        raise pytest.UsageError(f"accepted, but no such test: {missing}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Executions are counted for this test."""
    ROUTED.test = item.nodeid


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    """A test that blocks ends with an error."""

    def blocked(*_: Any) -> None:
        raise TimeoutError(f"{item.nodeid} blocks")

    signal.signal(signal.SIGALRM, blocked)
    signal.alarm(SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many tests executed something, and where."""
    kinds = Counter("+".join(sorted(ways)) for ways in ROUTED.ways.values())
    terminalreporter.write_line(f"tests that execute: {sum(kinds.values())}, by executor: {dict(kinds)}")

"""How tests put a question to an engine."""

from collections.abc import Awaitable, Mapping
from typing import Any

from graphql import (
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    parse,
    validate,
)

from engine.execution import EVERYONE, Engine
from engine.loading import Loader
from engine.prepare import Prepared, chosen
from engine.rights import Rights

Loaders = Mapping[str, Loader[Any, Any]]


def schema_of(text: str) -> GraphQLSchema:
    """A schema without resolvers."""
    return build_schema(text)


def prepared(engine: Engine, text: str) -> Prepared:
    """The only operation of a valid text."""
    document = parse(text)
    assert validate(engine.schema, document) == []
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    operation: OperationDefinitionNode = chosen(document, None)
    return engine.prepared(operation, fragments)


def started(
    engine: Engine,
    text: str | Prepared,
    root: Any = None,
    context: Any = None,
    *,
    variables: Mapping[str, Any] | None = None,
    rights: Rights = EVERYONE,
    rights_key: Any = None,
) -> ExecutionResult | Awaitable[ExecutionResult]:
    """What the engine gives: a result, or an awaitable of it."""
    operation = prepared(engine, text) if isinstance(text, str) else text
    coerced = engine.variables(operation, variables or {})
    if isinstance(coerced, list):
        return ExecutionResult(None, coerced)
    return engine.run(operation, coerced, root, context, rights=rights, rights_key=rights_key)


async def asked(engine: Engine, text: str | Prepared, *values: Any, **options: Any) -> ExecutionResult:
    """The answer."""
    found = started(engine, text, *values, **options)
    return found if isinstance(found, ExecutionResult) else await found


def at_once(engine: Engine, text: str | Prepared, *values: Any, **options: Any) -> ExecutionResult:
    """The answer of an operation that awaits nothing."""
    found = started(engine, text, *values, **options)
    assert isinstance(found, ExecutionResult)
    return found


def told(result: ExecutionResult) -> list[tuple[str, list[str | int] | None]]:
    """Errors by message and path."""
    return [(error.message, error.path) for error in result.errors or ()]

"""Of which concrete type each value is: as the schema's functions say, or the application's quicker one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from graphql import GraphQLAbstractType, GraphQLError, GraphQLObjectType, get_named_type
from graphql.pyutils import inspect, is_awaitable

from engine.plan import Field, Node
from engine.state import State
from engine.values import Failure

Told = Callable[[list[Any]], None]


def type_names(state: State, field: Field, values: Sequence[Any], then: Told) -> None:
    """Go on with the name of each value's type, or the failure to tell it."""
    application = state.plan.application
    abstract = cast("GraphQLAbstractType", get_named_type(field.type))
    quick = application.type_name(abstract)

    def checked(names: list[Any]) -> None:
        then([_checked(state, field, value, name) for value, name in zip(values, names, strict=True)])

    if quick is not None:
        checked([_told(quick, value) for value in values])
        return
    resolve = abstract.resolve_type or application.type_resolver
    infos = state.infos
    names = [
        _told(resolve, value, infos.at(field, partial(_candidate, state, field, index)), abstract)
        for index, value in enumerate(values)
    ]
    _settled(state, names, checked)


def guarded(state: State, node: Node, field: Field, values: Sequence[Any], then: Told) -> None:
    """Go on with whether each value is of the node's type, or the failure to tell."""
    guard = node.guard
    assert guard is not None  # noqa: S101  (only such nodes come here)
    infos = state.infos
    passed = [
        _told(guard, value, infos.at(field, partial(_unguarded, state, node, field, index)))
        for index, value in enumerate(values)
    ]
    _settled(state, passed, lambda found: then([_passed(each) for each in found]))


def _passed(found: Any) -> Any:
    return found if isinstance(found, Failure) else bool(found)


def _candidate(state: State, field: Field, index: int) -> Any:
    return state.paths.candidates(field)[index]


def _unguarded(state: State, node: Node, field: Field, index: int) -> Any:
    return state.paths.unguarded(node, field)[index]


def _told(function: Callable[..., Any], *values: Any) -> Any:
    try:
        return function(*values)
    except Exception as error:  # noqa: BLE001  (the error of a type's function is its value's field error)
        return Failure(error)


def _settled(state: State, values: list[Any], then: Told) -> None:
    waiting = [index for index, each in enumerate(values) if is_awaitable(each)]
    if not waiting:
        then(values)
        return

    def settled(outcomes: list[Any]) -> None:
        for index, outcome in zip(waiting, outcomes, strict=True):
            values[index] = outcome
        then(values)

    state.turns.later([values[index] for index in waiting], settled)


def _checked(state: State, field: Field, value: Any, name: Any) -> Any:
    """The name, when a value of this field may be of that type; otherwise what graphql-core says."""
    if isinstance(name, Failure) or (type(name) is str and name in field.below):
        return name
    abstract = get_named_type(field.type)
    return Failure(GraphQLError(_fault(state, field, abstract.name, value, name), field.nodes))


def _fault(state: State, field: Field, abstract: str, value: Any, name: Any) -> str:
    at = f"'{field.owner.type}.{field.name}'"
    must = f"Abstract type '{abstract}' must resolve to an Object type at runtime for field {at}"
    if name is None:
        return (
            f"{must}. Either the '{abstract}' type should provide a 'resolve_type' function"
            " or each possible type should provide an 'is_type_of' function."
        )
    if not isinstance(name, str):
        told = f"received '{inspect(name)}', which is not a valid Object type name."
        return f"{must} with value {inspect(value)}, {told}"
    found = state.plan.schema.get_type(name)
    if found is None:
        resolved = f"Abstract type '{abstract}' was resolved to a type '{name}'"
        return f"{resolved} that does not exist inside the schema."
    if not isinstance(found, GraphQLObjectType):
        return f"Abstract type '{abstract}' was resolved to a non-object type '{name}'."
    return f"Runtime Object type '{found}' is not a possible type for '{abstract}'."

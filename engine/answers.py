"""How each kind of field answers a column: one value for each of its rows, failures in their places."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from graphql import default_field_resolver
from graphql.pyutils import is_awaitable

from engine.asks import Asks, Column
from engine.kinds import (
    Absent,
    Attribute,
    Batch,
    Computed,
    Constant,
    Derived,
    Kind,
    Link,
    Lookup,
    Resolver,
    reader,
)
from engine.loading import Loader
from engine.lookups import lookup
from engine.plan import Field
from engine.state import State
from engine.values import LISTS, Failure, awaited, is_row, listed, odd, told, types_of, waits

Places = Sequence[int] | None
"""Which rows of the field's owner are asked; None for all of them."""


def answer(state: State, asks: Asks, field: Field, rows: Sequence[Any], places: Places, then: Column) -> None:
    """Go on with the field's values for these rows, now or when they are there."""
    kind = field.kind
    if not rows:
        then([])
    elif type(kind) is Link:
        _link(state, asks, field, kind, rows, places, then)
    elif type(kind) is Lookup:
        _lookup(state, asks, field, kind, rows, places, then)
    elif type(kind) is Resolver:
        _resolve(state, field, rows, places, then)
    elif type(kind) is Batch:
        _batch(state, field, kind, rows, then)
    else:
        then(_in_place(state, kind, rows))


def _in_place(state: State, kind: Kind, rows: Sequence[Any]) -> list[Any]:
    if isinstance(kind, Constant):
        return [kind.value] * len(rows)
    if isinstance(kind, Computed):
        read = kind.answer
        return _each((lambda row: read(row, state.context)) if kind.context else read, rows)
    if isinstance(kind, Derived):
        column, make = reader(kind.name), kind.answer
        return _each(lambda row: make(column(row), state.context), rows)
    assert isinstance(kind, Attribute)  # noqa: S101  (the others are answered above)
    return _each(reader(kind.name), rows)


def _each(read: Callable[[Any], Any], rows: Sequence[Any]) -> list[Any]:
    try:
        return list(map(read, rows))
    except Exception:  # noqa: BLE001  (read again, one by one: the error belongs to its row)
        return [_one(read, row) for row in rows]


def _one(read: Callable[..., Any], *values: Any, **arguments: Any) -> Any:
    try:
        return read(*values, **arguments)
    except Exception as error:  # noqa: BLE001  (whatever the application's own code raises becomes a field error)
        return Failure(error)


def _arguments(state: State, field: Field) -> Any:
    """The field's arguments, or the failure to make them of what was given."""
    fixed = field.arguments.fixed
    return fixed if fixed is not None else _one(field.arguments.values, state.variables)


# Links


def _link(
    state: State, asks: Asks, field: Field, link: Link, rows: Sequence[Any], places: Places, then: Column
) -> None:
    arguments = field.arguments.fixed
    if arguments is None:
        arguments = _arguments(state, field)
    loader = arguments if isinstance(arguments, Failure) else _one(_loader, state, link, arguments)
    if isinstance(loader, Failure):
        then([loader] * len(rows))
        return
    try:
        keys = list(map(link.read, rows))
    except Exception:  # noqa: BLE001  (read again, one by one: the error belongs to its row)
        keys = _each(link.read, rows)
        faults = {index: key for index, key in enumerate(keys) if type(key) is Failure}
        keys = [None if index in faults else key for index, key in enumerate(keys)]
        then = partial(_with_faults, faults, then)
    if link.then is None and link.absent is None:
        asks.add(loader, keys, then)
    else:
        asks.add(loader, keys, partial(_linked, state, field, link, keys, places, arguments, then))


def _lookup(
    state: State, asks: Asks, field: Field, kind: Lookup, rows: Sequence[Any], places: Places, then: Column
) -> None:
    arguments = _arguments(state, field)
    if isinstance(arguments, Failure):
        then([arguments] * len(rows))
    else:
        lookup(state, asks, field, kind, rows, places, arguments, then)


def _loader(state: State, link: Link, arguments: Mapping[str, Any]) -> Loader[Any, Any]:
    if isinstance(link.loader, str):
        return state.plan.application.loader(state.context, link.loader)
    return link.loader(state.context, arguments)


def _with_faults(faults: Mapping[int, Failure], then: Column, values: list[Any]) -> None:
    """The failures to read a key, in their rows."""
    then([faults.get(index, value) for index, value in enumerate(values)])


def _linked(
    state: State,
    field: Field,
    link: Link,
    keys: list[Any],
    places: Places,
    arguments: Mapping[str, Any],
    then: Column,
    values: list[Any],
) -> None:
    if link.absent is not None:
        for index, value in enumerate(values):
            if value is None and keys[index] is not None:
                link.absent(_absent(state, field, index if places is None else places[index], keys[index]))
    if link.then is not None:
        shape, context = link.then, state.context
        try:
            values = [shape(each, context, arguments) if is_row(each) else each for each in values]
        except Exception:  # noqa: BLE001  (shaped again, one by one: the error belongs to its row)
            values = [_one(shape, each, context, arguments) if is_row(each) else each for each in values]
    then(values)


def _absent(state: State, field: Field, row: int, key: Any) -> Absent:
    return Absent(
        partial(state.paths.listed, field, row), field.owner.type.name, field.name, key, state.context
    )


# Batches


def _batch(state: State, field: Field, batch: Batch, rows: Sequence[Any], then: Column) -> None:
    arguments = _arguments(state, field)
    if isinstance(arguments, Failure):
        then([arguments] * len(rows))
        return
    found = _one(batch.answer, rows, state.context, arguments)
    if is_awaitable(found):
        state.turns.later([found], lambda outcomes: then(_batched(outcomes[0], len(rows))), field)
    else:
        then(_batched(found, len(rows)))


def _batched(outcome: Any, rows: int) -> list[Any]:
    if isinstance(outcome, Failure):
        return [outcome] * rows
    if not isinstance(outcome, list | tuple) or len(outcome) != rows:
        return [Failure(TypeError("a batch should answer with a list as long as its rows"))] * rows
    return list(outcome)


# Resolvers


def _resolve(state: State, field: Field, rows: Sequence[Any], places: Places, then: Column) -> None:
    arguments = _arguments(state, field)
    if isinstance(arguments, Failure):
        then([arguments] * len(rows))
    else:
        _settled(state, field, _resolved(state, field, rows, places, arguments), then)


def _resolved(
    state: State, field: Field, rows: Sequence[Any], places: Places, arguments: Mapping[str, Any]
) -> list[Any]:
    resolve = field.definition.resolve or state.plan.application.field_resolver
    if resolve is default_field_resolver:
        return list(_by_default(state, field, rows, places, arguments))
    infos = state.infos.of(field, places)
    return [_one(resolve, row, info, **arguments) for row, info in zip(rows, infos, strict=True)]


def _by_default(
    state: State, field: Field, rows: Sequence[Any], places: Places, arguments: Mapping[str, Any]
) -> Iterator[Any]:
    """What graphql-core's default resolver gives; an info is only made for those that call something."""
    infos: list[Any] = []
    for index, row in enumerate(rows):
        value = _one(_item, row, field.name)
        if callable(value):
            infos = infos or list(state.infos.of(field, places))
            value = _one(value, infos[index], **arguments)
        yield value


def _item(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


def _settled(state: State, field: Field, values: list[Any], then: Column) -> None:
    """Go on when nothing among the values, or in lists among them, is awaited any more."""
    if not odd(types_of(values)):
        _lists_settled(state, field, values, then)
        return
    waiting = [index for index, each in enumerate(values) if is_awaitable(each)]
    if not waiting:
        _lists_settled(state, field, values, then)
        return

    def settled(outcomes: list[Any]) -> None:
        for index, outcome in zip(waiting, outcomes, strict=True):
            values[index] = outcome
        _lists_settled(state, field, values, then)

    state.turns.later([values[index] for index in waiting], settled, field)


def _lists_settled(state: State, field: Field, values: list[Any], then: Column) -> None:
    depth = field.depth
    if depth == 0:
        then(values)
        return
    strict = field.strict
    if depth > 1 or not types_of(values) <= LISTS:
        values = listed([told(each) for each in values], depth)
    waiting = [index for index, each in enumerate(values) if waits(each, depth)]
    if not waiting:
        then(values)
        return

    def settled(outcomes: list[Any]) -> None:
        for index, outcome in zip(waiting, outcomes, strict=True):
            values[index] = outcome
        then(values)

    state.turns.later([awaited(values[index], strict) for index in waiting], settled, field)

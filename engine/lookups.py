"""Fields whose loaders and keys a function tells row by row: sorted by loader, asked as columns."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from graphql.pyutils import is_awaitable

from engine.asks import Asks, Column
from engine.kinds import Absent, Arguments, Lookup
from engine.plan import Field
from engine.state import State
from engine.values import Failure, failing, odd, types_of

Slot = tuple[list[Any], int]
"""The list, and the place in it, where an answer belongs."""


def lookup(
    state: State,
    asks: Asks,
    field: Field,
    kind: Lookup,
    rows: Sequence[Any],
    places: Sequence[int] | None,
    arguments: Arguments,
    then: Column,
) -> None:
    """Go on with the values when all that was asked for them is known."""
    found = _found(state, kind, rows, arguments)
    finish = partial(_done, state, field, kind, rows, places, then, found)
    if types_of(found) == {kind.ask}:
        questions: Any = found
        loaders = {each.loader for each in questions}
        if len(loaders) == 1:
            _ask(state, asks, loaders.pop(), [each.key for each in questions], finish)
            return
    values, groups = _sorted(kind, list(found))
    strange = odd(types_of(values))
    waiting = [index for index, each in enumerate(values) if is_awaitable(each)] if strange else []
    missing = len(groups) + bool(waiting)

    def done() -> None:
        nonlocal missing
        missing -= 1
        if missing <= 0:
            finish(values)

    for name, (keys, slots) in groups.items():
        _ask(state, asks, name, keys, partial(_place, slots, done))
    if waiting:
        awaitables = [values[index] for index in waiting]
        state.turns.later(awaitables, partial(_place, [(values, index) for index in waiting], done), field)
    if not missing:
        done()


def _done(
    state: State,
    field: Field,
    kind: Lookup,
    rows: Sequence[Any],
    places: Sequence[int] | None,
    then: Column,
    found: list[Any],
    values: list[Any],
) -> None:
    if kind.absent is not None and None in values:
        _told(state, field, kind, found, values, places)
    then(values if kind.then is None else _shaped(state, kind.then, values, rows))


def _found(state: State, kind: Lookup, rows: Sequence[Any], arguments: Arguments) -> list[Any]:
    find, context = kind.find, state.context
    found: list[Any] = []
    for row in rows:
        try:
            found.append(find(row, context, arguments))
        except Exception as error:  # noqa: BLE001  (what cannot be asked is an error of its row)
            found.append(Failure(error))
    return found


def _sorted(kind: Lookup, values: list[Any]) -> tuple[list[Any], dict[str, tuple[list[Any], list[Slot]]]]:
    """The values, and by loader the keys that are asked and where each answer belongs."""
    ask: Any = kind.ask
    groups: dict[str, tuple[list[Any], list[Slot]]] = {}
    for index, value in enumerate(values):
        if type(value) is ask:
            keys, slots = groups.setdefault(value.loader, ([], []))
            keys.append(value.key)
            slots.append((values, index))
        elif type(value) is list:
            items = values[index] = list(value)
            for place, item in enumerate(value):
                if type(item) is ask:
                    keys, slots = groups.setdefault(item.loader, ([], []))
                    keys.append(item.key)
                    slots.append((items, place))
    return values, groups


def _ask(state: State, asks: Asks, name: str, keys: list[Any], then: Column) -> None:
    try:
        loader = state.plan.application.loader(state.context, name)
    except Exception as error:  # noqa: BLE001  (a loader that cannot be made is an error where it is asked)
        then([Failure(error)] * len(keys))
    else:
        asks.add(loader, keys, then)


def _place(slots: list[Slot], done: Callable[[], None], answers: list[Any]) -> None:
    for (values, index), answer in zip(slots, answers, strict=True):
        values[index] = answer
    done()


def _shaped(
    state: State, shape: Callable[[Any, Any, Any], Any], values: list[Any], rows: Sequence[Any]
) -> list[Any]:
    shaped: list[Any] = []
    for value, row in zip(values, rows, strict=True):
        try:
            shaped.append(value if failing(value) else shape(value, row, state.context))
        except Exception as error:  # noqa: BLE001  (the application's own code)
            shaped.append(Failure(error))
    return shaped


def _told(
    state: State,
    field: Field,
    kind: Lookup,
    found: list[Any],
    values: list[Any],
    places: Sequence[int] | None,
) -> None:
    """Tell of each record that is missing."""
    for index, value in enumerate(values):
        asked: Any = found[index]
        if value is None and kind.absent is not None and type(asked) is kind.ask:
            place = partial(state.paths.listed, field, index if places is None else places[index])
            at = (place, field.owner.type.name, field.name)
            question: Any = asked
            kind.absent(Absent(*at, question.key, state.context, question))

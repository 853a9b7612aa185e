"""Fields that rows decide about: decided for a whole column, each standing once; and what is masked."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

from engine.answers import answer
from engine.asks import Asks
from engine.plan import Field, Node
from engine.rights import Decision, Verdict
from engine.state import State
from engine.values import Failure, told

Store = Callable[[Field, list[Any]], None]
"""What goes on with the values of a field."""

Groups = dict[Any, list[int]]
"""Rows by their standing, or by the failure to tell it."""

Rulings = list[tuple[Verdict | Failure, list[int]]]
"""What was decided about a field, or the failure to decide, and for which rows."""


def judge(state: State, asks: Asks, node: Node, rows: Sequence[Any], store: Store) -> None:
    """Answer the fields that these rows decide about, as soon as it is known what decides."""

    def known(answers: list[list[Any]]) -> None:
        groups = _tried(_groups, state, node, rows, answers)
        if isinstance(groups, Failure):
            groups = {groups: list(range(len(rows)))}
        for field in node.judged:
            _ruled(state, asks, field, rows, groups, store)

    questions = _tried(_questions, state, node, rows)
    if isinstance(questions, Failure):
        for field in node.judged:
            store(field, [questions] * len(rows))
    elif questions:
        asks.add_all(questions, known)
    else:
        known([])


def masked(state: State, field: Field, column: list[Any], reasons: list[Any] | None = None) -> list[Any]:
    """The masks of a column's values, its failures in their places."""
    values = [told(each) for each in column]
    whole = [index for index, each in enumerate(values) if not isinstance(each, Failure)]
    why = None if reasons is None else [reasons[index] for index in whole]
    at = (state.context, field.owner.type.name, field.name)
    try:
        masks = state.plan.rights.masked(*at, [values[index] for index in whole], why) if whole else []
        pairs = list(zip(whole, masks, strict=True))
    except Exception as error:  # noqa: BLE001  (a value that could not be masked is not given)
        return [Failure(error)] * len(column)
    for index, mask in pairs:
        values[index] = mask
    return values


def _tried(function: Callable[..., Any], *values: Any) -> Any:
    try:
        return function(*values)
    except Exception as error:  # noqa: BLE001  (what could not be decided is not given: an error at its place)
        return Failure(error)


def _questions(state: State, node: Node, rows: Sequence[Any]) -> list[Any]:
    load, context = state.plan.application.loader, state.context
    asked = state.plan.rights.questions(context, node.type.name, rows)
    return [(load(context, loader), keys) for loader, keys in asked]


def _groups(state: State, node: Node, rows: Sequence[Any], answers: list[list[Any]]) -> Groups:
    """The rows of each standing."""
    plain = [[each.error if type(each) is Failure else each for each in column] for column in answers]
    standings = state.plan.rights.standings(state.context, node.type.name, rows, plain)
    if len(standings) != len(rows):
        raise TypeError("there should be a standing for each row")
    groups: dict[Hashable, list[int]] = {}
    for index, standing in enumerate(standings):
        groups.setdefault(standing, []).append(index)
    return groups


def _verdict(state: State, field: Field, standing: Any) -> Verdict | Failure:
    if isinstance(standing, Failure):
        return standing
    if isinstance(standing, Exception):
        return Failure(standing)
    rights, owner = state.plan.rights, field.owner.type.name
    found: Verdict | Failure = _tried(rights.verdict, state.context, owner, field.name, standing)
    return found


def _ruled(state: State, asks: Asks, field: Field, rows: Sequence[Any], groups: Groups, store: Store) -> None:
    """Answer a field for the rows that have a value or a mask of it."""
    rulings = [(_verdict(state, field, standing), places) for standing, places in groups.items()]
    column = _withheld(state, field, rulings, len(rows))
    if field.watched:
        state.decisions[field.id] = _decisions(rulings, len(rows))
    given = sorted(index for verdict, places in rulings if _gives(verdict) for index in places)
    if len(given) == len(rows):
        answer(
            state,
            asks,
            field,
            rows,
            None,
            lambda found: store(field, _lessened(state, field, rulings, found)),
        )
    elif given:
        chosen = [rows[index] for index in given]
        answer(
            state, asks, field, chosen, given, partial(_merged, state, field, rulings, column, given, store)
        )
    else:
        store(field, column)


def _gives(verdict: Verdict | Failure) -> bool:
    return not isinstance(verdict, Failure) and verdict.decision is not Decision.WITHHELD


def _withheld(state: State, field: Field, rulings: Rulings, rows: int) -> list[Any]:
    """A column of nulls, and of failures where a row could not be decided."""
    column: list[Any] = [None] * rows
    for verdict, places in rulings:
        if isinstance(verdict, Failure):
            for index in places:
                column[index] = verdict
        elif verdict.decision is Decision.WITHHELD:
            owner = field.owner.type.name
            state.plan.rights.withheld(state.context, owner, field.name, len(places), verdict)
    return column


def _decisions(rulings: Rulings, rows: int) -> list[Decision]:
    found = [Decision.WITHHELD] * rows
    for verdict, places in rulings:
        if not isinstance(verdict, Failure):
            for index in places:
                found[index] = verdict.decision
    return found


def _merged(
    state: State,
    field: Field,
    rulings: Rulings,
    column: list[Any],
    given: list[int],
    store: Store,
    found: list[Any],
) -> None:
    """The values in their rows, among those that are not given."""
    for index, value in zip(given, found, strict=True):
        column[index] = value
    store(field, _lessened(state, field, rulings, column))


def _lessened(state: State, field: Field, rulings: Rulings, column: list[Any]) -> list[Any]:
    """The column with masks where that was decided."""
    for verdict, places in rulings:
        if not isinstance(verdict, Failure) and verdict.decision is Decision.MASK:
            reasons = [verdict.reason] * len(places)
            masks = masked(state, field, [column[index] for index in places], reasons)
            for index, mask in zip(places, masks, strict=True):
                column[index] = mask
    return column

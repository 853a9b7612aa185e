"""Bringing the columns of a plan together: each field goes on as soon as its own values are there."""

from collections.abc import Sequence
from functools import partial
from types import NoneType
from typing import Any

from graphql import GraphQLNonNull

from engine.answers import answer
from engine.asks import Asks
from engine.concrete import guarded, type_names
from engine.lost import Lost
from engine.plan import Field, Node
from engine.rights import Decision
from engine.rulings import judge, masked
from engine.state import State
from engine.values import LISTS, Failure, Types, listed, odd, rows_of, told, types_of


class Fetch:
    """One run of a plan's root nodes. What needs no waiting is done at once."""

    __slots__ = ("_asks", "_ready", "_state")

    def __init__(self, state: State) -> None:
        self._state = state
        self._asks = Asks(state.turns)
        self._ready: list[tuple[Node, Sequence[Any]]] = []

    def start(self, root: Node) -> None:
        """Do all that can be done without waiting."""
        self._ready.append((root, [self._state.root]))
        self._drain()

    async def finish(self) -> None:
        """Wait for the rest; give it up when the answer is null as a whole, or nobody wants it any more."""
        state, turns = self._state, self._state.turns
        try:
            while not turns.idle and not state.fatal:
                await turns.turn()
                self._drain()
                if state.lost:
                    turns.give_up(Lost(state).field)
        finally:
            if not turns.over:
                await turns.cancel()

    def _drain(self) -> None:
        ready, asks = self._ready, self._asks
        while ready or asks.new:
            for node, rows in ready:  # grows while it is gone through
                self._enter(node, rows)
            ready.clear()
            if self._state.fatal:
                return
            asks.send()

    def _enter(self, node: Node, rows: Sequence[Any]) -> None:
        state = self._state
        for field in node.withheld:
            state.plan.rights.withheld(state.context, node.type.name, field.name, len(rows))
        if node.watched:
            state.watched.append((node, rows))
        for field in node.fetched:
            if field.decision is Decision.VALUE:
                answer(state, self._asks, field, rows, None, partial(self._store, field))
            else:
                self._decide(field, rows)
        if node.judged:
            judge(state, self._asks, node, rows, self._store)

    def _decide(self, field: Field, rows: Sequence[Any]) -> None:
        state, then = self._state, partial(self._store, field)
        if field.decision is Decision.WITHHELD:
            then([None] * len(rows))
        else:
            answer(state, self._asks, field, rows, None, lambda column: then(masked(state, field, column)))

    def _store(self, field: Field, column: list[Any]) -> None:
        types = types_of(column)
        if field.depth and not (field.depth == 1 and types <= LISTS):
            column = listed(column, field.depth)
            types = types_of(column)
        strange = odd(types)
        usual = NoneType not in types and not strange
        if strange:
            column = self._noted(field, [told(each) for each in column])
            types = types_of(column)
        elif not usual and isinstance(field.type, GraphQLNonNull):
            column = self._noted(field, column)
        self._state.columns[field.id] = column
        if not field.below:
            return
        if usual and not field.depth and not field.abstract:
            self._below(field, field.only, column)
        else:
            self._descend(field, column, types)

    def _noted(self, field: Field, column: list[Any]) -> list[Any]:
        """The column, a nullable field's failures as nulls, once it is noted what they do to the answer."""
        state = self._state
        failing = any(isinstance(each, Failure) for each in column)
        if isinstance(field.type, GraphQLNonNull):
            if failing or any(each is None for each in column):
                state.dirty = True
                state.fatal = state.fatal or field.fatal
                state.lost.append(field)
            return column
        if not failing:
            return column
        state.failed[field] = column
        return [None if isinstance(each, Failure) else each for each in column]

    def _descend(self, field: Field, column: Sequence[Any], types: Types) -> None:
        """Go on with the selection below a field."""
        rows, clean = rows_of(column, field.depth, types)
        self._state.dirty = self._state.dirty or not clean
        if not rows:
            return
        if field.abstract:
            type_names(self._state, field, rows, partial(self._typed, field, rows))
        else:
            self._below(field, field.only, rows)

    def _typed(self, field: Field, values: Sequence[Any], names: list[Any]) -> None:
        state = self._state
        state.types[field.id] = names
        groups: dict[str, list[Any]] = {}
        for value, name in zip(values, names, strict=True):
            if isinstance(name, Failure):
                state.dirty = True
            else:
                groups.setdefault(name, []).append(value)
        for name, rows in groups.items():
            self._below(field, field.below[name], rows)

    def _below(self, field: Field, node: Node, rows: Sequence[Any]) -> None:
        self._state.rows += len(rows)
        if node.guard is not None:
            guarded(self._state, node, field, rows, partial(self._guarded, node, rows))
        elif node.busy:
            self._ready.append((node, rows))

    def _guarded(self, node: Node, rows: Sequence[Any], passed: list[Any]) -> None:
        self._state.guards[node.id] = passed
        if not all(each is True for each in passed):
            self._state.dirty = True
            rows = [row for row, each in zip(rows, passed, strict=True) if each is True]
        if rows:
            self._ready.append((node, rows))

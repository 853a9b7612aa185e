"""The careful way through the columns: GraphQL's complete error semantics. It fetches nothing."""

from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from graphql import (
    GraphQLError,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    Undefined,
    located_error,
)
from graphql.pyutils import Path, inspect, is_iterable

from engine.kinds import Attribute, Computed, Constant, Derived, reader
from engine.plan import Field, Node
from engine.rights import Decision
from engine.state import State
from engine.values import PENDING, Failure


class Walker:
    """One walk, in the order of the fields. Errors below a position that is already null are not told."""

    __slots__ = ("_columns", "_guards", "_muted", "_state", "_types", "errors")

    def __init__(self, state: State) -> None:
        self._state = state
        self._muted = 0
        self._columns: dict[int, Iterator[Any]] = {}
        self._types: dict[int, Iterator[Any]] = {}
        self._guards: dict[int, Iterator[Any]] = {}
        self.errors: list[GraphQLError] = []

    def answer(self, root: Node) -> dict[str, Any]:
        """The answer of a root node. Raises the GraphQLError that makes it null as a whole."""
        return self._object(root, self._state.root, None)

    def _object(self, node: Node, row: Any, path: Path | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        fatal: GraphQLError | None = None
        for field in node.fields:
            try:
                found[field.key] = self._field(field, row, Path(path, field.key, node.type.name))
            except GraphQLError as error:
                # The rest is gone through without a word: the columns below have to stay in step.
                fatal = self._silenced(fatal, error)
        self._bubble(fatal)
        return found

    def _field(self, field: Field, row: Any, path: Path) -> Any:
        if field.name == "__typename":
            return field.owner.type.name
        if field.decision is Decision.WITHHELD and not field.fetched:
            return None
        return self._completed(field, field.type, lambda: self._read(field, row), path)

    def _read(self, field: Field, row: Any) -> Any:
        """The field's value in this row: the next one of its column, or read in place."""
        kind = field.kind
        if field.fetched:
            return self._next(self._columns, field.id, self._column(field))
        if isinstance(kind, Attribute):
            return row[kind.name] if isinstance(kind.name, int) else getattr(row, kind.name)
        if isinstance(kind, Computed):
            return kind.answer(row, self._state.context) if kind.context else kind.answer(row)
        if isinstance(kind, Derived):
            return kind.answer(reader(kind.name)(row), self._state.context)
        assert isinstance(kind, Constant)  # noqa: S101  (the planner has every other kind fetched)
        return kind.value

    def _column(self, field: Field) -> Sequence[Any]:
        return self._state.failed.get(field) or self._state.columns[field.id]

    def _next(self, iterators: dict[int, Iterator[Any]], key: int, values: Sequence[Any]) -> Any:
        iterator = iterators.get(key)
        if iterator is None:
            iterator = iterators[key] = iter(values)
        return next(iterator, PENDING)

    def _completed(self, field: Field, type_: GraphQLOutputType, read: Any, path: Path) -> Any:
        """The value completed; an error is told here, or raised where null may not stand."""
        try:
            value = read()
            if not isinstance(value, Failure | Exception):
                return self._value(field, type_, value, path)
            error = value.error if isinstance(value, Failure) else value
        except Exception as raised:  # noqa: BLE001  (whatever a coercion or a property raises is a field error)
            error = raised
        located = located_error(error, field.nodes, path.as_list())
        if isinstance(type_, GraphQLNonNull):
            raise located
        if not self._muted:
            self.errors.append(located)
        return None

    def _value(self, field: Field, type_: GraphQLOutputType, value: Any, path: Path) -> Any:
        if value is PENDING:
            return None
        if isinstance(type_, GraphQLNonNull):
            found = self._value(field, type_.of_type, value, path)
            if found is None and value is not PENDING:
                at = f"{field.owner.type}.{field.name}"
                raise TypeError(f"Cannot return null for non-nullable field {at}.")
            return found
        if value is None or value is Undefined:
            return None
        if isinstance(type_, GraphQLList):
            return self._list(field, type_.of_type, value, path)
        if field.leaf:
            return self._leaf(type_, value)
        return self._selection(field, value, path)

    def _leaf(self, type_: Any, value: Any) -> Any:
        leaf: GraphQLLeafType = type_
        if type(value) is self._state.plan.application.native.get(leaf.name):
            return value
        found = leaf.coerce_output_value(value)
        if found is None or found is Undefined:
            expected = f"`{inspect(leaf)}.coerce_output_value({inspect(value)})`"
            raise TypeError(f"Expected {expected} to return non-nullable value, returned: {inspect(found)}")
        return found

    def _list(self, field: Field, item_type: GraphQLOutputType, value: Any, path: Path) -> list[Any]:
        if not is_iterable(value):
            at = f"{field.owner.type}.{field.name}"
            raise GraphQLError(f"Expected Iterable, but did not find one for field '{at}'.")
        found: list[Any] = []
        fatal: GraphQLError | None = None
        for index, item in enumerate(value):
            try:
                place = Path(path, index, None)
                found.append(self._completed(field, item_type, lambda item=item: item, place))
            except GraphQLError as error:
                fatal = self._silenced(fatal, error)
        self._bubble(fatal)
        return found

    def _selection(self, field: Field, value: Any, path: Path) -> Any:
        if field.abstract:
            name = self._next(self._types, field.id, self._state.types[field.id])
            if name is PENDING:
                return None
            if isinstance(name, Failure):
                raise name.error
            node = field.below[name]
        else:
            node = field.only
        if node.guard is not None:
            passed = self._next(self._guards, node.id, self._state.guards.get(node.id, ()))
            if passed is PENDING:
                return {}
            if passed is not True:
                _refuse(field, node, value, passed)
        return self._object(node, value, path)

    def _silenced(self, fatal: GraphQLError | None, error: GraphQLError) -> GraphQLError:
        """The first error that makes a position null; after it, nothing below the position is told."""
        if fatal is None:
            self._muted += 1
            return error
        return fatal

    def _bubble(self, fatal: GraphQLError | None) -> None:
        if fatal is not None:
            self._muted -= 1
            raise fatal


def _refuse(field: Field, node: Node, value: Any, passed: Any) -> NoReturn:
    if isinstance(passed, Failure):
        raise passed.error
    raise GraphQLError(f"Expected value of type '{node.type}' but got: {inspect(value)}.", field.nodes)

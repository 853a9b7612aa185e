"""What nobody will see: rows at or below a position that a null has reached from further down."""

from graphql import GraphQLNonNull

from engine.plan import Field
from engine.state import State
from engine.values import Failure

Position = tuple[str | int, ...]


class Lost:
    """The positions that are null already, though other values below them are still awaited."""

    __slots__ = ("_positions", "_state")

    def __init__(self, state: State) -> None:
        self._state = state
        self._positions = {
            _nulled(field, self._owner(field, row))
            for field in state.lost
            for row, value in enumerate(state.columns[field.id])
            if value is None or isinstance(value, Failure)
        }

    def field(self, field: Field) -> bool:
        """Whether every row for which the field is awaited is lost."""
        rows = len(self._state.paths.of(field.owner))
        return all(self._row(self._owner(field, row)) for row in range(rows))

    def _owner(self, field: Field, row: int) -> Position:
        path = self._state.paths.of(field.owner)[row]
        return tuple(path.as_list()) if path else ()

    def _row(self, position: Position) -> bool:
        return any(position[:length] in self._positions for length in range(len(position) + 1))


def _nulled(field: Field, position: Position) -> Position:
    """The outermost position that is null when a field that may not be so is null in this row."""
    parent = field.owner.parent
    while parent is not None:
        for strict in reversed(parent.strict):
            if not strict:
                return position
            position = position[:-1]
        if not isinstance(parent.type, GraphQLNonNull):
            return position
        position = position[:-1]
        parent = parent.owner.parent
    return ()

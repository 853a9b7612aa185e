"""Where in the answer each row of a selection stands; worked out only when somebody asks."""

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import GraphQLList, GraphQLNonNull, GraphQLOutputType
from graphql.pyutils import Path

from engine.plan import Field, Node
from engine.values import is_list, is_row


class Paths:
    """The paths of rows, from the columns above them."""

    __slots__ = ("_columns", "_guards", "_known", "_types")

    def __init__(
        self, columns: list[Sequence[Any]], types: list[Sequence[Any]], guards: dict[int, list[Any]]
    ) -> None:
        self._columns, self._types, self._guards = columns, types, guards
        self._known: dict[int, list[Path | None]] = {}

    def of(self, node: Node) -> list[Path | None]:
        """The path of each row of a selection; None for the root."""
        known = self._known.get(node.id)
        if known is None:
            known = self._known[node.id] = [None] if node.parent is None else self._rows(node, node.parent)
        return known

    def at(self, field: Field, row: int) -> Path:
        """The path of a field in one row."""
        return Path(self.of(field.owner)[row], field.key, field.owner.type.name)

    def listed(self, field: Field, row: int) -> list[str | int]:
        """The same path as GraphQL writes it."""
        return self.at(field, row).as_list()

    def candidates(self, field: Field) -> list[Path]:
        """The path of each value of a field on which a selection is made, of whatever type."""
        owner, name = self.of(field.owner), field.owner.type.name
        return [
            path
            for above, value in zip(owner, self._columns[field.id], strict=True)
            for path in _places(field.type, value, Path(above, field.key, name))
        ]

    def unguarded(self, node: Node, field: Field) -> list[Path]:
        """The path of each value of the node's type, before the type's predicate has been asked."""
        paths = self.candidates(field)
        if not field.abstract:
            return paths
        names = self._types[field.id]
        return [path for path, name in zip(paths, names, strict=True) if name == node.type.name]

    def _rows(self, node: Node, field: Field) -> list[Path | None]:
        paths = self.unguarded(node, field)
        passed = self._guards.get(node.id)
        if passed is None:
            return list(paths)
        return [path for path, each in zip(paths, passed, strict=True) if each is True]


def _places(of: GraphQLOutputType, value: Any, path: Path) -> Iterator[Path]:
    """The paths of the rows in a value of this type."""
    if isinstance(of, GraphQLNonNull):
        of = of.of_type
    if not isinstance(of, GraphQLList):
        if is_row(value):
            yield path
    elif is_list(value):
        for index, item in enumerate(value):
            yield from _places(of.of_type, item, Path(path, index, None))

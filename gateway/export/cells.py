"""Cells out of answers: the columns of a page, each a list with a value for every row."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from gateway.export.column import CURSOR, Column, Edge, Kind, Noun

Cells = list[list[Any]]
"""A list of values for each column. Texts of several are lists; what is absent is None."""

Node = Any


class Table:
    """Makes cells of the edges of one export's pages."""

    def __init__(self, noun: Noun, columns: Sequence[Column], today: dt.date) -> None:
        self.columns = tuple(columns)
        self._noun, self._today = noun, today

    def cells(self, edges: Sequence[Edge]) -> Cells:
        """The columns of these edges; an edge whose record is gone should not be among them."""
        nodes = [edge["node"] for edge in edges]
        parts: dict[str, list[Any]] = {}
        return [self._column(column, edges, nodes, parts) for column in self.columns]

    def _column(
        self, column: Column, edges: Sequence[Edge], nodes: list[Node], parts: dict[str, list[Any]]
    ) -> list[Any]:
        if column.name == CURSOR:
            return [edge[CURSOR] for edge in edges]
        first, *rest = column.keys
        part = self._noun.part(first)
        if part is None:
            values = walked(nodes, column.keys)
            if column.kind is Kind.TEXTS:
                return [distinct(found or ()) for found in values]
        else:
            if first not in parts:
                choose, key, today = part.choose, part.key, self._today
                parts[first] = [choose(node[key] or (), today) for node in nodes]
            if column.kind is Kind.TEXTS:
                return [distinct(walked(found, rest)) for found in parts[first]]
            values = walked(parts[first], rest)
        shape = SHAPES.get(column.kind)
        return values if shape is None else [None if each is None else shape(each) for each in values]


def walked(rows: Sequence[Any], steps: Sequence[str]) -> list[Any]:
    """For each row what stands at the end of these steps; None where one of them leads nowhere."""
    for step in steps:
        rows = [None if row is None else row[step] for row in rows]
    return list(rows)


def distinct(values: Sequence[Any]) -> list[Any]:
    """Each value once, in order, without what is absent."""
    if len(values) == 1:
        return [] if values[0] is None else list(values)
    return [each for each in dict.fromkeys(values) if each is not None]


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _moment(value: Any) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)


SHAPES: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.NUMBER: float,
}
"""What makes a cell of a value, where it is not the value itself."""

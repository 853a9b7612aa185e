"""Rows as CSV (RFC 4180) that opens rightly in a spreadsheet, and is no danger there."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from gateway.export.asked import Asked, Ending, Locale
from gateway.export.cells import Cells
from gateway.export.column import Kind
from gateway.export.formats.format import joined
from gateway.export.told import Told

BOM: Final = "\ufeff".encode()
"""By this a spreadsheet knows that the file is UTF-8."""

DANGEROUS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What a formula can begin with."""

QUOTE: Final = "'"
"""Before a text that begins like a formula: a spreadsheet shows it as the text that it is."""


class CsvWriter:
    """Writes CSV."""

    def __init__(self, asked: Asked) -> None:
        style = asked.style
        semicolons = style.locale is Locale.RU
        self._asked = asked
        self._text = io.StringIO(newline="")
        self._csv = csv.writer(self._text, delimiter=";" if semicolons else ",", lineterminator="\r\n")
        shapes = {**SHAPES, Kind.NUMBER: _with_commas} if semicolons else SHAPES
        self._shapes = [shapes.get(column.kind, list) for column in asked.columns]

    def head(self) -> bytes:
        """The mark of UTF-8 and the names of the columns; neither, where rows are to be added to a file."""
        if not self._asked.style.header:
            return b""
        self._csv.writerow(self._asked.heads)
        return BOM + self._taken()

    def rows(self, cells: Cells) -> bytes:
        """A line a row."""
        shaped = [shape(column) for shape, column in zip(self._shapes, cells, strict=True)]
        self._csv.writerows(zip(*shaped, strict=True))
        return self._taken()

    def tail(self, told: Told) -> bytes:
        """A line with one cell that says what was not given, where there is something to say."""
        end = self._asked.style.end
        if end is Ending.NONE or (end is Ending.AUTO and told.is_plain):
            return b""
        return self._note("; ".join([f"rows: {told.rows}", *told.lines()]))

    def broken(self, told: Told, fault: dict[str, Any]) -> bytes:
        """A line with one cell that says from where to go on."""
        code = fault["extensions"]["code"]
        return self._note(f"BROKEN OFF after {told.rows} rows ({code}); go on with after={told.after or ''}")

    def leave(self) -> None:
        """Nothing is held."""

    def _note(self, text: str) -> bytes:
        self._csv.writerow([f"# {text}"])
        return self._taken()

    def _taken(self) -> bytes:
        found = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return found.encode()


def _harmless(column: Sequence[Any]) -> list[Any]:
    """Texts of which none begins like a formula."""
    return [QUOTE + each if each and each[0] in DANGEROUS else each for each in column]


def _several(column: Sequence[Any]) -> list[Any]:
    return _harmless([joined(each or ()) for each in column])


def _flags(column: Sequence[Any]) -> list[Any]:
    return [None if each is None else "true" if each else "false" for each in column]


def _moments(column: Sequence[Any]) -> list[Any]:
    return [None if each is None else each.isoformat(" ", "seconds")[:19] for each in column]


def _with_commas(column: Sequence[Any]) -> list[Any]:
    return [None if each is None else str(each).replace(".", ",") for each in column]


SHAPES: Final[Mapping[Kind, Callable[[list[Any]], list[Any]]]] = {
    Kind.TEXT: _harmless,
    Kind.TEXTS: _several,
    Kind.FLAG: _flags,
    Kind.MOMENT: _moments,
}
"""What is written of a column's cells, where it is not what Python writes: days in ISO's form, numbers."""

"""Rows as CSV (RFC 4180) that opens rightly in a spreadsheet, and is no danger there."""

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

EMPTY: Final = '""'
"""The only cell of a line, with nothing in it: a line without a character would be none."""


class CsvWriter:
    """Writes CSV: by columns, where the library's writer looks at each character of each cell."""

    def __init__(self, asked: Asked) -> None:
        style = asked.style
        semicolons = style.locale is Locale.RU
        self._asked = asked
        self._between = ";" if semicolons else ","
        self._special = ('"', "\r", "\n", self._between)
        shapes = {**SHAPES, Kind.NUMBER: _with_commas} if semicolons else SHAPES
        self._shapes = [shapes.get(column.kind, _plain) for column in asked.columns]

    def head(self) -> bytes:
        """The mark of UTF-8 and the names of the columns; neither, where rows are to be added to a file."""
        if not self._asked.style.header:
            return b""
        return BOM + self._lines([[each] for each in self._asked.heads])

    def rows(self, cells: Cells) -> bytes:
        """A line a row."""
        return self._lines([shape(column) for shape, column in zip(self._shapes, cells, strict=True)])

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
        return self._lines([[f"# {text}"]])

    def _lines(self, columns: Sequence[Sequence[str]]) -> bytes:
        written = [self._written(column) for column in columns]
        if len(written) == 1:
            written = [[each or EMPTY for each in written[0]]]
        lines = map(self._between.join, zip(*written, strict=True))
        return "".join([f"{line}\r\n" for line in lines]).encode()

    def _written(self, column: Sequence[str]) -> Sequence[str]:
        """The cells, those in quotes that need them."""
        if not self._is_special("".join(column)):
            return column
        quoted = {each: _quoted(each) for each in set(column) if self._is_special(each)}
        return [quoted.get(each, each) for each in column]

    def _is_special(self, text: str) -> bool:
        """Whether something in it would end its cell, were it not in quotes."""
        return any(map(text.__contains__, self._special))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _plain(column: Sequence[Any]) -> list[str]:
    return ["" if each is None else str(each) for each in column]


def _days(column: Sequence[Any]) -> list[str]:
    days = {each: each.isoformat() if each else "" for each in set(column)}  # few, many times
    return [days[each] for each in column]


def _harmless(column: Sequence[Any]) -> Sequence[str]:
    """Texts of which none begins like a formula."""
    odd = {each: QUOTE + each if each else "" for each in set(column) if not each or each[0] in DANGEROUS}
    return [odd.get(each, each) for each in column] if odd else column


def _several(column: Sequence[Any]) -> Sequence[str]:
    return _harmless([joined(each or ()) for each in column])


def _flags(column: Sequence[Any]) -> list[str]:
    return ["" if each is None else "true" if each else "false" for each in column]


def _moments(column: Sequence[Any]) -> list[str]:
    return ["" if each is None else each.isoformat(" ", "seconds")[:19] for each in column]


def _with_commas(column: Sequence[Any]) -> list[str]:
    return ["" if each is None else str(each).replace(".", ",") for each in column]


SHAPES: Final[Mapping[Kind, Callable[[Sequence[Any]], Sequence[str]]]] = {
    Kind.TEXT: _harmless,
    Kind.TEXTS: _several,
    Kind.FLAG: _flags,
    Kind.DAY: _days,
    Kind.MOMENT: _moments,
}
"""What is written of a column's cells, where it is not what Python writes of them, as of numbers."""

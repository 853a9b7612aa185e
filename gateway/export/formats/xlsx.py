"""Rows as a workbook of Office Open XML (ECMA-376), its sheet packed and sent while it is written.

A library's workbook is whole only when its last cell is known: nothing could be sent before (docs/adr/0021).
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gateway.export.asked import Asked
from gateway.export.cells import Cells
from gateway.export.column import Kind
from gateway.export.formats import book
from gateway.export.formats.format import joined
from gateway.export.formats.sink import Sink
from gateway.export.told import Told

MOST_ROWS: Final = 1_048_576
"""Rows that a sheet can have, its head among them; what is more goes on in the next sheet."""

MOST_CHARACTERS: Final = 32_767
"""Characters that a cell can hold."""

MOST_BYTES: Final = 2**31 - 2**24
"""Bytes of a sheet before it is packed: readers of old take no larger ones."""

_LEVEL: Final = 3
_ODD: Final = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_ESCAPED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY: Final = dt.date(1899, 12, 30).toordinal()
_FIRST_MOMENT: Final = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
_A_DAY: Final = dt.timedelta(days=1)


class XlsxWriter:
    """Writes a workbook: the rows, in as many sheets as they need, and a sheet that tells of the export."""

    def __init__(self, asked: Asked, now: dt.datetime, most_rows: int = MOST_ROWS) -> None:
        self._asked, self._now, self._most = asked, now, most_rows
        self._sink = Sink()
        self._zip = ZipFile(self._sink, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._shapes = [SHAPES[column.kind] for column in asked.columns]
        self._sheets: list[str] = []
        self._sheet: Any = None
        self._rows = self._bytes = 0

    def head(self) -> bytes:
        """What the workbook begins with."""
        self._next_sheet()
        return self._sink.taken()

    def rows(self, cells: Cells) -> bytes:
        """The rows of a page, in the sheet that has room for them."""
        rows = self._written(cells)
        while rows:
            if self._rows == self._most or self._bytes > MOST_BYTES:
                self._next_sheet()
            room = self._most - self._rows
            part, rows = rows[:room], rows[room:]
            self._write("".join(part))
            self._rows += len(part)
        return self._sink.taken()

    def tail(self, told: Told) -> bytes:
        """The sheet that tells of the export, and what makes a workbook of the sheets."""
        self._end_sheet()
        about: list[list[Any]] = [
            ["rows", told.rows],
            ["made", self._now],
            *([each] for each in told.lines()),
        ]
        if len(self._sheets) > 1:
            about.append([f"a sheet holds {self._most:,} rows at most: they go on in the next sheet"])
        self._begin("About")
        self._write("".join(_row([_any(each) for each in line]) for line in about))
        self._end_sheet()
        for name, text in book.parts(self._sheets):
            self._zip.writestr(name, text)
        self._zip.close()
        return self._sink.taken()

    def broken(self, told: Told, fault: dict[str, Any]) -> bytes:  # noqa: ARG002
        """Nothing: a workbook without its end does not open."""
        return b""

    def leave(self) -> None:
        """Close the workbook, whatever is missing in it."""
        self._end_sheet()
        self._zip.close()

    def _next_sheet(self) -> None:
        self._end_sheet()
        number = len(self._sheets) + 1
        self._begin(self._asked.noun.name if number == 1 else f"{self._asked.noun.name} {number}")
        self._write(_row([_text(each, book.BOLD) for each in self._asked.heads]))
        self._rows = 1

    def _begin(self, name: str) -> None:
        self._sheets.append(name)
        at = ZipInfo(f"xl/worksheets/sheet{len(self._sheets)}.xml", self._now.timetuple()[:6])
        at.compress_type = ZIP_DEFLATED
        at._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  (public from 3.13 on)
        self._sheet, self._bytes = self._zip.open(at, "w"), 0
        self._write(book.SHEET)

    def _end_sheet(self) -> None:
        if self._sheet is not None:
            self._write(book.SHEET_END)
            self._sheet.close()
            self._sheet = None

    def _write(self, text: str) -> None:
        content = text.encode()
        self._bytes += len(content)
        self._sheet.write(content)

    def _written(self, cells: Cells) -> list[str]:
        shaped = [shape(column) for shape, column in zip(self._shapes, cells, strict=True)]
        return [_row(row) for row in zip(*shaped, strict=True)]


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _text(value: Any, style: int = book.PLAIN) -> str:
    text = str(value)[:MOST_CHARACTERS]
    if _ODD.search(text):
        return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'
    return f'<c t="inlineStr" s="{style}"><is><t>{text}</t></is></c>'


def _escaped(text: str) -> str:
    """The text as XML can hold it; what it cannot hold at all, in the form that workbooks have for that."""
    named = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return named.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _any(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return _moment(value)
    return _number(value) if isinstance(value, int | float) else _text(value)


def _number(value: float) -> str:
    return f"<c><v>{value}</v></c>"


def _day(value: dt.date) -> str:
    return f'<c s="{book.DAY}"><v>{value.toordinal() - _FIRST_DAY}</v></c>'


def _moment(value: dt.datetime) -> str:
    return f'<c s="{book.MOMENT}"><v>{(value - _FIRST_MOMENT) / _A_DAY:.10f}</v></c>'


def _flag(value: Any) -> str:
    return f'<c t="b"><v>{int(value)}</v></c>'


def _each(of: Callable[[Any], str]) -> Callable[[Sequence[Any]], list[str]]:
    """The cells of a column, each value that comes again written once."""

    def cells(column: Sequence[Any]) -> list[str]:
        known = {value: of(value) for value in set(column) if value is not None}
        known[None] = _EMPTY
        return [known[value] for value in column]

    return cells


def _several(column: Sequence[Any]) -> list[str]:
    return _texts([None if not each else joined(each) for each in column])


_EMPTY: Final = "<c/>"
_texts = _each(_text)

SHAPES: Final[Mapping[Kind, Callable[[Sequence[Any]], list[str]]]] = {
    Kind.TEXT: _texts,
    Kind.TEXTS: _several,
    Kind.WHOLE: _each(_number),
    Kind.NUMBER: _each(_number),
    Kind.DAY: _each(_day),
    Kind.MOMENT: _each(_moment),
    Kind.FLAG: _each(_flag),
}
"""What makes the cells of a column."""

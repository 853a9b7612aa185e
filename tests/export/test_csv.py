"""A CSV opens rightly in a spreadsheet, and nothing in it is a formula."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.export.asked import Asked, Ending, FileFormat, Locale, Style, Titles
from gateway.export.column import Column, Kind
from gateway.export.formats.csv import BOM, CsvWriter
from gateway.export.nouns import NOUNS
from gateway.export.told import Told
from tests.export.door import Door

TEXTS = st.text('аb;,"\r\n ', max_size=4).map("а".__add__)
"""Texts that no formula begins, with what a CSV has to quote."""

ONE_OF_EACH = {
    Kind.TEXT: ('Иванов; "Пётр", мл.', 'Иванов; "Пётр", мл.'),
    Kind.TEXTS: (["а", "б"], "а; б"),
    Kind.WHOLE: (-7, "-7"),
    Kind.NUMBER: (0.25, "0.25"),
    Kind.DAY: (dt.date(2026, 11, 22), "2026-11-22"),
    Kind.MOMENT: (dt.datetime(2026, 11, 22, 9, 5, 0, 123, tzinfo=dt.UTC), "2026-11-22 09:05:00"),
    Kind.FLAG: (True, "true"),
}


def wanted(*kinds: Kind, **style: Any) -> Asked:
    """An export of columns of these kinds."""
    columns = tuple(Column(f"c{place}", f"Столбец {place}", "x", kind) for place, kind in enumerate(kinds))
    return Asked(NOUNS["workers"], FileFormat.CSV, columns, {}, style=Style(**style))


def written(asked: Asked, *rows: tuple[Any, ...], told: Told | None = None) -> bytes:
    """The whole file."""
    writer = CsvWriter(asked)
    return (
        writer.head()
        + writer.rows([list(column) for column in zip(*rows, strict=True)])
        + writer.tail(told or Told())
    )


def cells(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_spreadsheet_knows_the_letters_by_the_mark_and_the_rows_by_their_ends() -> None:
    content = written(wanted(Kind.TEXT), ("ё",))
    assert content == BOM + "c0\r\nё\r\n".encode()


def test_every_kind_is_written_so_that_it_is_read_as_what_it_is() -> None:
    values, texts = zip(*ONE_OF_EACH.values(), strict=True)
    assert cells(written(wanted(*ONE_OF_EACH), values))[1] == list(texts)
    assert cells(written(wanted(*ONE_OF_EACH), (None,) * len(values)))[1] == [""] * len(values)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.TEXTS])
def test_no_text_begins_like_a_formula(first: str, kind: Kind) -> None:
    text = f'{first}HYPERLINK("http://evil.example","Иван, Петров")'
    value = [text, "б"] if kind is Kind.TEXTS else text
    [row] = cells(written(wanted(kind, header=False), (value,)))
    assert row[0].startswith("'" + first)
    assert row[0][1:].startswith(text)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6), st.sampled_from(Locale))
def test_cells_are_quoted_as_the_library_quotes_them(rows: list[tuple[str, str]], locale: Locale) -> None:
    expected = io.StringIO(newline="")
    delimiter = ";" if locale is Locale.RU else ","
    csv.writer(expected, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    writer = CsvWriter(wanted(Kind.TEXT, Kind.TEXT, locale=locale))
    assert writer.rows([[row[place] for row in rows] for place in (0, 1)]).decode() == expected.getvalue()


@pytest.mark.parametrize("cell", [None, "", "a", ",", '"'])
def test_a_line_of_one_cell_is_never_without_a_character(cell: str | None) -> None:
    expected = io.StringIO(newline="")
    csv.writer(expected, lineterminator="\r\n").writerow([cell])
    assert CsvWriter(wanted(Kind.TEXT)).rows([[cell]]).decode() == expected.getvalue()


def test_a_harmless_text_is_as_it_is() -> None:
    [row] = cells(written(wanted(Kind.TEXT, Kind.TEXT, header=False), ("a=1", "")))
    assert row == ["a=1", ""]


def test_a_negative_number_is_a_number() -> None:
    [row] = cells(written(wanted(Kind.NUMBER, header=False), (-0.5,)))
    assert row == ["-0.5"]


def test_for_a_spreadsheet_in_russian() -> None:
    asked = wanted(Kind.NUMBER, Kind.TEXT, locale=Locale.RU, titles=Titles.RU)
    assert cells(written(asked, (0.25, "а,б")), ";") == [["Столбец 0", "Столбец 1"], ["0,25", "а,б"]]


def test_rows_can_be_added_to_a_file() -> None:
    assert written(wanted(Kind.TEXT, header=False), ("a",)) == b"a\r\n"


def test_what_was_not_given_is_said_in_a_last_line() -> None:
    told = Told(rows=2)
    told.take(
        {"access": [{"coordinate": "Worker.snils", "outcome": "MASKED", "reason": "ROLE", "rows": 2}]}, ()
    )
    last = cells(written(wanted(Kind.TEXT), ("a",), told=told))[-1]
    assert last == ["# rows: 2; Worker.snils: masked in 2 rows (ROLE)"]
    assert written(wanted(Kind.TEXT, end=Ending.NONE), ("a",), told=told).endswith(b"\r\na\r\n")
    assert b"# rows: 2" in written(wanted(Kind.TEXT, end=Ending.LINE), ("a",), told=Told(rows=2))


async def test_as_it_comes_from_the_gateway(door: Door) -> None:
    before = dt.datetime.now(dt.UTC).date()
    found = await door.get("workers.csv", limit=300, locale="ru", titles="ru")
    assert found.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    days = {before, dt.datetime.now(dt.UTC).date()}
    names = {f'attachment; filename="workers-{each}.csv"' for each in days}
    assert found.headers["content-disposition"] in names
    assert found.headers["cache-control"] == "no-store"
    head, *rows = cells(found.content, ";")
    assert head[:2] == ["Номер записи", "ФИО"]
    assert len(rows) == 300
    assert {len(row) for row in rows} == {len(head)}

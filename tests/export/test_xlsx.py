"""A workbook opens in what reads workbooks, its cells of the types that they are."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from gateway.export.asked import Asked, FileFormat, Style, Titles
from gateway.export.column import Column, Kind
from gateway.export.formats.xlsx import MOST_ROWS, XlsxWriter
from gateway.export.nouns import NOUNS
from gateway.export.told import Told
from tests.export.door import Door

NOW = dt.datetime(2026, 11, 22, 9, 5, 7, tzinfo=dt.UTC)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def written(
    kinds: tuple[Kind, ...], *pages: list[list[Any]], most: int = MOST_ROWS, told: Told | None = None
) -> Any:
    """The workbook of these pages, each a list of columns, put together from the pieces that are sent."""
    columns = tuple(Column(f"c{place}", f"Столбец {place}", "x", kind) for place, kind in enumerate(kinds))
    asked = Asked(NOUNS["workers"], FileFormat.XLSX, columns, {}, style=Style(titles=Titles.RU))
    writer = XlsxWriter(asked, NOW, most)
    pieces = [writer.head(), *map(writer.rows, pages), writer.tail(told or Told())]
    assert pieces[0]
    return opened(b"".join(pieces))


def test_every_kind_is_a_cell_of_its_type() -> None:
    values = {
        Kind.TEXT: "0012",
        Kind.WHOLE: -7,
        Kind.NUMBER: 0.25,
        Kind.DAY: dt.date(2026, 2, 28),
        Kind.MOMENT: NOW,
        Kind.FLAG: False,
        Kind.TEXTS: ["а", "б"],
    }
    book = written(tuple(values), [[value, None] for value in values.values()])
    heads, row, empty = rows(book["workers"])
    assert heads[:2] == ("Столбец 0", "Столбец 1")
    assert row[:3] == ("0012", -7, 0.25)
    assert row[3:] == (dt.datetime.fromisoformat("2026-02-28"), NOW.replace(tzinfo=None), False, "а; б")
    assert set(empty) == {None}
    [cell] = [cell for cell in book["workers"][2] if cell.column == 4]
    assert (cell.is_date, cell.number_format) == (True, r"yyyy\-mm\-dd")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "<b>&\"'", " at both ends ", "a\nb", "tab\there", "😀 ё", "+7 (495) 000", "x" * 40_000],
)
def test_a_text_is_that_text_and_no_formula(text: str) -> None:
    [_, [found]] = rows(written((Kind.TEXT,), [[text]])["workers"])
    assert found == text[:32_767]
    cell = written((Kind.TEXT,), [[text]])["workers"]["A2"]
    assert cell.data_type == "s"


def test_a_sign_that_xml_cannot_hold_is_written_as_workbooks_write_it() -> None:
    [_, [found]] = rows(written((Kind.TEXT,), [["a\x01b\x0bc"]])["workers"])
    assert found in ("a\x01b\x0bc", "a_x0001_b_x000B_c")


def test_a_text_that_looks_like_such_a_sign_stays_itself() -> None:
    # By ECMA-376 `_x005F_` is an underline; openpyxl leaves that to its callers.
    [_, [found]] = rows(written((Kind.TEXT,), [["a_x0041_"]])["workers"])
    assert found == "a_x005F_x0041_"


def test_what_is_more_than_a_sheet_holds_goes_on_in_the_next() -> None:
    pages = [[list(range(start, start + 4))] for start in range(0, 24, 4)]
    book = written((Kind.WHOLE,), *pages, most=11)
    assert book.sheetnames == ["workers", "workers 2", "workers 3", "About"]
    found = [row[0] for name in book.sheetnames[:3] for row in rows(book[name])[1:]]
    assert found == list(range(24))
    assert [len(rows(book[name])) for name in book.sheetnames[:3]] == [11, 11, 5]
    assert "rows at most" in str(rows(book["About"])[-1][0])


def test_the_last_sheet_tells_of_the_export() -> None:
    told = Told(rows=2)
    told.take(
        {"access": [{"coordinate": "Worker.rate", "outcome": "WITHHELD", "reason": "ROLE", "rows": 2}]}, ()
    )
    about = rows(written((Kind.TEXT,), [["a", "b"]], told=told)["About"])
    assert about[0] == ("rows", 2)
    assert about[1] == ("made", NOW.replace(tzinfo=None))
    assert about[2][0] == "Worker.rate: withheld in 2 rows (ROLE)"


async def test_as_it_comes_from_the_gateway(door: Door) -> None:
    found = await door.get("workers.xlsx")
    assert found.headers["content-type"].endswith("spreadsheetml.sheet")
    head, *cells = rows(opened(found.content)["workers"])
    lines = await door.rows("workers")
    assert head == tuple(lines[0])
    assert [row[0] for row in cells] == [line["registryNumber"] for line in lines]
    ends = [row[head.index("credentialUntil")] for row in cells]
    assert [end and end.date().isoformat() for end in ends] == [line["credentialUntil"] for line in lines]

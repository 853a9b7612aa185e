"""What a spreadsheet shows of an export: every cell of an XLSX and of a CSV, by two readers and LibreOffice.

python sheet.py FILE...    prints, for each file and reader, the head and the rows as JSON
"""

import csv
import datetime as dt
import json
import sys
from pathlib import Path

import openpyxl
from python_calamine import load_workbook

Row = list[str]


def text(cell: object) -> str:
    """A cell as it is read out."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    return "" if cell is None else str(cell)


def by_openpyxl(path: Path) -> list[Row]:
    """The first sheet, by the library that most Python scripts use."""
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return [[text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def by_calamine(path: Path) -> list[Row]:
    """The first sheet, by the reader that polars and pandas use."""
    return [
        [text(cell) for cell in row] for row in load_workbook(str(path)).get_sheet_by_index(0).to_python()
    ]


def by_csv(path: Path) -> list[Row]:
    """The rows of a text with a byte order mark, as a spreadsheet splits them."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


if __name__ == "__main__":
    read = {
        f"{Path(name).name} {reader.__name__}": reader(Path(name))
        for name in sys.argv[1:]
        for reader in ((by_csv,) if name.endswith(".csv") else (by_openpyxl, by_calamine))
    }
    print(json.dumps(read, ensure_ascii=False))

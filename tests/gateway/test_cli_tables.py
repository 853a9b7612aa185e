"""How rows are printed: as a table where it fits, else a line for each value; no value is ever cut."""

import io

from rich.console import Console

from gateway.commands.flatten import Row
from gateway.commands.tables import cell, print_rows

ROWS: list[Row] = [
    {"name": "Иванова Анна", "licenses.number": "Л041-01137-77/00000001"},
    {"licenses.number": None},
]


def printed(width: int) -> str:
    file = io.StringIO()
    print_rows(Console(file=file, width=width), "worker", ROWS)
    return file.getvalue()


def test_a_table_where_it_fits() -> None:
    assert "│ Иванова Анна │ Л041-01137-77/00000001 │" in printed(60)
    assert "│              │ –                      │" in printed(60)


def test_a_line_for_each_value_where_it_does_not() -> None:
    assert printed(39).splitlines() == [
        "worker",
        "  name             Иванова Анна",
        "  licenses.number  Л041-01137-77/00000001",
        "",
        "  licenses.number  –",
    ]


def test_values_read_as_graphql_writes_them() -> None:
    assert [cell(value) for value in (None, True, False, 0, "[bold]")] == [
        "–",
        "true",
        "false",
        "0",
        "[bold]",
    ]

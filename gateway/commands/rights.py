"""`svod rights`: the decision table in print, field by field, and what a change of it alters."""

import csv
import io
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from auth.principal import Role
from auth.table import PUBLIC, Change, Decided, changes, decided, rights_table
from gateway.commands.tables import print_rows
from gateway.commands.terminal import output, say_fault

DIFFERENT, UNREADABLE = 1, 2

app = typer.Typer(no_args_is_help=True)


class Format(StrEnum):
    """How the table is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="Text, Markdown, JSON (for `diff`) or CSV.")]


@app.callback()
def rights() -> None:
    """Who sees what: the decision table, field by field, and what a change of it alters."""


@app.command()
def table(form: FormatOption = Format.TEXT) -> None:
    """Print the decision table: a line for each role, a column for each class. JSON holds every field too."""
    if form is Format.JSON:
        _write_json({"table": _rows(), "decisions": [asdict(each) for each in _decided()]})
    else:
        _print("Who sees what", _rows(), form)


@app.command()
def fields(
    role: Annotated[Role | None, typer.Option(help="This role alone; default: every role.")] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Print what each role gets of each field, argument, input field and enum value."""
    rows = [asdict(each) for each in _decided() if role is None or each.role == role]
    if form is Format.JSON:
        _write_json(rows)
    else:
        _print("Fields", rows, form)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="What `svod rights table --format json` printed before.")],
) -> None:
    """Print the decisions that differ from an older table. Exit code: 1 for any, 2 where OLD is no table."""
    try:
        before = [Decided(**each) for each in orjson.loads(old.read_bytes())["decisions"]]
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError) as exc:
        say_fault(f"{old} is not what `svod rights table --format json` prints")
        raise typer.Exit(UNREADABLE) from exc
    found = changes(before, _decided())
    for change in found:
        sys.stdout.write(_told(change) + "\n")
    if found:
        raise typer.Exit(DIFFERENT)


def markdown(rows: list[dict[str, str]]) -> str:
    """Rows as a table of Markdown; the first column has no head."""
    heads = list(rows[0])
    lines = [["", *heads[1:]], ["---"] * len(heads), *([row[head] for head in heads] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _decided() -> list[Decided]:
    """What is decided of each field; the schema's types are imported by whoever asks for them."""
    from gateway.build import built_schema
    from gateway.classes import classed

    return decided(classed(built_schema()))


def _rows() -> list[dict[str, str]]:
    lines = rights_table()
    return [
        {"role": column} | {line.field_class.lower(): line.cells[column] for line in lines}
        for column in lines[0].cells
    ]


def _print(title: str, rows: list[dict[str, str]], form: Format) -> None:
    if form is Format.MARKDOWN:
        sys.stdout.write(markdown(rows))
    elif form is Format.CSV:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.write(text.getvalue())
    else:
        print_rows(output(), title, [dict(row) for row in rows])


def _write_json(found: Any) -> None:
    sys.stdout.write(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n")


def _told(change: Change) -> str:
    """One change in a line: `worker Worker.phone: value (PERSONAL, self) → mask (PERSONAL, self)`."""
    either = change.after or change.before
    if either is None:
        raise LookupError("a change is of one decision or two")
    return f"{either.role} {either.coordinate}: {_side(change.before)} → {_side(change.after)}"


def _side(found: Decided | None) -> str:
    if found is None:
        return "absent"
    where = found.field_class if found.role == PUBLIC else f"{found.field_class}, {found.extent}"
    return f"{found.gives} ({where})"

"""Rows as a person reads them: a table where it fits, a line for each value where it does not."""

from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from gateway.commands.flatten import Row, columns

NOTHING = "–"


def cell(value: object) -> str:
    """One value: what is null, true or false says so as GraphQL does, not as Python."""
    if value is None:
        return NOTHING
    return str(value).lower() if isinstance(value, bool) else str(value)


def print_rows(console: Console, title: str, found: Sequence[Row]) -> None:
    """Print a table; where it would have to cut its cells, each value on a line of its own instead."""
    table = _table(title, found)
    # Measured without a limit, since a measure within the console's width is never over it.
    wanted = Measurement.get(console, console.options.update(max_width=10**6), table).maximum
    if wanted <= console.width:
        console.print(table)
    else:
        console.print(_lines(title, found), soft_wrap=True)


def _table(title: str, found: Sequence[Row]) -> Table:
    heads = columns(found)
    table = Table(*heads, title=Text(title), title_justify="left")
    for row in found:
        table.add_row(*(Text(cell(row[head]) if head in row else "") for head in heads))
    return table


def _lines(title: str, found: Sequence[Row]) -> Text:
    width = max((len(name) for row in found for name in row), default=0)
    parts = [title]
    for row in found:
        parts += [f"  {name:<{width}}  {cell(value)}" for name, value in row.items()] + [""]
    return Text("\n".join(parts).rstrip())

"""Tables of several sizes out of one statement: its rows summed to each of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from projections.analytics.columns import written
from projections.analytics.crowd import Crowd, Table
from projections.analytics.people import RATES
from projections.analytics.question import Dimension, Key, Question
from projections.search.answers import Answers
from projections.search.errors import BadSearch

D = Dimension
Sums = dict[str, int | Decimal]
Districts = Mapping[str, str]
"""The federal district of each region."""
NONE: Final[Districts] = {}


async def tables(
    answers: Answers,
    crowd: Crowd,
    sums: Sequence[str],
    wanted: Mapping[Table, bool],
    districts: Districts = NONE,
) -> dict[Table, dict[Key, Sums]]:
    """Each of these tables, with all sums where it is wanted, or its people alone. Raises SearchError."""
    rows = await answers.rows([crowd.statement(sums, wanted)])
    branches = list(dict.fromkeys(crowd.branch(each) for each in wanted))
    parted: list[list[Any]] = [[] for _ in branches]
    for row in rows:
        parted[row["branch"]].append(row)
    check_size(max(map(len, parted)), crowd.question)
    names = {table: _names(crowd, table, sums if whole else ()) for table, whole in wanted.items()}
    places = {table: branches.index(crowd.branch(table)) for table in wanted}
    return {
        table: _table(parted[places[table]], _keys(crowd, table, districts), names[table]) for table in wanted
    }


def check_size(rows: int, question: Question) -> None:
    """Raises BadSearch where there are too many."""
    if rows > question.most:
        raise BadSearch(
            ("groupBy",), f"more than {question.most:,} rows: narrow it by `where`, or group by less"
        )


def _names(crowd: Crowd, table: Table, sums: Sequence[str]) -> dict[str, str]:
    """Where a row has each sum of this table."""
    names = crowd.names_of(sums, {table: True})
    return {name if name == RATES else name.rpartition("_")[0]: name for name in names}


Part = tuple[Dimension, int, Districts | None]
"""A dimension of a table, where rows have it, and how its values follow where they have a finer one."""


def _keys(crowd: Crowd, table: Table, districts: Districts) -> list[Part]:
    by = crowd.question.by
    return [
        (each, by.index(each) + 1, None) if each in by else (D.REGION, by.index(D.REGION) + 1, districts)
        for each in table
    ]


def _table(rows: Sequence[Any], keys: Sequence[Part], names: Mapping[str, str]) -> dict[Key, Sums]:
    found: dict[Key, Sums] = {} if keys else {(): dict.fromkeys(names, 0)}
    for row in rows:
        key = tuple(_value(row[place], dimension, coarser) for dimension, place, coarser in keys)
        into = found.setdefault(key, dict.fromkeys(names, 0))
        for name, column in names.items():
            into[name] += row[column]
    return found


def _value(value: object, dimension: Dimension, coarser: Districts | None) -> str | None:
    told = written(dimension, value)
    return told if coarser is None else coarser.get(told or "")

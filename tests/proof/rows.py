"""The four registries' tables, read once by plain SQL into memory. Knows no source of the gateway."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import asyncpg

from sources.registry import Registry

Row = Any
"""A row of a table, with a column an attribute."""

ORDER: Final[Mapping[Registry, Mapping[str, str]]] = {
    Registry.WORKERS: {
        "worker": "registry_number",
        "employment": "started_on, id",
        "restriction": "imposed_on, id",
        "absence": "started_on, id",
    },
    Registry.ORGANIZATIONS: {
        "organization": "oid",
        "department": "name, id",
        "staffing_unit": "position_code, id",
    },
    Registry.LICENSES: {
        "license": "number",
        "license_activity": "activity_code, id",
        "license_event": "happened_on, id",
    },
    Registry.QUALIFICATIONS: {
        "education": "issued_on, id",
        "credential": "issued_on, id",
        "category": "assigned_on, id",
        "training": "completed_on, id",
    },
}
"""Every table, in the order in which its rows are shown."""


EXTRA: Final[Mapping[str, str]] = {
    "organization": ", row_number() over (order by short_name, oid) as by_name",
}
"""A second order, where rows are shown in two."""


@dataclass(frozen=True)
class Rows:
    """All rows by table."""

    tables: Mapping[str, list[Row]]

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]

    def one(self, table: str, column: str) -> dict[Any, Row]:
        """The rows of a table by a column that no two share."""
        return {getattr(row, column): row for row in self[table]}

    def many(self, table: str, *columns: str) -> "Groups":
        """The rows of a table by some columns, in the table's order."""
        return grouped(self[table], lambda row: tuple(getattr(row, column) for column in columns))


Groups = dict[tuple[Any, ...], list[Row]]


def grouped(rows: list[Row], key: Callable[[Row], tuple[Any, ...]]) -> Groups:
    """Rows by a key, their order kept."""
    groups: Groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


async def read_rows(urls: Mapping[Registry, str]) -> Rows:
    """Every row of the four registries."""
    tables: dict[str, list[Row]] = {}
    for registry, url in urls.items():
        line = await asyncpg.connect(url)
        try:
            for table, order in ORDER[registry].items():
                found = await line.fetch(f"select *{EXTRA.get(table, '')} from {table} order by {order}")
                tables[table] = [SimpleNamespace(**row) for row in found]
        finally:
            await line.close()
    return Rows(tables)

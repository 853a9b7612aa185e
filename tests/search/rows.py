"""The registries' rows in memory, for the making of searches that find something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from tests.search.database import Line
from tests.search.entities import ENTITIES

Row = Mapping[str, Any]

LINKS: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("worker", "employments"): ("id", "worker_id"),
    ("worker", "credentials"): ("snils", "worker_snils"),
    ("worker", "categories"): ("snils", "worker_snils"),
    ("worker", "educations"): ("snils", "worker_snils"),
    ("worker", "trainings"): ("snils", "worker_snils"),
    ("worker", "restrictions"): ("id", "worker_id"),
    ("worker", "ownLicenses"): ("snils", "worker_snils"),
    ("employment", "organization"): ("organization_oid", "oid"),
    ("employment", "worker"): ("worker_id", "id"),
    ("credential", "worker"): ("worker_snils", "snils"),
    ("license", "organization"): ("owner", "oid"),
    ("license", "worker"): ("worker_snils", "snils"),
    ("organization", "employments"): ("oid", "organization_oid"),
    ("organization", "licenses"): ("oid", "owner"),
}
"""By which columns the rows of a relation are found."""


@dataclass(frozen=True, repr=False)
class Rows:
    """All rows by kind of record, and by the columns that relations go by.

    Nobody prints it, but asyncio does: of a task's result, thrice, when a fixture that holds this is made.
    """

    tables: Mapping[str, Sequence[Row]]
    indexes: Mapping[tuple[str, str], Mapping[Any, Sequence[Row]]]

    def any(self, entity: str, random: Random) -> Row:
        """Some row."""
        return random.choice(self.tables[entity])

    def related(self, entity: str, name: str, row: Row) -> Sequence[Row]:
        """The rows that a relation leads to."""
        if (entity, name) == ("worker", "licenses"):
            return [
                each
                for job in self.related("worker", "employments", row)
                for each in self._at("license", "owner", job["organization_oid"])
            ]
        own, other = LINKS[entity, name]
        return self._at(ENTITIES[entity].relations[name].entity, other, row[own])

    def _at(self, entity: str, column: str, value: Any) -> Sequence[Row]:
        return self.indexes[entity, column].get(value, ())


async def read_rows(line: Line) -> Rows:
    """Everything that the oracle's database holds of what can be asked."""
    tables: dict[str, Sequence[Row]] = {}
    for entity, known in ENTITIES.items():
        tables[entity] = [
            dict(row) for row in await line.fetch(f"select * from {known.table} order by revision")
        ]
    works: dict[Any, list[str]] = {}
    for row in await line.fetch("select license_id, activity_code from license_activity order by revision"):
        works.setdefault(row["license_id"], []).append(row["activity_code"])
    for found in tables["license"]:
        found["activities"] = works.get(found["id"], [])  # type: ignore[index]
    wanted = {
        (ENTITIES[entity].relations[name].entity, other) for (entity, name), (_, other) in LINKS.items()
    }
    indexes: dict[tuple[str, str], dict[Any, list[Row]]] = {}
    for entity, column in sorted(wanted):
        index = indexes.setdefault((entity, column), {})
        for each in tables[entity]:
            if each[column] is not None:
                index.setdefault(each[column], []).append(each)
    return Rows(tables, indexes)

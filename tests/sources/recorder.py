"""Statements as the sources send them to the registries, with their values and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.registry import Registry
from sources.sql.database import Database
from sources.sql.statement import Statement


@dataclass(frozen=True)
class Sent:
    """A statement that was sent."""

    registry: Registry
    statement: Statement
    values: Mapping[str, Any]
    rows: Sequence[Any]

    @property
    def arguments(self) -> list[Any]:
        """The values behind $1, $2, …"""
        return self.statement.arguments(self.values)


class Recorder:
    """Writes down what databases are asked."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def listen(self, database: Database) -> None:
        """Write down what this database is asked from now on."""
        ask = database.rows

        async def rows(statement: Statement, values: Mapping[str, Any]) -> Sequence[Any]:
            found = await ask(statement, values)
            self.sent.append(Sent(database.registry, statement, values, found))
            return found

        # The one way from a source to its registry.
        database.rows = rows  # type: ignore[method-assign]

    def taken(self) -> list[Sent]:
        """What was sent since the last time."""
        sent, self.sent = self.sent, []
        return sent

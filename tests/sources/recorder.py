"""Statements as the sources send them to the registries, with their values and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sources.registry import Registry
from sources.sql.database import Database
from sources.sql.statement import Statement


@dataclass(frozen=True)
class Sent:
    """A statement that was sent, with the values behind $1, $2, …"""

    registry: Registry
    statement: Statement
    arguments: list[Any]
    rows: Sequence[Any]


class Recorder:
    """Writes down what databases are asked."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def listen(self, database: Database) -> None:
        """Write down what this database is asked from now on."""
        ask = database.asked

        async def asked(statement: Statement, arguments: list[Any]) -> Sequence[Any]:
            found = await ask(statement, arguments)
            self.sent.append(Sent(database.registry, statement, arguments, found))
            return found

        # The one way from a source to its registry.
        database.asked = asked  # type: ignore[method-assign]

    def taken(self) -> list[Sent]:
        """What was sent since the last time."""
        sent, self.sent = self.sent, []
        return sent

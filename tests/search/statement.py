"""A filter as a condition in plain SQL: `exists` for what is related, `and`, `or`, `not`, nothing clever."""

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from tests.search.entities import ENTITIES, Relation


def global_key(value: str) -> str:
    """The registry's own key in a global id."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode().partition(":")[2]


PYTHON: Final[Mapping[str, Callable[[Any], Any]]] = {
    "date": dt.date.fromisoformat,
    "numeric": Decimal,
    "uuid": lambda value: UUID(global_key(value)),
    "text": str,
    "integer": int,
    "boolean": bool,
}


@dataclass
class Statement:
    """A statement while it is written: its parameters, and how many aliases it has so far."""

    values: list[Any] = field(default_factory=list)
    aliases: int = 0

    def put(self, value: Any, type_: str) -> str:
        """What stands for a value."""
        base = type_.removesuffix("[]")
        made = PYTHON[base]
        self.values.append([made(each) for each in value] if type_.endswith("[]") else made(value))
        return f"${len(self.values)}::{type_}"

    def where(self, entity: str, row: str, asked: Mapping[str, Any]) -> str:
        """Whether the row of this alias passes the filter. What is null was not asked."""
        given = [(name, value) for name, value in asked.items() if value is not None]
        return " and ".join(f"({self._part(entity, row, name, value)})" for name, value in given) or "true"

    def _part(self, entity: str, row: str, name: str, value: Any) -> str:
        known = ENTITIES[entity]
        if name == "and":
            return " and ".join(f"({self.where(entity, row, each)})" for each in value) or self.of_none("and")
        if name == "or":
            return " or ".join(f"({self.where(entity, row, each)})" for each in value) or self.of_none("or")
        if name == "not":
            return f"not ({self.where(entity, row, value)})"
        if name in known.relations:
            return self._related(known.relations[name], row, value)
        return self.fact(entity, name, value, row)

    def of_none(self, name: str) -> str:
        """What an empty list of conditions says."""
        return "true" if name == "and" else "false"

    def fact(self, entity: str, name: str, value: Any, row: str) -> str:
        """A fact that is null passes no test."""
        return f"coalesce({ENTITIES[entity].facts[name](value, row, self.put)}, false)"

    def _related(self, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
        if relation.one:
            return self.related("some", relation, row, asked)
        given = [(name, value) for name, value in asked.items() if value is not None]
        return " and ".join(self.related(name, relation, row, value) for name, value in given) or "true"

    def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
        """Whether some, none or every one of the related passes; every one of none does."""
        self.aliases += 1
        other = f"{relation.entity[0]}{self.aliases}"
        passes = self.where(relation.entity, other, asked)
        wanted = f"not ({passes})" if quantifier == "every" else f"({passes})"
        table = ENTITIES[relation.entity].table
        found = (
            f"exists (select from {table} {other} where {relation.joined.format(row, other)} and {wanted})"
        )
        return found if quantifier == "some" else f"not {found}"

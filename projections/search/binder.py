"""Values of a statement, each bound under a number: none is ever written into its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from projections.search.condition import Value

Bound = Value | list[Value] | list[str]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NUMBER = re.compile(r"\$(\d+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and the values that it binds, by number. With rows fewer than `enough` not all is said.

    `light`: it costs little whatever its values are, so that no plan is looked at first. `hopeful`: it costs
    what is expected only with luck, as where hits are spread evenly over another table's order.
    """

    sql: str
    values: Sequence[Bound]
    enough: int = 0
    light: bool = False
    hopeful: bool = False


class Binder:
    """Collects the values of one statement. The same value of the same type keeps its number."""

    def __init__(self) -> None:
        self.values: list[Bound] = []
        self._known: dict[tuple[str, str], str] = {}

    def bind(self, value: Bound, sql_type: str) -> str:
        """The placeholder of a value, cast to a type of PostgreSQL."""
        value = _storable(value)
        key = (sql_type, repr(value))
        if key not in self._known:
            self.values.append(value)
            self._known[key] = f"${len(self.values)}::{sql_type}"
        return self._known[key]

    def statement(self, sql: str) -> Statement:
        """A statement with the values that it mentions; what was bound and then left out is dropped."""
        used = sorted({int(number) for number in _NUMBER.findall(sql)})
        numbers = {number: place for place, number in enumerate(used, 1)}
        renumbered = _NUMBER.sub(lambda found: f"${numbers[int(found[1])]}", sql)
        return Statement(renumbered, tuple(self.values[number - 1] for number in used))


def _storable(value: Bound) -> Bound:
    """The value with what no text of a database can hold made into what no registry's text has."""
    if isinstance(value, list):
        return [_UNSTORABLE.sub("\ufffd", each) if isinstance(each, str) else each for each in value]
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value

"""Rows as they are made: by table, in COPY's text format, each with its registry's next revision."""

from collections.abc import Mapping

from demo.tables import TABLES
from sources.registry import Registry

NULL = "\\N"

_REGISTRY_OF = {table: registry for registry, tables in TABLES.items() for table in tables}


class Rows:
    """The rows of one batch. Revisions begin at `first_revision` in every registry and stay below `end`."""

    def __init__(self, first_revision: int, end: int) -> None:
        self._lines: dict[str, list[str]] = {table: [] for table in _REGISTRY_OF}
        self._revisions = dict.fromkeys(Registry, first_revision)
        self._end = end
        self.moment = ""
        """When the rows that come now were last changed."""

    def add(self, table: str, *values: object) -> None:
        """Add a row: its values in the table's order, without the last two, which are the same everywhere."""
        registry = _REGISTRY_OF[table]
        revision = self._revisions[registry]
        self._revisions[registry] = revision + 1
        text = "\t".join([value if value.__class__ is str else _text(value) for value in values])
        self._lines[table].append(f"{text}\t{self.moment}\t{revision}\n")

    def content(self) -> Mapping[str, bytes]:
        """All rows by table."""
        if max(self._revisions.values()) > self._end:
            raise OverflowError("a batch of demo rows needs more revisions than were set aside for it")
        return {table: "".join(lines).encode() for table, lines in self._lines.items()}


def _text(value: object) -> str:
    return NULL if value is None else str(value)

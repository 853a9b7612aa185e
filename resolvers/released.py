"""What one answer has released of persons: which fields, of whose records, as values or as masks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Release(NamedTuple):
    """The records of which one field was given, all as values or all as masks."""

    type_name: str
    field_name: str
    masked: bool
    rows: Sequence[Any]


@dataclass(slots=True)
class Released:
    """Collects what one operation releases. An answer that is null as a whole releases nothing, whatever
    stands here."""

    _rows: dict[tuple[str, str, bool], list[Any]] = field(default_factory=dict)

    def note(self, type_name: str, field_name: str, rows: Sequence[Any], *, masked: bool) -> None:
        """The field was given of these records; a field that is asked twice is noted twice."""
        if rows:
            self._rows.setdefault((type_name, field_name, masked), []).extend(rows)

    def join(self, other: "Released") -> None:
        """What another one has collected is released here too."""
        for each in other:
            self.note(each.type_name, each.field_name, each.rows, masked=each.masked)

    def clear(self) -> None:
        """What stood here has left with a part of the answer."""
        self._rows.clear()

    def __bool__(self) -> bool:
        return bool(self._rows)

    def __iter__(self) -> Iterator[Release]:
        return (Release(*released, rows) for released, rows in self._rows.items())

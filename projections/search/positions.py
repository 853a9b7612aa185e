"""Places in an order: what a cursor holds as text, as values that a statement binds."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from projections.search.condition import Value
from projections.search.errors import BadPosition
from projections.search.keys import Key
from projections.search.reader import Position

Place = tuple[Value | None, ...]

_MOST: Final = 2**63
_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def place(position: Position, keys: Sequence[Key]) -> Place:
    """A cursor's texts as values of these keys. Raises BadPosition when they are not."""
    if len(position) != len(keys):
        raise BadPosition
    return tuple(_value(text, key) for text, key in zip(position, keys, strict=True))


def position(row: Sequence[Value | None]) -> Position:
    """The values of a hit's keys as texts; most are texts already, and an export reads many."""
    return tuple([value if type(value) is str or value is None else _text(value) for value in row])


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _value(text: str | None, key: Key) -> Value | None:
    if text is None:
        if not key.nullable:
            raise BadPosition
        return None
    try:
        return _parsed(text, key.type)
    except (ValueError, KeyError) as exc:
        raise BadPosition from exc


def _parsed(text: str, sql_type: str) -> Value:
    match sql_type:
        case "boolean":
            return _BOOLEANS[text]
        case "date":
            return dt.date.fromisoformat(text)
        case "bigint":
            number = int(text)
            if not -_MOST <= number < _MOST:
                raise ValueError(text)
            return number
        case _:
            text.encode()
            if "\x00" in text:
                raise ValueError(text)
            return text

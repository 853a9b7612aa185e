"""Which entries of the journal: conditions on what their bodies say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from audit.event import moment

SAYS = "(body::jsonb)"
AT = f"({SAYS} ->> 'at') collate \"C\""
RELEASED = f"({SAYS} -> 'released') @> ?::text::jsonb"
REFUSED = f"({SAYS} -> 'refused') @> ?::text::jsonb"
HELD = f"({SAYS} -> 'holdings') @> ?::text::jsonb"


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """All conditions together; None does not filter. `until` is the first moment that is too late."""

    since: datetime | None = None
    until: datetime | None = None
    subject: str | None = None
    actor: str | None = None
    role: str | None = None
    coordinate: str | None = None
    purpose: str | None = None
    request: str | None = None


EVERYTHING = JournalFilter()


def condition(asked: JournalFilter) -> tuple[str, list[Any]]:
    """The same in SQL, and the values of its parameters."""
    parts: list[str] = ["true"]
    values: list[Any] = []
    for text, given in _conditions(asked):
        for value in given:
            values.append(value)
            text = text.replace("?", f"${len(values)}", 1)
        parts.append(text)
    return " and ".join(parts), values


def _conditions(asked: JournalFilter) -> Iterator[tuple[str, Sequence[Any]]]:
    """Each condition with a question mark for each of its values, in the words of the table's indexes."""
    if asked.since is not None:
        yield f"{AT} >= ?::text", [moment(asked.since)]
    if asked.until is not None:
        yield f"{AT} < ?::text", [moment(asked.until)]
    for name in ("actor", "request", "purpose"):
        if (value := getattr(asked, name)) is not None:
            yield f"({SAYS} ->> '{name}') = ?::text", [value]
    if asked.subject is not None:
        yield RELEASED, [_json([{"subjects": [asked.subject]}])]
    if asked.role is not None:
        yield HELD, [_json([{"role": asked.role}])]
    if (at := asked.coordinate) is not None:
        given = [_json([{"value": [at]}]), _json([{"mask": [at]}]), _json([{"coordinate": at}])]
        yield f"({RELEASED} or {RELEASED} or {REFUSED})", given


def _json(value: object) -> str:
    return orjson.dumps(value).decode()

"""One answer as the journal keeps it: who asked, for what purpose, and what of whom was given or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

VERSION: Final = 1
"""Version of the fields of a body; told in each, so that readers know old ones."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A grant of the caller: a role and its extent; None of regions means all."""

    role: str
    organizations: tuple[str, ...] = ()
    regions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asked, as his token says, and from where."""

    subject: str
    holdings: tuple[Holding, ...] = ()
    session: str | None = None
    token: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """What was released alike of several subjects: coordinates given as values, and as masks.

    A subject is a type and the registry's own id (`Worker:…`), never a SNILS.
    """

    subjects: tuple[str, ...]
    values: tuple[str, ...]
    masks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A coordinate that was not given, why, and of how many rows; no rows where the whole was refused."""

    coordinate: str
    reason: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One answer that released or refused something personal."""

    at: datetime
    request: str
    transport: str
    actor: Actor
    purpose: str | None
    operation: str | None
    document: str
    """SHA-256 of the operation's text."""
    released: Sequence[Released] = ()
    refused: Sequence[Refused] = ()

    def body(self) -> str:
        """The canonical text that is hashed and kept: JSON, keys in order, no spaces, moments in UTC."""
        return orjson.dumps(self._fields(), option=orjson.OPT_SORT_KEYS).decode()

    def _fields(self) -> dict[str, Any]:
        actor = self.actor
        return {
            "version": VERSION,
            "at": moment(self.at),
            "request": self.request,
            "transport": self.transport,
            "actor": actor.subject,
            "holdings": [_holding(each) for each in actor.holdings],
            "session": actor.session,
            "token": actor.token,
            "address": actor.address,
            "purpose": self.purpose,
            "operation": self.operation,
            "document": self.document,
            "released": [
                {"subjects": each.subjects, "value": each.values, "mask": each.masks}
                for each in self.released
            ],
            "refused": [
                {"coordinate": each.coordinate, "reason": each.reason, "rows": each.rows}
                for each in self.refused
            ],
        }


def event(body: str) -> Event:
    """The event that a body tells."""
    told = orjson.loads(body)
    holdings = tuple(
        Holding(
            each["role"],
            tuple(each["organizations"]),
            None if each["regions"] is None else tuple(each["regions"]),
        )
        for each in told["holdings"]
    )
    return Event(
        at=datetime.fromisoformat(told["at"]),
        request=told["request"],
        transport=told["transport"],
        actor=Actor(told["actor"], holdings, told["session"], told["token"], told["address"]),
        purpose=told["purpose"],
        operation=told["operation"],
        document=told["document"],
        released=tuple(
            Released(tuple(each["subjects"]), tuple(each["value"]), tuple(each["mask"]))
            for each in told["released"]
        ),
        refused=tuple(Refused(each["coordinate"], each["reason"], each["rows"]) for each in told["refused"]),
    )


def moment(at: datetime) -> str:
    """A moment in UTC, always as long, so that texts are in the order of moments."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _holding(held: Holding) -> dict[str, Any]:
    return {"role": held.role, "organizations": held.organizations, "regions": held.regions}

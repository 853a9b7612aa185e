"""How much one request may ask for. Each is a setting `SVOD_LIMIT_…` and names itself when passed."""

from dataclasses import dataclass, fields
from typing import Any, Self

from gateway.errors import ErrorCode
from gateway.faults import Fault, RequestError
from gateway.settings import Settings

STATUSES = {"body": 413, "head": 431, "body_seconds": 408, "head_seconds": 408, "batch": 413}


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits; their meaning and units stand in gateway/settings.py under the same names."""

    body: int
    body_seconds: float
    head: int
    head_seconds: float
    json_depth: int
    batch: int
    document: int
    tokens: int
    depth: int
    fields: int
    root_fields: int
    aliases: int
    directives: int
    operations: int
    comparisons: int
    cost: int
    list_size: int
    validation_errors: int
    subscriptions: int
    init_seconds: float
    documents: int
    persisted: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The limits that the settings say."""
        return cls(**{each.name: getattr(settings, f"limit_{each.name}") for each in fields(cls)})


class LimitExceeded(RequestError):
    """The request asks for more than one request may."""

    def __init__(self, limit: str, maximum: float, found: float | None, message: str) -> None:
        extensions: dict[str, Any] = {"limit": limit, "maximum": maximum}
        if found is not None:
            extensions["found"] = found
        super().__init__(
            [Fault(ErrorCode.LIMIT_EXCEEDED, message, extensions)], status=STATUSES.get(limit, 400)
        )
        self.limit = limit


# What each limit counts, as the end of the sentence "The request has 500 aliases, …".
WORDS = {
    "body": "bytes in its body",
    "head": "bytes in its head",
    "json_depth": "levels of nested JSON",
    "batch": "operations in its batch",
    "document": "characters in its document",
    "tokens": "tokens in its document",
    "depth": "levels of nested fields",
    "fields": "fields and fragments",
    "root_fields": "root fields",
    "aliases": "aliases",
    "directives": "directives",
    "operations": "operations in its document",
    "comparisons": "comparisons of fields asked at the same place",
    "cost": "points of cost",
    "subscriptions": "operations running on its socket",
}


def within(limits: Limits, limit: str, found: int) -> None:
    """Refuses what is over the limit, with the limit's name, its maximum and what was found."""
    if found > getattr(limits, limit):
        raise over(limits, limit, found)


def over(limits: Limits, limit: str, found: int) -> LimitExceeded:
    """The refusal of so many."""
    maximum = getattr(limits, limit)
    message = f"The request has {shown(found)} {WORDS[limit]}, the limit `{limit}` is {maximum}."
    return LimitExceeded(limit, maximum, found if found < 2**53 else None, message)


def beyond(limits: Limits, limit: str) -> LimitExceeded:
    """The refusal where counting stopped at the limit, so that what was found is not known."""
    maximum = getattr(limits, limit)
    message = f"The request has more {WORDS[limit]} than the limit `{limit}`, which is {maximum}."
    return LimitExceeded(limit, maximum, None, message)


def shown(number: int) -> str:
    """A number short enough to read, for nested fragments can ask for absurd ones."""
    return str(number) if number < 10**12 else f"more than 10^{(number.bit_length() - 1) * 3 // 10}"

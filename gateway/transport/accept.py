"""What a client accepts: the `Accept` header, read once into the media type of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from gateway.errors import ErrorCode
from gateway.faults import refused


class Media(StrEnum):
    """The media types that an answer can have."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"
    EVENTS = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of an `Accept` header."""

    kind: str
    subtype: str
    quality: float
    parameters: Mapping[str, str] = field(default_factory=dict)

    def precision(self, media: Media) -> int:
        """How exactly the entry means this media type; 0 when it does not."""
        kind, _, subtype = media.partition("/")
        if self.kind == kind and self.subtype == subtype:
            return 3
        if self.kind == kind and self.subtype == "*":
            return 2
        return int(self.kind == "*" and self.subtype == "*")


@lru_cache(maxsize=256)
def answer_media(accept: str | None) -> Media:
    """The media type to answer with. Raises RequestError when the client accepts none of ours.

    An event stream is taken only when it is named and preferred to every JSON: a header that merely lists it,
    or `*/*`, gets JSON.
    """
    ranges = ranges_of(accept)
    if not ranges:
        return Media.JSON
    best = Media.GRAPHQL if _named(ranges, Media.GRAPHQL) else Media.JSON
    qualities = {media: _quality(ranges, media) for media in Media}
    if qualities[Media.GRAPHQL] > qualities[Media.JSON]:
        best = Media.GRAPHQL
    elif qualities[Media.JSON] > qualities[Media.GRAPHQL]:
        best = Media.JSON
    if _named(ranges, Media.EVENTS) and qualities[Media.EVENTS] > qualities[best]:
        return Media.EVENTS
    if qualities[best] == 0:
        told = f"The answer can be {', '.join(Media)}; `Accept` excludes them all."
        raise refused(ErrorCode.NOT_ACCEPTABLE, told)
    return best


def _named(ranges: list[Range], media: Media) -> bool:
    return any(each.precision(media) == 3 for each in ranges)


def _quality(ranges: list[Range], media: Media) -> float:
    """The quality of the most precise entry that means this media type."""
    fitting = [(each.precision(media), each.quality) for each in ranges if each.precision(media)]
    return max(fitting, default=(0, 0.0))[1]


def ranges_of(accept: str | None) -> list[Range]:
    """The entries of an `Accept` header."""
    entries = (entry.strip() for entry in (accept or "").split(","))
    return [_range(entry) for entry in entries if entry]


def _range(entry: str) -> Range:
    name, *parameters = (part.strip().lower() for part in entry.split(";"))
    kind, _, subtype = name.partition("/")
    pairs = (parameter.partition("=") for parameter in parameters)
    stated = {key.strip(): value.strip().strip('"') for key, _, value in pairs}
    quality = _number(stated.get("q", "1"))
    readable = stated.get("charset", "utf-8") in ("utf-8", "utf8", "*")
    return Range(kind, subtype, quality if readable else 0.0, stated)


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0

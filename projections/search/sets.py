"""Sets of workers: as the projection keeps them (who is of a region, say), and put together of such."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

NONE: Final = "\x1e"
"""The value of those who have none."""


@dataclass(frozen=True, slots=True)
class Having:
    """The workers that have one of these values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The other workers."""

    part: "Sets"


@dataclass(frozen=True, slots=True)
class Both:
    """The workers of all parts; without parts: everybody."""

    parts: tuple["Sets", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """The workers of any part."""

    parts: tuple["Sets", ...]


Sets = Having | Without | Both | Either

EVERYBODY: Final = Both(())
NOBODY: Final = Either(())


def both(*parts: Sets) -> Sets:
    """Those of all parts, said in short."""
    found = tuple(dict.fromkeys(part for part in parts if part != EVERYBODY))
    if NOBODY in found:
        return NOBODY
    return found[0] if len(found) == 1 else Both(found)


def either(*parts: Sets) -> Sets:
    """Those of any part, said in short."""
    found = tuple(dict.fromkeys(part for part in parts if part != NOBODY))
    if EVERYBODY in found:
        return EVERYBODY
    return found[0] if len(found) == 1 else Either(found)


def without(part: Sets) -> Sets:
    """Those who are not in it, said in short."""
    match part:
        case Both(()):
            return NOBODY
        case Either(()):
            return EVERYBODY
        case Without(inner):
            return inner
        case _:
            return Without(part)


def named(found: Sets) -> Iterator[Having]:
    """Every set that is mentioned."""
    match found:
        case Having():
            yield found
        case Without(part):
            yield from named(part)
        case Both(parts) | Either(parts):
            for each in parts:
                yield from named(each)


FACETS: Final[Mapping[str, str]] = {
    "REGION": "region",
    "STATUS": "status",
    "SEX": "sex",
    "SPECIALTY": "specialty",
    "POSITION": "position",
    "ORGANIZATION_KIND": "kind",
    "ORGANIZATION_REGION": "employer_region",
    "OWNERSHIP": "ownership",
    "CATEGORY": "category",
    "ELIGIBLE": "allowed",
}
"""Facets whose values are sets."""

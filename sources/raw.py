"""Rows of a registry as they are copied from it: which columns, under which names. Knows no SQL."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sources.registry import Registry

Sink = Callable[[bytes], Awaitable[None]]
"""Takes the next bytes of a copy."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table that is copied: its columns in the order of the copy; `key` tells its rows apart."""

    name: str
    registry: Registry
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The revisions after one and up to another; `seed` goes into the hash that stands for a SNILS."""

    after: int
    until: int
    seed: int


class Standing(NamedTuple):
    """Which database a registry is, so that another one is noticed, and its last revision (0: empty)."""

    origin: str
    revision: int


class RawReader(Protocol):
    """A registry from which whole ranges of revisions are copied. Every read may raise SourceError."""

    async def standing(self) -> Standing:
        """Where it stands now."""
        ...

    async def copy(self, table: RawTable, asked: Range, sink: Sink) -> None:
        """Give the rows of these revisions in PostgreSQL's binary COPY format."""
        ...

    async def rows(self, text: str, *values: Any) -> Sequence[Any]:
        """The rows of a statement that compares."""
        ...

    async def close(self) -> None:
        """End its connections."""
        ...

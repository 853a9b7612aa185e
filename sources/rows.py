"""Rows of registries: named tuples that hold the asked columns and no others. Knows no SQL."""

from collections import namedtuple
from functools import lru_cache
from typing import Any, ClassVar, NoReturn, Protocol, TypeVar, cast

Columns = tuple[str, ...]


class Record(Protocol):
    """A row of a registry: a named tuple that knows its noun."""

    noun: ClassVar[str]

    @property
    def _fields(self) -> Columns: ...


R = TypeVar("R", bound=Record)


class UnknownColumn(LookupError):
    """A column was asked that the table does not have."""

    def __init__(self, noun: str, column: str) -> None:
        super().__init__(f"{noun} has no column {column}")


def columns_of(record: type[Record]) -> Columns:
    """Every column of a record, in the order of its table."""
    return cast("Columns", record._fields)


def shape(record: type[R], columns: Columns) -> type[R]:
    """A record with only these columns, in the order of its table; the same set gives the same type.

    A column that was not asked is no attribute of it: reading one raises an AttributeError that names it.
    """
    fields = columns_of(record)
    for column in columns:
        if column not in fields:
            raise UnknownColumn(record.noun, column)
    return cast("type[R]", _shape(record, tuple(field for field in fields if field in columns)))


@lru_cache(maxsize=4096)
def _shape(record: type[Record], kept: Columns) -> type[tuple[Any, ...]]:
    # A tuple of its own, no subclass of the record's: that would answer for columns which were not read.
    base = namedtuple(record.__name__, kept)  # type: ignore[misc]
    body = {"__slots__": (), "__getattr__": _not_read, "noun": record.noun, "__module__": record.__module__}
    return type(record.__name__, (base,), body)


def _not_read(row: tuple[Any, ...], column: str) -> NoReturn:
    message = f"{type(row).__name__} was read without its column {column}"
    raise AttributeError(message)

"""A statement's text and its parameters in order: written with SQLAlchemy Core, compiled for asyncpg."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import CHAR, Column, ColumnElement, Date, Select, String, Uuid, bindparam, cast
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.types import UserDefinedType


class Planning(StrEnum):
    """When PostgreSQL chooses the way of a statement: the setting `plan_cache_mode` of its session."""

    ONCE = "force_generic_plan"
    """Once for all values. Keys are all alike; to plan anew for each costs more than to find the rows."""
    ANEW = "force_custom_plan"
    """For each values: a rare name is found by its index, a common one on the way through the key's."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is sent to a registry, which value stands behind $1, $2, …, and when its way is chosen."""

    text: str
    parameters: tuple[str, ...]
    planning: Planning = Planning.ONCE

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the order of their parameters."""
        return list(map(values.__getitem__, self.parameters))


class Plain(UserDefinedType[Any]):
    """A PostgreSQL type by its bare name."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:
        """The name as it stands in a cast."""
        return self.name


def compiled(select: Select[Any] | CompoundSelect[Any], planning: Planning = Planning.ONCE) -> Statement:
    """The statement that asyncpg runs."""
    # Mypy does not know the dialect's constructor.
    made = select.compile(dialect=dialect())  # type: ignore[no-untyped-call]
    return Statement(str(made), tuple(made.positiontup or ()), planning)


def value(name: str, sql_type: str) -> ColumnElement[Any]:
    """A parameter of that type."""
    return cast(bindparam(name), Plain(sql_type))


def value_of(column: Column[Any], name: str) -> ColumnElement[Any]:
    """A parameter that is compared with the column."""
    return value(name, _bare(column))


def values_of(column: Column[Any], name: str) -> ColumnElement[Any]:
    """An array parameter whose elements are compared with the column."""
    return value(name, f"{_bare(column)}[]")


def _bare(column: Column[Any]) -> str:
    # Without a length: a cast to varchar(n) would cut keys short. And char is bpchar: text would cast the
    # column instead of the parameter, and with it scan the table.
    kind = column.type
    if isinstance(kind, CHAR):
        return "bpchar"
    if isinstance(kind, String):
        return "text"
    if isinstance(kind, Uuid):
        return "uuid"
    if isinstance(kind, Date):
        return "date"
    message = f"no key or filter has the type of {column}"
    raise TypeError(message)

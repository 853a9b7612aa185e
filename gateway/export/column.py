"""The columns of an export: what each holds, and where in a GraphQL answer it stands. Asks nothing."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

CURSOR: Final = "cursor"
"""The column with each row's place in the order, which every export of records has."""


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    TEXTS = "texts"
    """Several texts."""
    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    """UTC."""
    FLAG = "yes or no"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name. `path`: the fields that lead to its value, or first a part of the record."""

    name: str
    title: str
    """Its name for people, in Russian."""
    path: str
    kind: Kind = Kind.TEXT
    usual: bool = False
    """Whether it is there unless columns are named."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The fields that lead to the value, one inside the other, with their arguments."""
        return tuple(self.path.split("."))

    @property
    def keys(self) -> tuple[str, ...]:
        """The same fields by the names that they have in an answer."""
        return tuple(step.partition("(")[0] for step in self.steps)


Choose = Callable[[Sequence[Mapping[str, Any]], dt.date], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Of the records in a list those that a row shows: one of them, or several."""

    name: str
    field: str
    """The list, with its arguments."""
    needs: tuple[str, ...]
    """What the choice is made by; a step of several words selects below them."""
    choose: Choose
    """The one record, None or a list of them, of all records and the day."""
    made: bool = False
    """Whether what is chosen is made of what it needs, so that a column selects nothing more."""

    @property
    def key(self) -> str:
        """Under which name the list stands in the answer."""
        return self.field.partition("(")[0]


Edge = Mapping[str, Any]
"""A row as an answer has it: `node`, and where it was asked for `cursor`."""


@dataclass(frozen=True, slots=True)
class Whole:
    """How a root is asked that gives all its rows at once, without pages."""

    selection: str
    rows: Callable[[Mapping[str, Any]], list[Edge]]
    """The rows of the root's answer."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What can be exported: a root of the schema whose connection gives the rows."""

    name: str
    """The root's name, which is the file's too."""
    type: str
    """The type of its records."""
    arguments: Mapping[str, str]
    """What the root takes beside its page, each with its type in the schema."""
    columns: tuple[Column, ...]
    parts: tuple[Part, ...] = ()
    whole: Whole | None = None
    """None: it is a connection, with pages."""
    of: "Callable[[Mapping[str, Any]], Noun] | None" = None
    """The same for these arguments, where its columns depend on them. Raises RequestError."""

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((each for each in self.columns if each.name == name), None)

    def part(self, name: str) -> Part | None:
        """The part of that name."""
        return next((each for each in self.parts if each.name == name), None)

    @property
    def usual(self) -> tuple[Column, ...]:
        """The columns that an export has unless others are named."""
        return tuple(each for each in self.columns if each.usual)


OF_RECORDS: Final = (Column(CURSOR, "Курсор", CURSOR), Column("id", "Глобальный идентификатор", "id"))
"""The columns that rows of records have, whatever they are of."""


def searched(order: str, where: str) -> Mapping[str, str]:
    """The arguments of a root that searches."""
    return {"query": "String", "where": where, "orderBy": f"[{order}!]"}

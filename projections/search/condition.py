"""What is searched for, as plain data: conditions over facts and relations, orders, a text. Knows no SQL."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from auth.rights import FieldClass
from auth.sight import Sight

Path = tuple[str | int, ...]
"""Where in the arguments a condition stands, by GraphQL's names; for messages alone."""

Value = str | int | bool | Decimal | UUID | dt.date
"""What a fact is compared with; an enum's member counts as its text."""


class Root(StrEnum):
    """What a search finds."""

    WORKER = "WORKER"
    ORGANIZATION = "ORGANIZATION"
    LICENSE = "LICENSE"
    CREDENTIAL = "CREDENTIAL"


class Quantifier(StrEnum):
    """How many of the related records pass: at least one, none, all (which holds where there are none)."""

    SOME = "SOME"
    NONE = "NONE"
    EVERY = "EVERY"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact is one of these; none of them: it never passes."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The fact lies between two bounds, both included; None: no bound on that side."""

    low: Value | None = None
    high: Value | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """The fact is this."""

    value: Value


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no such fact."""


Test = OneOf | Within | Is | Absent
"""A fact that is not there passes `Absent` alone."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts: true."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; without parts: false."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class NotOf:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the record passes a test. `field_class`: who may ask for it."""

    name: str
    test: Test
    field_class: FieldClass = FieldClass.PUBLIC
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Some, none or all of the related records pass a condition."""

    name: str
    quantifier: Quantifier
    where: "Condition"
    field_class: FieldClass = FieldClass.PUBLIC
    path: Path = ()


Condition = AllOf | AnyOf | NotOf | Fact | Related
"""Two-valued: what is absent does not pass, and its `not` does."""


@dataclass(frozen=True, slots=True)
class Order:
    """One key of the order. Nulls stand last unless asked, whatever the direction."""

    by: str
    descending: bool = False
    nulls_first: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A whole search: `day` is the caller's today; `sights` say whom he sees each class of facts of.

    A class without a sight among them is seen of nobody; PUBLIC needs none.
    """

    root: Root
    where: Condition
    day: dt.date
    orders: tuple[Order, ...] = ()
    text: str | None = None
    sights: tuple[tuple[FieldClass, Sight], ...] = ()

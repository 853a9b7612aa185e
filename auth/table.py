"""The decision table in print: role by class, role by field, and what one print has that another has not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auth.rights import NONE, TABLE, VALUE, Cell, FieldClass

PUBLIC = "public"
"""The column of a caller without a token."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the printed table: a class, and what each column's caller gets of it."""

    field_class: FieldClass
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Classed:
    """A field, argument, input field or enum value with its class, and whether its value can be masked."""

    coordinate: str
    field_class: FieldClass
    maskable: bool = True
    is_output: bool = True
    """Whether it is seen, rather than asked by."""

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it, or ask by it."""
        return self.field_class is FieldClass.PUBLIC


@dataclass(frozen=True, slots=True, order=True)
class Decided:
    """What the table gives one role of one coordinate, in words."""

    role: str
    coordinate: str
    field_class: str
    extent: str
    gives: str


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that differs between two prints; None: one of them does not have it."""

    before: Decided | None
    after: Decided | None


def rights_table() -> list[Line]:
    """The whole table as text, a line for each class, a column for `public` and each role with its extent."""
    return [
        Line(
            field_class,
            {PUBLIC: str(_public(field_class))}
            | {f"{role}: {rights.extent}": str(rights.cell(field_class)) for role, rights in TABLE.items()},
        )
        for field_class in FieldClass
    ]


def decided(classed: Sequence[Classed]) -> list[Decided]:
    """What each role, the public first, gets of each of these."""
    return [
        Decided(role, each.coordinate, each.field_class.value, extent, _words(cell, each.maskable))
        for each in classed
        for role, extent, cell in _cells(each.field_class)
    ]


def changes(before: Sequence[Decided], after: Sequence[Decided]) -> list[Change]:
    """The decisions of two prints that are not the same, in order of role and coordinate."""
    old = {(each.role, each.coordinate): each for each in before}
    new = {(each.role, each.coordinate): each for each in after}
    return [
        Change(old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _cells(field_class: FieldClass) -> Iterator[tuple[str, str, Cell]]:
    yield PUBLIC, "", _public(field_class)
    for role, rights in TABLE.items():
        yield role.value, rights.extent.value, rights.cell(field_class)


def _public(field_class: FieldClass) -> Cell:
    return VALUE if field_class is FieldClass.PUBLIC else NONE


def _words(cell: Cell, maskable: bool) -> str:
    return str(cell if maskable else cell.unmasked)

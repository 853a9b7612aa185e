"""The classes that the schema declares: for the gate, and for whoever reads or prints them."""

from typing import Final

from auth.gate import Gate
from auth.rights import FieldClass
from auth.table import Classed
from auth.walk import ArgumentCoordinate, Coordinate
from gateway.build import Built

FEDERATION_FIELDS: Final = (("Query", "_service"), ("Query", "_entities"), ("_Service", "sdl"))
FEDERATION_ARGUMENTS: Final = (("Query", "_entities", "representations"),)

REMEMBERED: Final = 100
"""Operations that the gate itself remembers; contexts keep its decisions with each operation."""


def gate_of(built: Built) -> Gate:
    """The gate over this schema. It refuses to be made where something has no class."""
    masks = {at: declared.mask for at, declared in built.declarations.items() if declared.mask}
    return Gate(
        built.graphql, classes_of(built), arguments_of(built), masks, REMEMBERED, compared=built.compared
    )


def classes_of(built: Built) -> dict[Coordinate, FieldClass]:
    """The class of each field, input field and enum value."""
    classes = {coordinate: declared.field_class for coordinate, declared in built.declarations.items()}
    return classes | dict.fromkeys(FEDERATION_FIELDS, FieldClass.PUBLIC) | dict(built.inputs)


def arguments_of(built: Built) -> dict[ArgumentCoordinate, FieldClass]:
    """The class of each argument."""
    declared = {
        (*coordinate, name): field_class
        for coordinate, declared in built.declarations.items()
        for name, field_class in declared.arguments.items()
    }
    return declared | dict.fromkeys(FEDERATION_ARGUMENTS, FieldClass.PUBLIC)


def classed(built: Built) -> list[Classed]:
    """Everything that has a class, by its coordinate."""
    return sorted(gate_of(built).classed_all(), key=lambda each: each.coordinate)

"""The SDL says the class of all that can be asked and asked by, each as the gate has it."""

from collections.abc import Iterator

import pytest
from graphql import (
    ConstDirectiveNode,
    EnumTypeDefinitionNode,
    EnumValueNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    Node,
    ObjectTypeDefinitionNode,
    parse,
)

from auth.classes import arguments_of, check_classes
from auth.rights import FieldClass
from auth.walk import written
from gateway.build import built_schema
from gateway.classes import FEDERATION_ARGUMENTS, FEDERATION_FIELDS, classes_of
from gateway.classes import arguments_of as declared_arguments
from schema.fields import class_of
from schema.worker import Worker

BUILT = built_schema()
SDL = parse(BUILT.strawberry.as_str())


def printed(node: Node) -> FieldClass | None:
    """The class that the directive on this says."""
    directives: tuple[ConstDirectiveNode, ...] = getattr(node, "directives", None) or ()
    values = [
        argument.value
        for each in directives
        if each.name.value == "access"
        for argument in each.arguments or ()
    ]
    return FieldClass(values[0].value) if values and isinstance(values[0], EnumValueNode) else None


def parts() -> Iterator[tuple[str, FieldClass | None]]:
    """Each coordinate of the SDL that has a class, with what is printed."""
    for node in SDL.definitions:
        if isinstance(node, ObjectTypeDefinitionNode | InputObjectTypeDefinitionNode):
            for field in node.fields or ():
                at = f"{node.name.value}.{field.name.value}"
                yield at, printed(field)
                if isinstance(field, FieldDefinitionNode):
                    for argument in field.arguments or ():
                        yield f"{at}({argument.name.value}:)", printed(argument)
        elif isinstance(node, EnumTypeDefinitionNode):
            for value in node.values or ():
                yield f"{node.name.value}.{value.name.value}", printed(value) or printed(node)


def expected() -> Iterator[tuple[str, FieldClass]]:
    """The same as the gate has it, without federation's own."""
    for at, found in classes_of(BUILT).items():
        if at not in FEDERATION_FIELDS:
            yield ".".join(at), found
    for argument, found in declared_arguments(BUILT).items():
        if argument not in FEDERATION_ARGUMENTS:
            yield written(argument), found


def test_the_sdl_says_each_class_as_the_gate_has_it() -> None:
    assert {at: found for at, found in parts() if found is not None} == dict(expected())


def test_everything_of_this_schema_has_a_class() -> None:
    check_classes(BUILT.graphql, classes_of(BUILT), declared_arguments(BUILT))
    assert set(declared_arguments(BUILT)) == set(arguments_of(BUILT.graphql))


@pytest.mark.parametrize(
    ("name", "field_class"),
    [("snils", FieldClass.PERSONAL), ("last_name", FieldClass.PUBLIC), ("birth_year", FieldClass.INTERNAL)],
)
def test_what_asks_inherits_the_class_of_what_it_asks_by(name: str, field_class: FieldClass) -> None:
    assert class_of(Worker, name) is field_class


def test_interfaces_print_what_their_types_do() -> None:
    nodes = [node for node in SDL.definitions if isinstance(node, InterfaceTypeDefinitionNode)]
    assert nodes
    assert all(printed(field) is FieldClass.PUBLIC for node in nodes for field in node.fields or ())

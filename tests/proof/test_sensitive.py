"""The schema gives each field the class that was written down by hand, apart from it."""

from collections.abc import Iterator
from typing import Any

from graphql import DirectiveNode, InputObjectTypeDefinitionNode, ObjectTypeDefinitionNode, parse

from gateway.build import built_schema
from tests.proof.oracle import SDL
from tests.proof.sensitive import ARGUMENTS, FINDINGS, INPUTS, JOURNAL, MASKED, OPEN, SENSITIVE

DEFINITIONS = parse(SDL.read_text("utf-8")).definitions
TYPES = [each for each in DEFINITIONS if isinstance(each, ObjectTypeDefinitionNode)]
FEDERATIONS = {("Query", "_entities"), ("Query", "_service"), ("_Service", "sdl")}


def class_of(node: Any) -> str | None:
    """The class that @access gives, None where it is missing."""
    for directive in node.directives or ():
        assert isinstance(directive, DirectiveNode)
        if directive.name.value == "access":
            return str(directive.arguments[0].value.value)  # type: ignore[union-attr,index]
    return None


def fields() -> Iterator[tuple[tuple[str, str], Any]]:
    """Every field of every type."""
    for type_ in TYPES:
        for node in type_.fields or ():
            yield (type_.name.value, node.name.value), node


def test_each_field_has_the_class_that_was_written_by_hand() -> None:
    printed = {at: class_of(node) for at, node in fields() if at not in FEDERATIONS}
    journal = {(owner, name): given for owner, (given, names) in JOURNAL.items() for name in names.split()}
    written = {**SENSITIVE, **FINDINGS, **journal}
    assert printed == {at: written.get(at, "PUBLIC") for at in printed}
    assert written.keys() <= printed.keys()


def test_each_argument_that_is_not_for_everyone_was_written_by_hand() -> None:
    printed = {
        (*at, argument.name.value): found
        for at, node in fields()
        for argument in node.arguments or ()
        if (found := class_of(argument)) not in (None, "PUBLIC")
    }
    assert printed == ARGUMENTS


def test_each_input_field_that_is_not_for_everyone_was_written_by_hand() -> None:
    printed = {
        (type_.name.value, node.name.value): found
        for type_ in DEFINITIONS
        if isinstance(type_, InputObjectTypeDefinitionNode)
        for node in type_.fields or ()
        if (found := class_of(node)) not in ("PUBLIC", "JOURNAL")
    }
    assert printed == INPUTS


def test_a_field_about_people_is_public_only_where_it_was_thought_of() -> None:
    listed = {type_name: set(names.split()) for type_name, names in OPEN.items()}
    printed = {
        type_name: {
            name
            for (owner, name), _ in fields()
            if owner == type_name and (owner, name) not in {**SENSITIVE, **FINDINGS}
        }
        for type_name in OPEN
    }
    assert printed == listed


def test_the_same_values_are_masked() -> None:
    declared = {at: each.mask.lower() for at, each in built_schema().declarations.items() if each.mask}
    assert declared == MASKED

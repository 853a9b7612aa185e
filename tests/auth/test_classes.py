"""Default deny: a gate is made only for a schema where all that can be asked, or asked by, has a class."""

import pytest

from auth.gate import Gate
from auth.refusals import Unclassified
from auth.rights import FieldClass
from auth.walk import written
from tests.auth.gate_schema import ARGUMENTS, CLASSES, KINDS, SCHEMA


@pytest.mark.parametrize("coordinate", CLASSES)
def test_a_field_input_field_or_enum_value_without_a_class_stops_the_gate(
    coordinate: tuple[str, str],
) -> None:
    rest = {key: found for key, found in CLASSES.items() if key != coordinate}
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, rest, ARGUMENTS, KINDS)
    assert refused.value.coordinates == (".".join(coordinate),)


@pytest.mark.parametrize("coordinate", ARGUMENTS)
def test_an_argument_without_a_class_stops_the_gate(coordinate: tuple[str, str, str]) -> None:
    rest = {key: found for key, found in ARGUMENTS.items() if key != coordinate}
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, CLASSES, rest, KINDS)
    assert refused.value.coordinates == (written(coordinate),)


def test_everything_without_a_class_is_named() -> None:
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, {})
    assert len(refused.value.coordinates) == len(CLASSES) + len(ARGUMENTS)


@pytest.mark.parametrize(
    "coordinate",
    [("Worker", "snilz"), ("Wroker", "snils"), ("Having", "snilz"), ("Order", "BIRTH"), ("Holder", "snils")],
)
def test_a_class_of_nothing_stops_the_gate(coordinate: tuple[str, str]) -> None:
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, CLASSES | {coordinate: FieldClass.PERSONAL}, ARGUMENTS)
    assert refused.value.coordinates == (".".join(coordinate),)


@pytest.mark.parametrize(
    "argument", [("Query", "worker", "snilz"), ("Query", "wroker", "snils"), ("Q", "worker", "x")]
)
def test_a_class_of_an_argument_that_is_not_there_stops_the_gate(argument: tuple[str, str, str]) -> None:
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, CLASSES, ARGUMENTS | {argument: FieldClass.PERSONAL})
    assert refused.value.coordinates == (written(argument),)

"""Default deny: a gate is made only for a schema of which every field has a class."""

import pytest

from auth.gate import Gate
from auth.refusals import Unclassified
from auth.rights import FieldClass
from tests.auth.gate_schema import ARGUMENTS, CLASSES, KINDS, PUBLIC_FIELDS, SCHEMA


@pytest.mark.parametrize("coordinate", [key for key in CLASSES if key[0] not in ("Having", "Dates", "Order")])
def test_a_field_without_a_class_stops_the_gate(coordinate: tuple[str, str]) -> None:
    rest = {key: found for key, found in CLASSES.items() if key != coordinate}
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, rest, ARGUMENTS, KINDS)
    assert refused.value.coordinates == (".".join(coordinate),)


def test_every_field_without_a_class_is_named() -> None:
    with pytest.raises(Unclassified) as refused:
        Gate(SCHEMA, {})
    assert len(refused.value.coordinates) == sum(len(fields.split()) for fields in PUBLIC_FIELDS.values()) + 5


@pytest.mark.parametrize(
    "coordinate",
    [("Worker", "snilz"), ("Wroker", "snils"), ("Having", "snilz"), ("Order", "BIRTH"), ("Holder", "snils")],
)
def test_a_class_of_nothing_stops_the_gate(coordinate: tuple[str, str]) -> None:
    with pytest.raises(Unclassified, match=".".join(coordinate)):
        Gate(SCHEMA, CLASSES | {coordinate: FieldClass.PERSONAL})


@pytest.mark.parametrize(
    "argument", [("Query", "worker", "snilz"), ("Query", "wroker", "snils"), ("Q", "worker", "x")]
)
def test_a_guarded_argument_that_is_not_there_stops_the_gate(argument: tuple[str, str, str]) -> None:
    with pytest.raises(Unclassified):
        Gate(SCHEMA, CLASSES, {argument: FieldClass.PERSONAL})

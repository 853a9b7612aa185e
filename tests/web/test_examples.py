"""The explorer's examples and choices agree with the gateway's own words."""

import json

from graphql import build_schema, parse, validate

from auth.principal import Purpose
from demo.stories import CARDIOLOGIST, CITY_HOSPITAL
from tests.web.examples import EXAMPLES, FOLDER

ROOT = FOLDER.parents[1]


def test_there_are_six_examples_each_with_a_title_and_a_name_of_its_own() -> None:
    assert len(EXAMPLES) == len({example.operation for example in EXAMPLES}) == 6
    assert all(example.title and "{" not in example.title for example in EXAMPLES)


def test_every_example_fits_the_schema() -> None:
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"), assume_valid_sdl=True)
    for example in EXAMPLES:
        assert validate(schema, parse(example.query)) == [], example.title


def test_the_purposes_on_offer_are_those_that_the_gateway_knows() -> None:
    offered = json.loads((ROOT / "web" / "src" / "purposes.json").read_text(encoding="utf-8"))
    assert offered == [str(purpose) for purpose in Purpose]


def test_the_examples_ask_for_records_that_every_demo_has() -> None:
    keys = {str(value) for example in EXAMPLES for value in example.variables.values()}
    assert {CARDIOLOGIST.registry_number, CITY_HOSPITAL} <= keys

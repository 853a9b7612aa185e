"""Codes with their names; one that no dictionary knows is shown as such."""

from types import SimpleNamespace
from typing import Any

from resolvers.dictionary import coded
from resolvers.link import OWN
from sources.dictionary import Dictionaries, Dictionary
from tests.asking import Asking
from tests.resolvers.infos import info

SOURCES = SimpleNamespace(sources=SimpleNamespace(dictionaries=Dictionaries.load()))
REGION = coded("regions", "region_code")


def region(code: str | None) -> Any:
    return REGION.resolve(SimpleNamespace(region_code=code), info("Worker", "region", loaders=SOURCES))


def test_a_code_is_shown_with_its_name() -> None:
    entry = region("77")

    assert (entry.code, entry.name, entry.known) == ("77", "г. Москва", True)
    assert REGION.needs == {OWN: ("region_code",)}


def test_a_code_that_the_dictionary_lacks_is_shown_and_is_no_error() -> None:
    entry = region("00")

    assert (entry.code, entry.name, entry.dictionary, entry.known) == ("00", None, "regions", False)


def test_no_code_is_nothing() -> None:
    assert (
        REGION.resolve(SimpleNamespace(region_code=None), info("Worker", "region", loaders=SOURCES)) is None
    )


async def test_all_dictionaries_are_listed_or_those_named_or_none(asking: Asking) -> None:
    answer = await asking.ask(
        "{ all: dictionaries { name }"
        " two: dictionaries(names: [REGIONS, POSITIONS]) { name entries { code } }"
        " none: dictionaries(names: []) { name } }"
    )

    assert [each["name"] for each in answer.data["all"]] == [each.value for each in Dictionary]
    assert [each["name"] for each in answer.data["two"]] == ["regions", "positions"]
    assert {"code": "77"} in answer.data["two"][0]["entries"]
    assert answer.data["none"] == []
    assert asking.calls == {}

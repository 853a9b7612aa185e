"""Code lists: every code has its name, an unknown one is shown as such."""

import pytest

from sources.dictionary import Dictionaries, Dictionary


def test_a_known_code(dictionaries: Dictionaries) -> None:
    entry = dictionaries.entry(Dictionary.POSITIONS, "109")
    assert entry.known
    assert entry.name == "врач-терапевт"
    assert entry.attributes["group"] == "physician"


def test_an_unknown_code_is_shown(dictionaries: Dictionaries) -> None:
    entry = dictionaries.entry("positions", "Z1")
    assert (entry.code, entry.name, entry.known) == ("Z1", None, False)
    assert entry.dictionary is Dictionary.POSITIONS


def test_every_list_has_entries_and_a_title(dictionaries: Dictionaries) -> None:
    listing = dictionaries.listing()
    assert [info.dictionary for info in listing] == list(Dictionary)
    assert all(info.title and info.size == len(dictionaries.entries(info.dictionary)) for info in listing)
    assert all(info.size > 0 for info in listing)


def test_care_kinds_are_those_of_the_activities(dictionaries: Dictionaries) -> None:
    used = {care for each in dictionaries.entries("license_activities") for care in each.attributes["care"]}
    assert used <= {entry.code for entry in dictionaries.entries("care_kinds")}


def test_a_list_that_is_not_there(dictionaries: Dictionaries) -> None:
    with pytest.raises(ValueError, match="diseases"):
        dictionaries.entry("diseases", "1")

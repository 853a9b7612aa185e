"""Names are found however people type them."""

import pytest

from sources.names import spellings, written


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ИВАНОВ", "Иванов"),
        ("  иванов ", "Иванов"),
        ("римский-КОРСАКОВ", "Римский-Корсаков"),
        ("мамед ОГЛЫ", "Мамед оглы"),
    ],
)
def test_written_as_the_registry_writes(typed: str, name: str) -> None:
    assert written(typed) == name


def test_either_e_finds_both() -> None:
    assert set(spellings("Семенов")) == {"Семенов", "Сёменов", "Семёнов", "Сёмёнов"}
    assert set(spellings("СЕМЁНОВ")) == set(spellings("семенов"))
    assert spellings("Иванов") == ("Иванов",)


def test_a_name_full_of_e_is_taken_as_typed() -> None:
    assert spellings("е" * 50) == ("Е" + "е" * 49,)

"""Marks of texts: a record bears every word by the rules of the search."""

import pytest

from projections.matching.words import Words, words_of

ANNA = Words(
    words_of("Ёлкина-Васильева"), words_of("Анна Сергеевна"), words_of("77200000000001", "Врач-кардиолог")
)


@pytest.mark.parametrize(
    "word",
    [
        "елкина",
        "елк",
        "васильева",
        "а",
        "с",
        "a",
        "s",
        "сергеев",
        "772",
        "кардио",
        "elkina",
        "vasileva",
        "sergeevna",
        "василева",
        "лкина",
        "елкна",
        "восильева",
        "елкиан",
        "vasilieva",
        "kardiolog",
    ],
)
def test_words_that_are_borne(word: str) -> None:
    assert ANNA.bear(word)


@pytest.mark.parametrize(
    "word", ["е", "к", "7", "сергеивна", "кина", "ел1", "василиво", "врачь", "vrachka", "б", "elkna1", "еолк"]
)
def test_words_that_are_not(word: str) -> None:
    assert not ANNA.bear(word)


def test_one_digit_is_a_whole_word() -> None:
    organization = Words(others=words_of("1.2.643"))

    assert organization.bear("1")
    assert not organization.bear("6")

"""The oracle's own words, by examples: what matches what, and how well."""

import pytest

from tests.search.words import one_edit, readings, score, tokens, typed_words


@pytest.mark.parametrize(
    ("word", "kind", "token", "worth"),
    [
        ("семенов", "SURNAME", "семенов", 8),
        ("семен", "SURNAME", "семенов", 5),
        ("семен", "FIRST", "семен", 6),
        ("с", "FIRST", "семен", 4),
        ("с", "SURNAME", "семенов", 0),
        ("семенво", "SURNAME", "семенов", 2),
        ("сменов", "SURNAME", "семенов", 2),
        ("сименов", "SURNAME", "семенов", 2),
        ("сименво", "SURNAME", "семенов", 0),
        ("сим", "SURNAME", "ким", 0),
        ("сименов", "FIRST", "семенов", 0),
        ("semenov", "SURNAME", "семенов", 8),
        ("vasilev", "SURNAME", "васильев", 8),
        ("shcherb", "SURNAME", "щербаков", 5),
        ("ostrovsky", "SURNAME", "островский", 8),
        ("semenow", "SURNAME", "семенов", 8),
        ("semenof", "SURNAME", "семенов", 2),
        ("77200000000001", "NUMBER", "77200000000001", 16),
        ("7720", "NUMBER", "77200000000001", 4),
        ("больница", "OTHER", "больница", 3),
        ("больн", "OTHER", "больница", 3),
        ("больн", "WHOLE", "больница", 4),
        ("больница", "WHOLE", "больница", 8),
    ],
)
def test_a_word_is_worth(word: str, kind: str, token: str, worth: int) -> None:
    assert score(word, kind, token) == worth


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("иван", "иван", True),
        ("иван", "иванн", True),
        ("иван", "иав", False),
        ("иван", "виан", True),
        ("иван", "нави", False),
        ("иван", "ивна", True),
        ("иван", "ив", False),
        ("", "и", True),
    ],
)
def test_one_letter_makes_the_difference(one: str, other: str, near: bool) -> None:
    assert one_edit(one, other) is near
    assert one_edit(other, one) is near


def test_texts_fall_into_words() -> None:
    assert tokens("Соловьёв-Седов, «Пётр» 2-й") == ["соловьев", "седов", "петр", "2", "й"]
    assert tokens(None) == []
    assert typed_words("O'Neil  д’Артаньян") == ["oneil", "дартаньян"]


def test_latin_is_read_in_every_usual_way() -> None:
    assert set(readings("ya")) == {"я"}
    assert {"юлия", "юлиа"} & set(readings("yuliya")) == {"юлия"}
    assert "юлия" in readings("julia")
    assert set(readings("cy")) >= {"цы", "кы", "ци", "кий"}
    assert readings("иван") == ()
    assert readings("a1") == ()

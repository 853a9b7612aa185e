"""Words as searches compare them, readings of Latin letters, one edit."""

import pytest

from projections.search.errors import BadSearch
from projections.search.text import cut, near, typos
from projections.search.words import bare, one_edit_apart, readings, shortened, tokens

READ = {
    "shcherbakov": "щербаков",
    "scherbakov": "щербаков",
    "ivanova": "иванова",
    "vasilev": "василев",
    "yuliya": "юлия",
    "julia": "юлия",
    "mariia": "мария",
    "dmitry": "дмитрий",
    "khabibullin": "хабибуллин",
    "zhukov": "жуков",
    "tsvetkov": "цветков",
    "kuzmin": "кузмин",
    "pokrovskiy": "покровский",
    "pokrovsky": "покровский",
    "tolstaya": "толстая",
    "alekseev": "алексеев",
    "alexandr": "александр",
    "ershov": "ершов",
    "emma": "эмма",
    "andrei": "андрей",
    "andrej": "андрей",
    "wagner": "вагнер",
    "q": "к",
}


@pytest.mark.parametrize(("latin", "cyrillic"), READ.items())
def test_a_latin_word_is_read(latin: str, cyrillic: str) -> None:
    assert cyrillic in readings(latin)


def test_only_latin_words_are_read_and_not_in_endless_ways() -> None:
    assert readings("иванов") == readings("ivan1") == []
    assert len(readings("yeyyyyyyyyyyyy")) == 256


def test_tokens_are_runs_of_letters_and_digits_in_lower_case() -> None:
    assert tokens("Римский-Корсаков, Пётр_I (№ 15)") == ["римский", "корсаков", "петр", "i", "15"]
    assert bare("подъезд-соль") == "подезд-сол"


def test_a_decomposed_letter_is_the_same_letter() -> None:
    assert tokens("\u0435\u0308лкин и\u0306од") == ["елкин", "йод"]


@pytest.mark.parametrize("other", ["иваов", "ивванов", "иванав", "ивнаов", "виванов", "ианов", "ивано"])
def test_one_edit(other: str) -> None:
    assert one_edit_apart("иванов", other)
    assert one_edit_apart(other, "иванов")
    assert set(shortened("иванов")) & set(shortened(other))


@pytest.mark.parametrize("other", ["иванов", "ивановна", "ианво", "вианво", "петров", "ив", "иновав"])
def test_none_or_several(other: str) -> None:
    assert not one_edit_apart("иванов", other)


def test_typos_are_forgiven_in_words_of_four_letters_and_more() -> None:
    surnames = ["иванова", "иванов", "ким", "васильев"]
    assert typos("ивнова", surnames) == ["иванова"]
    assert typos("ivnova", surnames) == ["иванова"]
    assert typos("vasilyv", surnames) == ["васильев"]
    assert typos("кит", surnames) == typos("иван0в", ["иванов"]) == []
    assert near("ким") == ["ким"]


@pytest.mark.parametrize("text", ["", " ,.- ", "а б в г д е ж з и", "а" * 101])
def test_a_text_without_words_or_with_too_many_is_refused(text: str) -> None:
    with pytest.raises(BadSearch, match="query"):
        cut(text)


def test_an_apostrophe_is_a_soft_sign() -> None:
    assert cut("Vasil'ev D’Artagnan 'q'") == ("vasilev", "dartagnan", "q")

"""Words as searches compare them, readings of Latin letters, one edit."""

import pytest

from projections.search.condition import Root
from projections.search.errors import BadSearch
from projections.search.text import Vocabulary, begun, cut, matched, near, typos
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


def test_a_word_is_looked_for_by_the_lexemes_that_are_there() -> None:
    none: tuple[str, ...] = ()
    known = {"l:врач": none, "f:врач": none, "w:врач": ("w:врач", "w:врача"), "n:врач": none}
    (word,) = matched(Root.WORKER, ["врач"], Vocabulary(lexemes=known))
    assert [level.own for level in word.levels] == ["'w:врач' | 'w:врача'"]
    (word,) = matched(
        Root.WORKER, ["врач"], Vocabulary(lexemes={**known, "w:врач": None, "n:врач": ("n:врачь",)})
    )
    assert [level.own for level in word.levels] == ["'n:врач'", "'n:врач':*", "'w:врач':*"]


def test_of_numbers_only_the_letters_at_the_beginning_are_known() -> None:
    assert set(begun(Root.WORKER, ["аб12", "7"])) == {
        *(f"{kind}:{word}" for kind in "lfw" for word in ("аб12", "7")),
        "n:аб",
    }
    assert "n:аб" not in begun(Root.CREDENTIAL, ["аб12"])  # it has a number of its own
    (word,) = matched(Root.WORKER, ["аб12"], Vocabulary(lexemes={"n:аб": ("n:аб",)}))
    assert word.levels[0].own == "'n:аб12'"

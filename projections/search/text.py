"""A free text as conditions over the words of records, and how well a record matches. Knows the letters of
`words`: l surname, f first name or patronymic, i their first letters, n number, w any other word; a capital:
the same without soft and hard signs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from projections.search.condition import Root
from projections.search.errors import BadSearch
from projections.search.words import bare, lexeme, one_edit_apart, readings, shortened, typed_words

MOST_WORDS = 8
MOST_LETTERS = 100
SHORTEST_WITH_TYPO = 4
MOST_LEXEMES = 50
"""So many lexemes are looked for one by one; of more it is their beginning."""

Query = str
"""A tsquery."""


Range = tuple[str, str]
"""Names from the first, up to the second."""

LAST_LETTER: Final = "\U0010ffff"
_LETTERS: Final = re.compile("[a-zа-я]+")


@dataclass(frozen=True, slots=True)
class Level:
    """One way for a word to match, and what it scores. `own`: by the record's words, `person`: by those of
    its worker, `codes`: by its specialty. `surname`: it is the surname that matches; `ranges`: where those
    with these surnames stand among the names, unless the surname is of several words; None: not known.
    `implied`: whoever matches so matches at a level after it, too.
    """

    score: int
    own: Query = ""
    person: Query = ""
    codes: tuple[str, ...] = ()
    surname: bool = False
    ranges: tuple[Range, ...] | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: all its ways to match, the best first. Without any, nothing matches."""

    levels: tuple[Level, ...]


def cut(text: str) -> tuple[str, ...]:
    """The words of a query. Raises BadSearch when there are none or too many."""
    if len(text) > MOST_LETTERS:
        raise BadSearch(("query",), f"should be at most {MOST_LETTERS} characters")
    words = typed_words(text)
    if not words:
        raise BadSearch(("query",), "should have a letter or a digit")
    if len(words) > MOST_WORDS:
        raise BadSearch(("query",), f"should be at most {MOST_WORDS} words")
    return tuple(words)


def near(word: str) -> list[str]:
    """What a word shares with itself as a surname, and with those one edit away where a typo is forgiven."""
    forms = (word, *readings(word))
    if not _may_be_misspelt(word):
        return list(dict.fromkeys(forms))
    return list(dict.fromkeys(each for form in forms for each in shortened(form)))


def typos(word: str, surnames: Sequence[str]) -> list[str]:
    """Those of these surnames that are one edit away from a word, or from one of its readings."""
    if not _may_be_misspelt(word):
        return []
    read = readings(word)
    return [
        each
        for each in surnames
        if one_edit_apart(word, each) or any(one_edit_apart(reading, bare(each)) for reading in read)
    ]


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST_WITH_TYPO and word.isalpha()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a text is looked up in beforehand."""

    surnames: Sequence[str] = ()
    """Those that are one of the words, or one edit away from one, or may be."""
    specialties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words of each specialty's name."""
    lexemes: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    """For each lexeme that was looked up, those of people that it begins, sorted; None: too many."""


def matched(root: Root, words: Sequence[str], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """Each word of a query with its ways to match a record of this kind."""
    return tuple(_WAYS[root](_Forms(word, vocabulary), vocabulary) for word in words)


def begun(root: Root, words: Sequence[str]) -> list[str]:
    """The lexemes with which those of people may begin that match these words: to be looked up."""
    found = [each for word in words for each in _Forms(word, Vocabulary()).plain("lfw")]
    if root is Root.WORKER:
        found += [f"n:{letters}" for word in words if (letters := _letters(word))]
    return list(dict.fromkeys(found))


class _Forms:
    """A word and what it may be when it is written in Latin letters."""

    def __init__(self, word: str, vocabulary: Vocabulary) -> None:
        self.word = word
        self.read = readings(word)
        self._known = vocabulary.lexemes

    @property
    def is_initial(self) -> bool:
        return len(self.word) == 1 and self.word.isalpha()

    @property
    def is_digit(self) -> bool:
        return len(self.word) == 1 and not self.word.isalpha()

    def whole(self, letters: str) -> Query:
        return self._any(letters, beginning=False)

    def beginning(self, letters: str) -> Query:
        return "" if self.is_digit else self._any(letters, beginning=True)

    def initial(self) -> Query:
        """As the first letter of a name; a Latin letter may stand for two of them."""
        found = [
            lexeme("i", each) if len(each) == 1 else lexeme("f", each, beginning=True) for each in self._all
        ]
        return " | ".join(found)

    def matches(self, token: str, *, beginning: bool) -> bool:
        """Whether the word is a token, or begins it."""

        def same(form: str, of: str) -> bool:
            return of.startswith(form) if beginning and not self.is_digit else of == form

        return same(self.word, token) or any(same(form, bare(token)) for form in self.read)

    @property
    def _all(self) -> list[str]:
        return [self.word, *self.read]

    def plain(self, letters: str) -> Iterator[str]:
        """The lexemes that the word may be; what is without signs too, as Latin letters do not tell them."""
        for letter in letters:
            yield from (f"{letter}:{form}" for form in self._all)
            if letter != "n":
                yield from (f"{letter.upper()}:{form}" for form in self.read)

    def _any(self, letters: str, *, beginning: bool) -> Query:
        found = [each for plain in self.plain(letters) for each in self._known_as(plain, beginning)]
        return " | ".join(dict.fromkeys(found))

    def _known_as(self, plain: str, beginning: bool) -> Iterator[Query]:
        """What to look for: of lexemes that were looked up those alone that are there, and as they are. An
        index gathers all that begin so before anything else is asked of them.
        """
        letter, _, form = plain.partition(":")
        if letter == "n":
            known = self._known.get(f"n:{_letters(form)}")
            if known is None or known:
                yield lexeme(letter, form, beginning=beginning)
        elif (found := self._known.get(plain)) is None:
            yield lexeme(letter, form, beginning=beginning)
        else:
            yield from (f"'{each}'" for each in found if beginning or each == plain)


def _letters(word: str) -> str:
    """The letters with which a word begins."""
    found = _LETTERS.match(word)
    return "" if found is None else found[0]


def _worker(forms: _Forms, vocabulary: Vocabulary) -> Word:
    if forms.is_initial:
        return Word((Level(4, forms.initial()),))
    begins = not forms.is_digit
    whole = [each for each in vocabulary.surnames if forms.matches(each, beginning=False)]
    levels = (
        Level(16, forms.whole("n"), implied=begins),
        _surnames(8, whole, implied=begins),
        Level(6, forms.whole("f"), implied=begins),
        _begun(forms),
        Level(4, forms.beginning("fn")),
        Level(3, forms.beginning("w") or forms.whole("w")),
        _surnames(2, typos(forms.word, vocabulary.surnames)),
    )
    return Word(tuple(level for level in levels if level.own))


def _surnames(score: int, surnames: Sequence[str], *, implied: bool = False) -> Level:
    """These surnames, whole."""
    query = " | ".join(lexeme("l", each) for each in surnames)
    ranges = tuple((f"{each} ", f"{each}!") for each in surnames)
    return Level(score, query, surname=True, ranges=ranges, implied=implied)


def _begun(forms: _Forms) -> Level:
    """Surnames that begin with the word."""
    query = forms.beginning("l")
    if forms.read:
        return Level(5, query, surname=True)
    return Level(5, query, surname=True, ranges=((forms.word, forms.word + LAST_LETTER),))


def _named(forms: _Forms, _: Vocabulary) -> Word:
    if forms.is_initial:
        return Word(())
    begins = not forms.is_digit
    levels = (Level(8, forms.whole("nw"), implied=begins), Level(4, forms.beginning("nw")))
    return Word(tuple(level for level in levels if level.own))


def _credential(forms: _Forms, vocabulary: Vocabulary) -> Word:
    if forms.is_initial:
        return Word((Level(4, person=forms.initial()),))
    misspelt = " | ".join(lexeme("l", each) for each in typos(forms.word, vocabulary.surnames))
    levels = [
        Level(
            8,
            forms.whole("n"),
            forms.whole("lf"),
            _coded(forms, vocabulary, beginning=False),
            implied=not forms.is_digit,
        ),
        Level(4, forms.beginning("n"), forms.beginning("lf"), _coded(forms, vocabulary, beginning=True)),
        Level(2, person=misspelt),
    ]
    return Word(tuple(level for level in levels if level.own or level.person))


def _coded(forms: _Forms, vocabulary: Vocabulary, *, beginning: bool) -> tuple[str, ...]:
    """The specialties in whose names the word is."""
    found = vocabulary.specialties.items()
    return tuple(c for c, words in found if any(forms.matches(each, beginning=beginning) for each in words))


_WAYS: Final = {
    Root.WORKER: _worker,
    Root.ORGANIZATION: _named,
    Root.LICENSE: _named,
    Root.CREDENTIAL: _credential,
}

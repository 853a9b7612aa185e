"""Free text, plainly: which words a text has, and how well a word that was typed matches one of them."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile(r"(?<=\w)['’`](?=\w)")

_READINGS: Final = """
    a а|b б|v в|w в|g г|d д|e е э|zh ж|z з|i и й|y ы й и|j й|k к|q к|l л|m м|n н|o о|p п|r р|s с|t т|u у|f ф|
    h х|kh х|ts ц|tc ц|c ц к|ch ч|sh ш|shch щ|sch щ|yu ю|iu ю|ju ю|ya я|ia я ия|ja я|yo е|jo е|ye е|je е|x кс
"""
READINGS: Final = {
    latin: tuple(cyrillic)
    for latin, *cyrillic in (each.split() for each in " ".join(_READINGS.split("\n")).split("|"))
}
"""Pieces of Latin writing, and how each may be read."""

MOST_READINGS: Final = 256

SCORES: Final = {
    "NUMBER": (16, 4),
    "SURNAME": (8, 5),
    "FIRST": (6, 4),
    "OTHER": (3, 3),
    "WHOLE": (8, 4),
    "WHOLE-SURNAME": (8, 4),
    "WHOLE-FIRST": (8, 4),
}
"""What a whole word of each kind is worth, and its beginning."""

TYPO: Final = 2
TYPED_LONG_ENOUGH: Final = 4


def plain(text: str) -> str:
    """Lower case, ё as е."""
    return text.lower().replace("ё", "е")


def tokens(text: str | None) -> list[str]:
    """The words of a text."""
    return _WORD.findall(plain(text or ""))


def typed_words(query: str) -> list[str]:
    """The words of what was typed."""
    return tokens(_APOSTROPHE.sub("", query))


@cache
def readings(word: str) -> tuple[str, ...]:
    """How a word in Latin letters may be read in Russian."""
    if not re.fullmatch("[a-z]+", word):
        return ()
    cut = list(_pieces(word))
    found = ["".join(each) for each in product(*(READINGS[piece] for piece in cut))]
    found += (
        ["".join(each) + "ий" for each in product(*(READINGS[p] for p in cut[:-1]))] if cut[-1] == "y" else []
    )
    return tuple(dict.fromkeys(found[:MOST_READINGS]))


def _pieces(word: str) -> Iterator[str]:
    while word:
        piece = next(word[:size] for size in (4, 3, 2, 1) if word[:size] in READINGS)
        yield piece
        word = word[len(piece) :]


def score(word: str, kind: str, token: str) -> int:
    """What a word that was typed is worth beside a word of this kind; nothing where it does not match."""
    whole, beginning = SCORES[kind]
    if len(word) == 1:
        if word.isdigit():
            return whole if token == word else 0
        starts = any(token.startswith(each) for each in (word, *readings(word)))
        return beginning if kind.endswith("FIRST") and starts else 0
    hard = token.replace("ь", "").replace("ъ", "")
    if token == word or hard in readings(word):
        return whole
    if token.startswith(word) or any(hard.startswith(each) for each in readings(word)):
        return beginning
    if not kind.endswith("SURNAME") or len(word) < TYPED_LONG_ENOUGH or not word.isalpha():
        return 0
    near = one_edit(word, token) or any(one_edit(each, hard) for each in readings(word))
    return TYPO if near else 0


def one_edit(one: str, other: str) -> bool:
    """Whether one letter more, one less, another one, or two swapped make the one into the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, other_rest = one[at:], other[at:]
    swapped = rest[1::-1] + rest[2:] == other_rest and len(rest) > 1
    return swapped or rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]

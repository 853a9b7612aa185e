"""Words of a text and of names, as searches compare them: lower case, ё as е, runs of letters and digits."""

import re
import unicodedata
from itertools import islice, product

MOST_READINGS = 256

_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’`ʼ](?=[^\W\d_])")
_SIGNS = str.maketrans("", "", "ьъ")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# What a Latin letter, or several, may stand for; the longest is taken first.
_PIECES = {
    "a": "а", "b": "б", "v": "в", "w": "в", "g": "г", "d": "д", "e": "е э", "zh": "ж", "z": "з", "i": "и й",
    "y": "ы й и", "j": "й", "k": "к", "q": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р",
    "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "kh": "х", "ts": "ц", "tc": "ц", "c": "ц к", "ch": "ч",
    "sh": "ш", "shch": "щ", "sch": "щ", "yu": "ю", "iu": "ю", "ju": "ю", "ya": "я", "ia": "я ия", "ja": "я",
    "yo": "е", "jo": "е", "ye": "е", "je": "е", "x": "кс",
}  # fmt: skip
_PIECE = re.compile("|".join(sorted(_PIECES, key=len, reverse=True)))
_LATIN = re.compile(r"[a-z]+")


def normalised(text: str) -> str:
    """A text in the form in which texts are compared."""
    storable = _UNSTORABLE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", storable).lower().replace("ё", "е")


def tokens(text: str) -> list[str]:
    """The words of a text, in their order."""
    return _TOKEN.findall(normalised(text))


def typed_words(text: str) -> list[str]:
    """The words of what somebody typed: an apostrophe inside one stands for a soft sign, and is dropped."""
    return tokens(_APOSTROPHE.sub("", text))


def bare(token: str) -> str:
    """A word without its soft and hard signs, which Latin letters do not tell."""
    return token.translate(_SIGNS)


def is_latin(word: str) -> bool:
    """Whether a word is of Latin letters alone."""
    return _LATIN.fullmatch(word) is not None


def readings(word: str) -> list[str]:
    """What a word in Latin letters may be in Cyrillic, without signs; none for any other word."""
    if not is_latin(word):
        return []
    choices = [_PIECES[piece].split() for piece in _PIECE.findall(word)]
    if word.endswith("y"):
        choices[-1] = [*choices[-1], "ий"]
    return list(dict.fromkeys("".join(each) for each in islice(product(*choices), MOST_READINGS)))


def lexeme(letter: str, token: str, *, beginning: bool = False) -> str:
    """One word of a kind in a tsquery; a token is of letters and digits, so nothing in it needs care."""
    return f"'{letter}:{token}'{':*' if beginning else ''}"


def shortened(token: str) -> list[str]:
    """A word, and the same with any one letter left out: two words one edit apart share one of these."""
    return list(dict.fromkeys([token, *(token[:place] + token[place + 1 :] for place in range(len(token)))]))


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, one less, another one, or two neighbours swapped make the one the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = one[start:], other[start:]
    if len(one) == len(other):
        swapped = left[1:2] + left[:1]
        return left[1:] == right[1:] or (swapped == right[:2] and left[2:] == right[2:])
    return left[1:] == right if len(one) > len(other) else left == right[1:]

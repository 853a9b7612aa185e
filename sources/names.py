"""Names of people as the worker registry writes them. Knows no registry."""

from itertools import product
from unicodedata import category, normalize

_LOWER = frozenset({"оглы", "кызы", "угли", "улы", "фон", "де", "ибн"})
"""Parts of names that are written without a capital."""

_MOST_VARIANTS = 32


def written(name: str) -> str:
    """A name with the capitals and spaces of the registry: `ИВАНОВ-петров` is `Иванов-Петров`."""
    words = (word if word in _LOWER else _capital(word) for word in name.lower().split())
    return " ".join(words)


def spellings(name: str) -> tuple[str, ...]:
    """A name as the registry may write it: with е or ё wherever either was typed."""
    choices = tuple(("е", "ё") if letter in "её" else (letter,) for letter in written(name).lower())
    if 2 ** sum(len(choice) > 1 for choice in choices) > _MOST_VARIANTS:
        return (written(name),)
    return tuple(written("".join(letters)) for letters in product(*choices))


def folded(name: str) -> str:
    """A name without what does not tell people apart: case, ё or е, the kind of space and of hyphen."""
    signs = normalize("NFKC", name).casefold().replace("ё", "е")
    if signs.isalpha():
        return signs
    return " ".join("".join("-" if category(sign) == "Pd" else sign for sign in signs).split())


def _capital(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))

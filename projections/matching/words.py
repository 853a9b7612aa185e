"""Words that a record bears, and whether one of them is what somebody typed, as the search has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from projections.search.words import bare, one_edit_apart, readings, tokens

LEAST_WITH_TYPO: Final = 4
"""Letters of the shortest word in which one error is forgiven."""


@dataclass(frozen=True, slots=True)
class Words:
    """All are found by their beginnings; given names by an initial too, surnames even with one error."""

    surname: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def bear(self, word: str) -> bool:
        """Whether one of them is, or begins with, the word that was typed."""
        latin = readings(word)
        if len(word) == 1 and not word.isdigit():
            return any(token.startswith((word, *latin)) for token in self.given)
        known = self.surname | self.given | self.others
        if len(word) == 1:
            return word in known
        if any(token.startswith(word) or bare(token).startswith(tuple(latin)) for token in known):
            return True
        return len(word) >= LEAST_WITH_TYPO and word.isalpha() and any(_near(word, latin, self.surname))


def _near(word: str, latin: Iterable[str], surnames: Iterable[str]) -> Iterable[bool]:
    """Of each surname, whether it is the word with one error, as it was typed or in Cyrillic."""
    for token in surnames:
        yield one_edit_apart(word, token) or any(one_edit_apart(each, bare(token)) for each in latin)


def words_of(*texts: str | None) -> frozenset[str]:
    """The words of these texts."""
    return frozenset(token for text in texts if text for token in tokens(text))

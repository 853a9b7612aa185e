"""The words of a text as SQL: which records have them all, how well they match, and which match how well."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from projections.search.binder import Binder
from projections.search.condition import Root
from projections.search.text import Level, Query, Range, Word

MOST_WORDS_APART: Final = 3
MOST_COMBINATIONS: Final = 400
MOST_RANGES: Final = 8
MOST_PIECES: Final = 50

_COMPOUND: Final = "r.last_name ~ '[^[:alnum:]]'"
"""Surnames of several words, which have an index of their own: they stand elsewhere among the names."""


Ranges = tuple[Range, ...] | None
"""Where surnames stand among the names; none: no surname decides; None: not known where."""

Chosen = tuple[int, ...]
"""For each word the level at which it matches."""


@dataclass(frozen=True, slots=True)
class Way:
    """A condition that chooses records of one score. `fenced`: to be found before they are ordered."""

    condition: str
    fenced: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """All ways to one score; no record is chosen by two of them."""

    score: int
    ways: Sequence[Way]


class Matches:
    """What the words of a text mean for records `r` of one kind."""

    def __init__(self, root: Root, words: Sequence[Word], binder: Binder) -> None:
        self._root, self._words, self._binder = root, words, binder

    def condition(self) -> str:
        """Every word matches."""
        if not all(word.levels for word in self._words):
            return "false"
        if self._root is Root.CREDENTIAL:
            return self._of_credentials()
        return self._has(
            "r", " & ".join(f"({_any(level.own for level in _needed(word))})" for word in self._words)
        )

    def pieces(self) -> list[str] | None:
        """What together chooses every worker that matches a text of one word, nobody twice: first those whose
        surnames match, by where they stand among the names, which an index tells alone. None: of other texts.
        """
        if self._root is not Root.WORKER or len(self._words) != 1:
            return None
        (word,) = self._words
        found = [level for level in word.levels if level.ranges]
        ranges = [
            self._inside(each) for each in joined([each for level in found for each in level.ranges or ()])
        ]
        if not 0 < len(ranges) <= MOST_PIECES:
            return None
        elsewhere = f"not ({' or '.join(ranges)})"
        compound = f"{_COMPOUND} and {self._has('r', _any(level.own for level in found))}"
        pieces = [*ranges, f"{compound} and {elsewhere}"]
        if others := _any(level.own for level in _needed(word) if not level.ranges):
            pieces.append(f"{self._has('r', others)} and {elsewhere} and not ({compound})")
        return pieces

    def score(self) -> str:
        """How well a hit matches: for each word its best way, summed."""
        scores = [self._scored(word) for word in self._words if word.levels]
        return f"({' + '.join(scores)})" if scores else "0::bigint"

    def totals(self) -> list[Total] | None:
        """Every score that a worker may have, the best first; None: too many, or other records."""
        combinations = list(product(*(range(len(word.levels)) for word in self._words)))
        if self._root is not Root.WORKER or not 0 < len(combinations) <= MOST_COMBINATIONS:
            return None
        found: dict[int, dict[Ranges, list[Chosen]]] = {}
        for chosen in combinations:
            levels = [word.levels[place] for word, place in zip(self._words, chosen, strict=True)]
            alike = found.setdefault(sum(level.score for level in levels), {})
            alike.setdefault(_ranges(levels), []).append(chosen)
        return [Total(score, list(self._ways(found[score]))) for score in sorted(found, reverse=True)]

    def _ways(self, alike: Mapping[Ranges, Sequence[Chosen]]) -> Iterator[Way]:
        """Where a surname matches, its bearers stand together among the names: they are sought there, since
        an index that is walked in the names' order from the beginning might come to them late.
        """
        compound = [self._only(chosen) for ranges, several in alike.items() if ranges for chosen in several]
        for ranges, several in alike.items():
            if not ranges:
                yield Way(_either([self._only(chosen) for chosen in several]), fenced=ranges is None)
                continue
            there = _either([self._only(chosen, ranges) for chosen in several])
            for each in ranges:
                yield Way(f"{self._inside(each)} and not {_COMPOUND} and {there}")
        if compound:
            yield Way(f"{_COMPOUND} and {_either(compound)}", fenced=True)

    def _only(self, chosen: Chosen, ranges: Ranges = None) -> str:
        """Each word matches at its level and none at a better one; an index is asked for the former alone,
        which makes it quick. `ranges`: the surname is known from where the name stands.
        """
        words = list(zip(self._words, chosen, strict=True))
        known = [
            place for place, (word, at) in enumerate(words) if ranges and word.levels[at].ranges == ranges
        ]
        matching = " & ".join(
            f"({w.levels[at].own})" for place, (w, at) in enumerate(words) if place not in known[:1]
        )
        better = _any(level.own for word, at in words for level in word.levels[:at])
        parts = [self._has("r", matching)] if matching else []
        if better:
            parts.append(f"not {self._has('r', better)}")
        return f"({' and '.join(parts)})" if parts else "true"

    def _inside(self, names: Range) -> str:
        first, end = (self._binder.bind(each, "text") for each in names)
        return f"r.name_key >= {first} and r.name_key < {end}"

    def _of_credentials(self) -> str:
        """Each word is of the credential or of its worker: few words are tried in every such division, each
        of which indexes can answer.
        """
        words = self._words
        if len(words) > MOST_WORDS_APART:
            either = (
                f"({self._of_credential(each, 'r')} or {self._of_worker([each], 'r')})" for each in words
            )
            return " and ".join(either)
        ways = []
        for division in product((True, False), repeat=len(words)):
            divided = list(zip(words, division, strict=True))
            own = [self._of_credential(word, "c") for word, mine in divided if mine]
            ways.append(
                " and ".join([*own, self._of_worker([word for word, mine in divided if not mine], "c")])
            )
        found = " union all ".join(f"select c.id from credential c where {way}" for way in ways)
        return f"r.id in ({found})"

    def _of_credential(self, word: Word, alias: str) -> str:
        own = [self._has(alias, _any(level.own for level in _needed(word)))]
        if codes := sorted({code for level in word.levels for code in level.codes}):
            own.append(f"{alias}.specialty_code = any({self._binder.bind(codes, 'text[]')})")
        return f"({' or '.join(own)})"

    def _of_worker(self, words: Sequence[Word], alias: str) -> str:
        if not words:
            return "true"
        ways = [_any(level.person for level in _needed(word)) for word in words]
        if not all(ways):
            return "false"
        query = " & ".join(f"({way})" for way in ways)
        return f"{alias}.person in (select s.person from worker s where {self._has('s', query)})"

    def _scored(self, word: Word) -> str:
        ways = ((" or ".join(self._at(level)), level.score) for level in word.levels)
        cases = "".join(f" when {way} then {score}" for way, score in ways)
        return f"case{cases} else 0 end"

    def _at(self, level: Level) -> Iterator[str]:
        if level.own:
            yield self._has("r", level.own)
        if level.person:
            yield self._has("w", level.person)
        if level.codes:
            yield f"r.specialty_code = any({self._binder.bind(list(level.codes), 'text[]')})"

    def _has(self, alias: str, query: Query) -> str:
        return f"{alias}.words @@ {self._binder.bind(query, 'text')}::tsquery" if query else "false"


def joined(ranges: Sequence[Range]) -> list[Range]:
    """The same names by ranges of which no two have a name in common."""
    found: list[Range] = []
    for first, end in sorted(ranges):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((first, end))
    return found


def _ranges(levels: Sequence[Level]) -> Ranges:
    surnames = [level for level in levels if level.surname]
    known = [
        level.ranges for level in surnames if level.ranges is not None and len(level.ranges) <= MOST_RANGES
    ]
    return known[0] if known else (None if surnames else ())


def _either(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"({' or '.join(conditions)})"


def _needed(word: Word) -> Iterator[Level]:
    """The levels that together say whether the word matches at all."""
    return (level for level in word.levels if not level.implied)


def _any(queries: Iterator[str]) -> Query:
    return " | ".join(query for query in queries if query)

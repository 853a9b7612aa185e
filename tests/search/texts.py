"""What people type into a search box: words of a record, whole or begun, misspelt, in Latin letters."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from tests.search.rows import Row, Rows
from tests.search.words import TYPED_LONG_ENOUGH, tokens

PASSPORT: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia".replace(
            "_", "-"
        ).split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
"""As passports write names."""

OTHERS: Final[tuple[Mapping[str, str], ...]] = (
    {},
    {"й": "y", "ю": "yu", "я": "ya"},
    {"ж": "zh", "х": "h", "ц": "c", "ю": "ju", "я": "ja", "й": "j"},
    {"ё": "yo", "е": "ye", "кс": "x", "щ": "sch"},
    {"в": "w", "к": "q"},
)
"""What people write otherwise."""

LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщыьэюя"

SOURCES: Final = {
    "worker": ("last_name", "last_name", "last_name", "first_name", "middle_name", "registry_number"),
    "organization": ("full_name", "short_name", "short_name", "oid", "inn"),
    "license": ("number", "old_number", "holder_name", "holder_name"),
    "credential": ("number",),
}


class Texts:
    """Makes texts that find a record, or nearly do."""

    def __init__(self, rows: Rows, random: Random) -> None:
        self._rows, self._random = rows, random

    def text(self, entity: str, focus: Row) -> str:
        """One to four words."""
        random = self._random
        words = self._words(entity, focus)
        count = min(len(words), random.choices((1, 2, 3, 4), (5, 4, 2, 1))[0])
        chosen = [self._typed(word, name) for name, word in random.sample(words, count)]
        if random.random() < 0.06:
            name, word = random.choice(self._words(entity, self._rows.any(entity, random)))
            chosen.append(self._typed(word, name))
        random.shuffle(chosen)
        return random.choice((" ", " ", "  ", ", ")).join(chosen)[:100]

    def _words(self, entity: str, row: Row) -> list[tuple[str, str]]:
        """Words of the record and of what it belongs to, with the column of each."""
        found = [(name, word) for name in SOURCES[entity] for word in tokens(_cased(row[name]))]
        if entity == "worker":
            jobs = self._rows.related("worker", "employments", row)
            places = [each for job in jobs for each in self._rows.related("employment", "organization", job)]
            found += [("other", word) for each in places for word in tokens(each["short_name"])[:2]]
        if entity == "credential":
            people = self._rows.related("credential", "worker", row)
            found += [(n, word) for p in people for n in ("last_name", "first_name") for word in tokens(p[n])]
        return found

    def _typed(self, word: str, name: str) -> str:
        """A word as somebody types it."""
        random = self._random
        habits: list[Callable[[str], str]] = [str.upper, str.capitalize, lambda each: each.replace("е", "ё")]
        chance = random.random()
        if chance < 0.3 or any(sign.isdigit() for sign in word):
            return random.choice((word, word, word[: random.randint(1, len(word))]))
        if chance < 0.45:
            return random.choice(habits)(word)
        if chance < 0.6:
            return word[: random.randint(1, len(word))]
        if chance < 0.8:
            return self._latin(word if random.random() < 0.7 else word[: random.randint(1, len(word))])
        if name == "last_name" and len(word) >= TYPED_LONG_ENOUGH - 1:
            wrong = self._misspelt(word)
            return wrong if random.random() < 0.8 else self._latin(wrong)
        return word

    def _latin(self, word: str) -> str:
        table = {**PASSPORT, **self._random.choice(OTHERS)}
        text = word.replace("кс", table.get("кс", "кс"))
        return self._random.choice((str, str.capitalize))("".join(table.get(sign, sign) for sign in text))

    def _misspelt(self, word: str) -> str:
        """One letter more, one less, another one, or two swapped."""
        random = self._random
        at = random.randrange(len(word))
        letter = random.choice(LETTERS)
        return random.choice(
            (
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            )
        )


def _cased(value: object) -> str:
    return "" if value is None else str(value)

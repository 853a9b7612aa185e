"""Claims by chance: keys as people type them, some of nobody, some malformed; identities right and wrong."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from demo import stories
from tests.verification.database import Line, Row

FIELDS: Final = {
    "REGISTRY_NUMBER": "registryNumber",
    "SNILS": "snils",
    "CREDENTIAL_NUMBER": "credentialNumber",
    "LICENSE_NUMBER": "licenseNumber",
}
NOBODYS: Final = {
    "REGISTRY_NUMBER": ("99999999999999", "11223344595"),
    "SNILS": ("08765430300",),
    "CREDENTIAL_NUMBER": ("000000000000", "нет такого"),
    "LICENSE_NUMBER": ("Л041-01137-77/99999999",),
}
"""Keys that are well formed and that no registry has."""

STORIES: Final = frozenset(each.registry_number for each in stories.WORKERS)
"""The workers of the stories, who are claimed more often than others: one of them may not practise."""

MALFORMED: Final[tuple[Mapping[str, Any], ...]] = (
    {},
    {"lastName": "Иванова"},
    {"registryNumber": "7720000000000112"},
    {"registryNumber": ""},
    {"snils": "112-233-445 96"},
    {"snils": "1122334459"},
    {"credentialNumber": " "},
    {"credentialNumber": "77\u000022"},
    {"licenseNumber": "М041-01137-77/00000001"},
    {"registryNumber": "77200000000001", "licenseNumber": "Л041-01126-23/00000007"},
    {"registryNumber": "77200000000001", "birthDate": "31.12.1980"},
    {"registryNumber": "77200000000001", "birthDate": "1980-02-30"},
    {"registryNumber": "77200000000001", "lastName": " "},
    {"registryNumber": "77200000000001", "firstName": "А" * 201},
)


@dataclass(frozen=True)
class Known:
    """What can be claimed: the keys that there are, and who is behind them."""

    keys: Mapping[str, Sequence[tuple[str, Any]]]
    """By kind of key: the key and its worker's row, if he has one."""


async def known(line: Line) -> Known:
    """Everything in this database."""
    person = "w.last_name, w.first_name, w.middle_name, w.birth_date"
    statements = {
        "REGISTRY_NUMBER": f"select registry_number as key, {person} from worker w order by 1",
        "SNILS": f"select snils as key, {person} from worker w order by 1",
        "CREDENTIAL_NUMBER": f"select number as key, {person} from credential c"
        " left join worker w on w.snils = c.worker_snils order by 1",
        "LICENSE_NUMBER": f"select number as key, {person} from license l"
        " left join worker w on w.snils = l.worker_snils order by l.holder_kind desc, 1 limit 60",
    }
    found = {
        kind: [(row["key"], row) for row in await line.fetch(statement)]
        for kind, statement in statements.items()
    }
    told = [each for each in found["REGISTRY_NUMBER"] if each[0] in STORIES]
    return Known(found | {"REGISTRY_NUMBER": found["REGISTRY_NUMBER"] + told * 40})


class Claims:
    """Makes claims that a caller may make, and says of each what the database should be told."""

    def __init__(self, known: Known, random: Random, kinds: Sequence[str], *, dated: bool) -> None:
        self._known, self._random, self._kinds, self._dated = known, random, kinds, dated

    def made(self, number: int) -> tuple[list[Mapping[str, Any]], list[Row]]:
        """So many claims as the gateway is sent them, and those that are no malformed ones as rows."""
        sent: list[Mapping[str, Any]] = []
        rows = []
        for index in range(number):
            if self._random.random() < 0.08:
                sent.append(self._malformed())
                continue
            claim, row = self._claim(index)
            sent.append(claim)
            rows.append(row)
        return sent, rows

    def _malformed(self) -> Mapping[str, Any]:
        unseen = {"snils"} if "SNILS" not in self._kinds else set()
        unseen |= set() if self._dated else {"birthDate"}
        return self._random.choice([each for each in MALFORMED if not unseen.intersection(each)])

    def _claim(self, index: int) -> tuple[Mapping[str, Any], Row]:
        random, kind = self._random, self._random.choice(self._kinds)
        key, person = random.choice(self._known.keys[kind])
        if random.random() < 0.1:
            key, person = random.choice(NOBODYS[kind]), None
        if person is None or random.random() < 0.1:  # somebody else's name
            _, person = random.choice(self._known.keys["SNILS"])
        names = {
            column: self._name(person[column])
            for column in ("last_name", "first_name", "middle_name")
            if person[column] and random.random() < 0.6
        }
        born = person["birth_date"] if self._dated and random.random() < 0.5 else None
        if born is not None and random.random() < 0.3:
            born += dt.timedelta(days=1)
        trimmed = {name: " ".join(text.split()) for name, text in names.items()}
        row = Row(index, kind, key, **trimmed, birth_date=born)
        fields = {"last_name": "lastName", "first_name": "firstName", "middle_name": "middleName"}
        sent: dict[str, Any] = {FIELDS[kind]: self._typed(kind, key)}
        sent |= {fields[column]: text for column, text in names.items()}
        if born is not None:
            sent["birthDate"] = born.isoformat()
        return sent, row

    def _name(self, name: str) -> str:
        """A name as somebody may type it, right or wrong."""
        return self._random.choice((
            name, name, name.upper(), name.lower(), name.replace("ё", "е"), f" {name}\u00a0", name + "а",
        ))  # fmt: skip

    def _typed(self, kind: str, key: str) -> str:
        """A key as somebody may type it."""
        if kind == "SNILS":
            return self._random.choice((key, f"{key[:3]}-{key[3:6]}-{key[6:9]} {key[9:]}", f" {key} "))
        if kind == "LICENSE_NUMBER":
            return self._random.choice((key, key.lower(), key.replace("-", "\u2011"), key.replace("Л", "L")))
        return self._random.choice((key, f" {key}", f"{key}\u00a0"))

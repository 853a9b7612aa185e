"""The code lists (справочники), loaded once. Knows no registry; an unknown code is no error."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any


class Dictionary(StrEnum):
    """A code list."""

    REGIONS = "regions"
    POSITIONS = "positions"
    SPECIALTIES = "specialties"
    ORGANIZATION_KINDS = "organization_kinds"
    LICENSE_ACTIVITIES = "license_activities"
    CARE_KINDS = "care_kinds"
    QUALIFICATION_CATEGORIES = "qualification_categories"
    ACCREDITATION_KINDS = "accreditation_kinds"
    EDUCATION_KINDS = "education_kinds"
    EMPLOYMENT_KINDS = "employment_kinds"


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its name, which is None for an unknown one. `attributes` are the list's other columns."""

    code: str
    name: str | None
    dictionary: Dictionary
    known: bool
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DictionaryInfo:
    """A list as the state publishes it: its name and OID, where it has them, and how many codes it has."""

    dictionary: Dictionary
    title: str
    oid: str | None
    size: int


_OFFICIAL: Mapping[Dictionary, tuple[str, str | None]] = {
    Dictionary.REGIONS: ("Субъекты Российской Федерации", "1.2.643.5.1.13.13.99.2.206"),
    Dictionary.POSITIONS: (
        "Должности медицинских и фармацевтических работников",
        "1.2.643.5.1.13.13.11.1002",
    ),
    Dictionary.SPECIALTIES: ("Номенклатура специальностей", "1.2.643.5.1.13.13.11.1066"),
    Dictionary.ORGANIZATION_KINDS: ("Виды медицинских организаций", None),
    Dictionary.LICENSE_ACTIVITIES: ("Работы (услуги), составляющие медицинскую деятельность", None),
    Dictionary.CARE_KINDS: ("Виды медицинской помощи в лицензиях", None),
    Dictionary.QUALIFICATION_CATEGORIES: ("Квалификационные категории", "1.2.643.5.1.13.2.1.1.202"),
    Dictionary.ACCREDITATION_KINDS: ("Виды аккредитации", "1.2.643.5.1.13.13.11.1100"),
    Dictionary.EDUCATION_KINDS: ("Виды образования", "1.2.643.5.1.13.13.11.1110"),
    Dictionary.EMPLOYMENT_KINDS: ("Виды занятости", "1.2.643.5.1.13.2.1.1.209"),
}

_CARE_KINDS = (
    ("PHC_PRE", "первичная доврачебная медико-санитарная помощь"),
    ("PHC_DOC", "первичная врачебная медико-санитарная помощь"),
    ("PHC_SPEC", "первичная специализированная медико-санитарная помощь"),
    ("SPEC", "специализированная, в том числе высокотехнологичная, медицинская помощь"),
    ("EMERG", "скорая, в том числе скорая специализированная, медицинская помощь"),
    ("PALL", "паллиативная медицинская помощь"),
    ("EXAM", "медицинские осмотры и освидетельствования"),
    ("EXPERT", "медицинские экспертизы"),
    ("BLOOD", "обращение донорской крови и её компонентов"),
    ("TRANSPLANT", "трансплантация органов и тканей"),
)


class CodeList(dict[str, Entry]):
    """The entries of one list by code. A code that it lacks gives an unknown entry, which is not kept."""

    def __init__(self, dictionary: Dictionary, entries: Mapping[str, Entry]) -> None:
        super().__init__(entries)
        self._dictionary = dictionary

    def __missing__(self, code: str) -> Entry:
        return Entry(code, None, self._dictionary, known=False, attributes={})


class Dictionaries:
    """Every code list, in memory."""

    def __init__(self, lists: Mapping[Dictionary, Mapping[str, Entry]]) -> None:
        self.lists: Mapping[str, CodeList] = {
            name: CodeList(name, entries) for name, entries in lists.items()
        }
        """The lists by name."""

    @classmethod
    def load(cls) -> "Dictionaries":
        """The lists that ship with Svod."""
        return cls({dictionary: _entries(dictionary) for dictionary in Dictionary})

    def entry(self, dictionary: str, code: str) -> Entry:
        """The entry of a code; `known` tells whether the list has it."""
        return self.lists[Dictionary(dictionary)][code]

    def entries(self, dictionary: str) -> tuple[Entry, ...]:
        """Every entry of a list, in its order."""
        return tuple(self.lists[Dictionary(dictionary)].values())

    def info(self, dictionary: str) -> DictionaryInfo:
        """What a list is called, officially."""
        named = Dictionary(dictionary)
        title, oid = _OFFICIAL[named]
        return DictionaryInfo(named, title, oid, len(self.lists[named]))

    def listing(self) -> tuple[DictionaryInfo, ...]:
        """All lists."""
        return tuple(self.info(dictionary) for dictionary in Dictionary)


def _entries(dictionary: Dictionary) -> Mapping[str, Entry]:
    if dictionary is Dictionary.CARE_KINDS:
        rows: list[dict[str, Any]] = [{"code": code, "name": name} for code, name in _CARE_KINDS]
    else:
        text = files("sources").joinpath("reference", f"{dictionary}.json").read_text(encoding="utf-8")
        rows = json.loads(text)
    return {row["code"]: _entry(dictionary, row) for row in rows}


def _entry(dictionary: Dictionary, row: Mapping[str, Any]) -> Entry:
    attributes = {name: value for name, value in row.items() if name not in ("code", "name")}
    return Entry(row["code"], row["name"], dictionary, known=True, attributes=attributes)

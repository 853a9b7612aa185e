"""What searches are asked with: values of the registries, drawn by a seed, hardly ever twice the same."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from random import Random
from typing import Any

import asyncpg

from sources.registry import Registry

SAMPLE = 2_000
"""Rows that values are drawn from: common ones come as often as they are common."""


class Value(StrEnum):
    """A place in a search's variables that a drawn value takes."""

    REGION = auto()
    LARGE_REGION = auto()
    SMALL_REGION = auto()
    SPECIALTY = auto()
    RARE_SPECIALTY = auto()
    POSITION = auto()
    ACTIVITY = auto()
    KIND = auto()
    SURNAME = auto()
    COMMON_SURNAME = auto()
    FULL_NAME = auto()
    SURNAME_BEGINNING = auto()
    SURNAME_WITH_TYPO = auto()
    SURNAME_IN_LATIN = auto()
    SURNAME_AND_POSITION = auto()
    SURNAME_AND_ORGANIZATION = auto()
    ORGANIZATION_NAME = auto()
    NUMBER = auto()
    CREDENTIAL_NUMBER = auto()
    LICENSE_NUMBER = auto()
    OID = auto()
    LARGE_OID = auto()
    BIRTH_DATE = auto()
    TODAY = auto()
    WEEKS_AHEAD = auto()
    MONTHS_AHEAD = auto()
    YEARS_AGO = auto()


@dataclass(frozen=True, slots=True)
class Values:
    """The values that each place may take."""

    known: Mapping[Value, Sequence[Any]]

    def filled(self, template: Any, chance: Random) -> Any:
        """The template with a value drawn for every place."""
        match template:
            case Value():
                return chance.choice(self.known[template])
            case dict():
                return {name: self.filled(each, chance) for name, each in template.items()}
            case list() | tuple():
                return [self.filled(each, chance) for each in template]
            case _:
                return template


async def values(urls: Mapping[Registry, str], day: dt.date) -> Values:
    """The values of these registries: the same for the same data and day."""
    people = await _rows(urls[Registry.WORKERS], _PEOPLE)
    certified = await _rows(urls[Registry.QUALIFICATIONS], _CERTIFIED)
    licensed = await _rows(urls[Registry.LICENSES], _LICENSED)
    organizations = await _rows(urls[Registry.ORGANIZATIONS], _ORGANIZATIONS)
    staffed = await _rows(urls[Registry.WORKERS], _STAFFED)
    known = _of_people(people) | _of_names(
        people, organizations, await _rows(urls[Registry.WORKERS], _COMMON)
    )
    return Values(
        known
        | {
            Value.SPECIALTY: [row["specialty_code"] for row in certified],
            Value.RARE_SPECIALTY: _by_count([row["specialty_code"] for row in certified])[
                len(certified) // 100 :
            ],
            Value.CREDENTIAL_NUMBER: [row["number"] for row in certified],
            Value.LICENSE_NUMBER: [row["number"] for row in licensed],
            Value.ACTIVITY: [row["activity_code"] for row in licensed],
            Value.KIND: [row["kind_code"] for row in organizations],
            Value.OID: [row["organization_oid"] for row in people],
            Value.LARGE_OID: [row["organization_oid"] for row in staffed],
            Value.TODAY: [day.isoformat()],
            Value.WEEKS_AHEAD: _days(day, range(14, 60)),
            Value.MONTHS_AHEAD: _days(day, range(60, 365)),
            Value.YEARS_AGO: _days(day, range(-3650, -365, 7)),
        }
    )


def _of_people(people: Sequence[Mapping[str, Any]]) -> dict[Value, Sequence[Any]]:
    regions = _by_count([row["region_code"] for row in people])
    return {
        Value.REGION: [row["region_code"] for row in people],
        Value.LARGE_REGION: regions[:4],
        Value.SMALL_REGION: regions[len(regions) // 2 :],
        Value.POSITION: [row["position_code"] for row in people],
        Value.NUMBER: [row["registry_number"] for row in people],
        Value.BIRTH_DATE: [row["birth_date"].isoformat() for row in people],
    }


def _of_names(
    people: Sequence[Mapping[str, Any]],
    organizations: Sequence[Mapping[str, Any]],
    common: Sequence[Mapping[str, Any]],
) -> dict[Value, Sequence[Any]]:
    surnames = [row["last_name"] for row in people if len(row["last_name"]) > 5]
    names = [row["short_name"] for row in organizations]
    words = [max(each.split(), key=len) for each in names]
    return {
        Value.SURNAME: surnames,
        Value.COMMON_SURNAME: [row["last_name"] for row in common],
        Value.FULL_NAME: [f"{row['first_name']} {row['last_name']}".lower() for row in people],
        Value.SURNAME_BEGINNING: [each[:4].lower() for each in surnames],
        Value.SURNAME_WITH_TYPO: [each[:2] + each[3:] for each in surnames],
        Value.SURNAME_IN_LATIN: [_in_latin(each) for each in surnames],
        Value.SURNAME_AND_POSITION: [
            f"{each} {_WORDS[at % len(_WORDS)]}" for at, each in enumerate(surnames)
        ],
        Value.SURNAME_AND_ORGANIZATION: [f"{a} {b}" for a, b in zip(surnames, words * 9, strict=False)],
        Value.ORGANIZATION_NAME: names,
    }


_WORDS = ("врач", "медицинская сестра", "фельдшер", "терапевт", "заведующий", "провизор")
_READINGS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        _READINGS.split(),
        strict=True,
    )
)


def _in_latin(name: str) -> str:
    return "".join(_LATIN.get(letter, letter) for letter in name.lower()).replace("-", "")


def _by_count(found: Sequence[str]) -> list[str]:
    """Each once, the most common first."""
    return sorted(set(found), key=lambda each: (-found.count(each), each))


def _days(day: dt.date, ahead: range) -> list[str]:
    return [(day + dt.timedelta(days=each)).isoformat() for each in ahead]


async def _rows(url: str, statement: str) -> Sequence[Mapping[str, Any]]:
    connection = await asyncpg.connect(url)
    try:
        found: Sequence[Mapping[str, Any]] = await connection.fetch(statement)
        return found
    finally:
        await connection.close()


_PEOPLE = f"""
    select w.*, e.organization_oid, e.position_code
    from (select * from worker order by md5(id::text) limit {SAMPLE}) w
    join employment e on e.worker_id = w.id and e.ended_on is null order by e.id"""
_CERTIFIED = f"select number, specialty_code from credential order by md5(number) limit {SAMPLE}"
_LICENSED = f"""
    select l.number, a.activity_code from (select * from license order by md5(number) limit {SAMPLE}) l
    join license_activity a on a.license_id = l.id order by a.id limit {SAMPLE}"""
_ORGANIZATIONS = f"select oid, short_name, kind_code from organization order by md5(oid) limit {SAMPLE}"
_STAFFED = """
    select organization_oid from employment where ended_on is null
    group by organization_oid order by count(*) desc, organization_oid limit 50"""
_COMMON = "select last_name from worker group by last_name order by count(*) desc, last_name limit 30"

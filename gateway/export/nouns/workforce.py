"""The columns of the workforce: the dimensions by which it is asked, and the measures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gateway.errors import ErrorCode
from gateway.export.column import Column, Edge, Kind, Noun, Whole
from gateway.faults import refused
from resolvers.workforce import DICTIONARIES

NAMED: Final = {"ORGANIZATION": "organization { shortName }", "DEPARTMENT": "department { name }"}
"""What names the value of a dimension whose values are no codes."""

CODED: Final = frozenset(each.value for each in DICTIONARIES)
"""Dimensions whose values are codes of a dictionary."""

DIMENSIONS: Final[Mapping[str, str]] = {
    "REGION": "Регион",
    "FEDERAL_DISTRICT": "Федеральный округ",
    "ORGANIZATION": "Организация",
    "ORGANIZATION_KIND": "Вид организации",
    "OWNERSHIP": "Форма собственности",
    "DEPARTMENT": "Подразделение",
    "SPECIALTY": "Специальность",
    "POSITION": "Должность",
    "POSITION_GROUP": "Группа должностей",
    "CATEGORY": "Категория",
    "SEX": "Пол",
    "AGE_BAND": "Возраст",
    "CREDENTIAL_YEAR": "Год допуска",
    "EMPLOYMENT_KIND": "Вид занятости",
    "CREDENTIAL_STATUS": "Статус допуска",
    "ELIGIBLE": "Вправе работать",
}

MEASURES: Final[Mapping[str, str]] = {
    "WORKERS": "Работников",
    "RATES": "Занято ставок",
    "POSTS": "Ставок по штату",
    "VACANCIES": "Вакансий",
    "CREDENTIALS": "Допусков",
    "CREDENTIALS_ACTIVE": "Действующих допусков",
    "CREDENTIALS_EXPIRED": "Истёкших допусков",
    "CREDENTIALS_RENEWING": "Продлеваемых допусков",
    "CREDENTIALS_REVOKED": "Отозванных допусков",
    "EXPIRING": "Допусков истекает",
    "CATEGORY_SHARE": "Доля с категорией",
    "MEAN_AGE_BAND": "Средний возраст, от",
}

ARGUMENTS: Final = {
    "measures": "[WorkforceMeasure!]!",
    "where": "WorkforceWhere",
    "groupBy": "[WorkforceDimension!]",
    "expiringWithin": "Days! = 90",
}


def _workforce(given: Mapping[str, Any]) -> Noun:
    """The workforce by the dimensions and measures that are asked."""
    dimensions, measures = _words("groupBy", given, DIMENSIONS), _words("measures", given, MEASURES)
    columns = [column for at, each in enumerate(dimensions) for column in _dimension(at, each)]
    columns += [
        Column(_name(each), MEASURES[each], f"value{at}", Kind.NUMBER, usual=True)
        for at, each in enumerate(measures)
    ]
    columns.append(Column("suppressed", "Не показано", "suppressed", Kind.FLAG, usual=True))
    names = [NAMED[each] for each in dimensions if each in NAMED]
    selection = (
        f"suppressed rows {{ keys {{ {' '.join(['value entry { name }', *names])} }} values suppressed }}"
    )
    return replace(WORKFORCE, columns=tuple(columns), whole=Whole(selection, _rows), of=None)


def _dimension(at: int, each: str) -> list[Column]:
    """A column of the dimension's values and one of their names."""
    value = Column(_name(each), DIMENSIONS[each], f"key{at}.value", usual=True)
    if each not in CODED and each not in NAMED:
        return [value]
    path = {"ORGANIZATION": "organization.shortName", "DEPARTMENT": "department.name"}.get(each, "entry.name")
    named = Column(f"{_name(each)}Name", f"{DIMENSIONS[each]}, название", f"key{at}.{path}", usual=True)
    return [value, named]


def _rows(found: Mapping[str, Any]) -> list[Edge]:
    return [
        {
            "node": {
                **{f"key{at}": key for at, key in enumerate(row["keys"])},
                **{f"value{at}": value for at, value in enumerate(row["values"])},
                "suppressed": row["suppressed"],
            }
        }
        for row in found["rows"]
    ]


def _words(name: str, given: Mapping[str, Any], known: Mapping[str, str]) -> Sequence[str]:
    """The words of an argument, each of those that there are."""
    words = given.get(name) or ()
    right = isinstance(words, Sequence) and not isinstance(words, str)
    if not right or not all(isinstance(each, str) and each in known for each in words):
        told = f"{name}: should be words of: {', '.join(known)}."
        raise refused(ErrorCode.BAD_USER_INPUT, told, argument=[name])
    return words


def _name(word: str) -> str:
    """`ORGANIZATION_KIND` as columns are named: `organizationKind`."""
    first, *rest = word.lower().split("_")
    return first + "".join(map(str.capitalize, rest))


WORKFORCE: Final = Noun(
    "workforce",
    "Workforce",
    ARGUMENTS,
    (),
    whole=Whole("suppressed", _rows),
    of=_workforce,
)

"""Figures are exported as /graphql gives them, and what is left out is told."""

from typing import Any

import pytest
from graphql import GraphQLEnumType

from auth.principal import Grant, Principal, Role
from gateway.build import built_schema
from gateway.export.nouns.workforce import DIMENSIONS, MEASURES
from tests.docs.pages import DOCS, sections, tables
from tests.export.door import Door, lines

AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
QUESTION = """query($by: [WorkforceDimension!], $of: [WorkforceMeasure!]!, $where: WorkforceWhere) {
    workforce(groupBy: $by, measures: $of, where: $where) {
        suppressed rows { suppressed keys { value entry { name } organization { shortName } } values } } }"""


@pytest.mark.parametrize("caller", [None, "auditor"])
async def test_rows_are_those_of_graphql(door: Door, caller: str | None) -> None:
    door.tokens.principals["auditor"] = AUDITOR
    asked: dict[str, Any] = {"by": ["REGION", "SPECIALTY"], "of": ["WORKERS", "CATEGORY_SHARE"]}
    answer = (
        await door.asking.ask(QUESTION, asked, principal=AUDITOR)
        if caller
        else await door.asking.ask(QUESTION, asked)
    )
    assert not answer.errors
    expected = [
        {
            "region": region["value"],
            "regionName": (region["entry"] or {}).get("name"),
            "specialty": specialty["value"],
            "specialtyName": (specialty["entry"] or {}).get("name"),
            "workers": float(row["values"][0]),
            "categoryShare": None if row["values"][1] is None else float(row["values"][1]),
            "suppressed": row["suppressed"],
        }
        for row in answer.data["workforce"]["rows"]
        for region, specialty in [row["keys"]]
    ]
    given = {"groupBy": "REGION,SPECIALTY", "measures": asked["of"], "end": "line"}
    *rows, last = lines((await door.get("workforce.ndjson", caller, **given)).content)
    assert rows == expected
    assert rows
    assert last["@end"].get("suppressed", False) is answer.data["workforce"]["suppressed"]
    assert answer.data["workforce"]["suppressed"] is (caller is None)


async def test_as_a_table(door: Door) -> None:
    door.tokens.principals["auditor"] = AUDITOR
    given = {"groupBy": "ORGANIZATION", "measures": "WORKERS,VACANCIES", "titles": "ru", "limit": 3}
    found = await door.get("workforce.csv", "auditor", **given)
    assert found.status_code == 200, found.text
    head, *rows = found.content.decode("utf-8-sig").splitlines()
    assert head == 'Организация,"Организация, название",Работников,Вакансий,Не показано'
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ({}, None),
        ({"measures": "PEOPLE"}, "measures"),
        ({"measures": "WORKERS", "groupBy": "COLOUR"}, "groupBy"),
        ({"measures": "WORKERS", "after": "x"}, "after"),
        ({"measures": "WORKERS", "columns": "cursor"}, "columns"),
        ({"measures": "POSTS", "groupBy": "SEX"}, None),
    ],
)
async def test_what_means_nothing_is_refused(door: Door, given: Any, argument: str | None) -> None:
    refused = await door.get("workforce.csv", **given)
    [error] = refused.json()["errors"]
    assert (refused.status_code, error["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert argument is None or error["extensions"]["argument"] == [argument]


def test_every_dimension_and_measure_has_a_column_and_a_line_in_the_documentation() -> None:
    types = built_schema().graphql.type_map
    told = {row[2].strip("`") for row in tables(sections(DOCS / "export.md", 3)["workforce"])}
    for name, known in (("WorkforceDimension", DIMENSIONS), ("WorkforceMeasure", MEASURES)):
        found = types[name]
        assert isinstance(found, GraphQLEnumType)
        assert set(found.values) == set(known)
        assert set(known) <= told

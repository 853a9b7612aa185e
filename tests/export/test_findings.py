"""Findings are exported to those who may hear of them, with the people as far as they may be named."""

from auth.principal import Grant, Principal, Role
from tests.export.door import Door

REGULATOR = Principal("regulator", frozenset({Grant(Role.REGULATOR)}))
QUESTION = """query($after: String) { findings(first: 100, after: $after) {
    edges { node { id kind evidence { registry field value } worker { registryNumber } } }
    pageInfo { hasNextPage endCursor } } }"""
COLUMNS = "id,kind,registryNumber,evidence,remedy,cursor"


async def test_they_are_those_of_graphql(door: Door) -> None:
    door.tokens.principals["regulator"] = REGULATOR
    expected, after = [], None
    while True:
        answer = await door.asking.ask(QUESTION, {"after": after}, principal=REGULATOR)
        assert not answer.errors
        page = answer.data["findings"]
        expected += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    rows = await door.rows("findings", "regulator", columns=COLUMNS, end="none")
    assert [(row["id"], row["kind"]) for row in rows] == [(each["id"], each["kind"]) for each in expected]
    assert len(rows) > 300
    for row, each in zip(rows, expected, strict=True):
        assert row["registryNumber"] == (each["worker"] and each["worker"]["registryNumber"])
        told = {f"{of['registry']} {of['field']}: {of['value'] or ''}" for of in each["evidence"] or ()}
        assert set(row["evidence"]) == told
    rest = await door.rows("findings", "regulator", columns=COLUMNS, after=rows[299]["cursor"], end="none")
    assert rest == rows[300:]


async def test_who_may_not_hear_of_them_is_refused(door: Door) -> None:
    refused = await door.get("findings.csv")
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    refused = await door.get("findings.csv", query="x")
    assert refused.json()["errors"][0]["extensions"]["argument"] == ["query"]

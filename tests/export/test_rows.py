"""An export has the rows, in the order, that /graphql gives page by page."""

from typing import Any

import pytest

from gateway.export.asked import FileFormat
from gateway.export.nouns import NOUNS
from tests.export.door import Door, lines

KEYS = {"workers": "registryNumber", "organizations": "oid", "licenses": "number", "credentials": "number"}
TYPES = {
    "workers": "Worker",
    "organizations": "Organization",
    "licenses": "License",
    "credentials": "Credential",
}


async def paged(door: Door, root: str, **given: Any) -> list[str]:
    """The keys of everything that a root finds, asked a hundred at a time."""
    noun, key = TYPES[root], KEYS[root]
    question = (
        f"query($where: {noun}Where, $orderBy: [{noun}Order!], $query: String, $after: String) {{"
        f" {root}(where: $where, orderBy: $orderBy, query: $query, first: 100, after: $after) {{"
        f" nodes {{ {key} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )
    found: list[str] = []
    after = None
    while True:
        answer = await door.asking.ask(question, given | {"after": after})
        assert not answer.errors, answer.errors
        page = answer.data[root]
        found += [node[key] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize("root", KEYS)
async def test_everything_is_exported_once_in_the_order_of_its_key(door: Door, root: str) -> None:
    rows = await door.rows(root)
    assert [row[KEYS[root]] for row in rows] == await paged(door, root)


SEARCHES: list[tuple[str, dict[str, Any]]] = [
    ("workers", {"where": {"regions": ["77", "78"]}}),
    (
        "workers",
        {"where": {"eligibility": {"allowed": True}}, "orderBy": [{"by": "NAME", "direction": "DESC"}]},
    ),
    (
        "workers",
        {"where": {"employments": {"some": {"current": True}}}, "orderBy": [{"by": "NEAREST_EXPIRY"}]},
    ),
    ("workers", {"query": "иван"}),
    ("organizations", {"where": {"licensed": True}, "orderBy": [{"by": "STAFF", "direction": "DESC"}]}),
    ("credentials", {"where": {"inForce": True}}),
]


@pytest.mark.parametrize(("root", "given"), SEARCHES)
async def test_a_search_is_exported_as_it_is_paged(door: Door, root: str, given: dict[str, Any]) -> None:
    expected = await paged(door, root, **given)
    assert expected
    rows = await door.rows(root, **given)
    assert [row[KEYS[root]] for row in rows] == expected


async def test_a_row_has_what_the_record_has(door: Door) -> None:
    columns = "registryNumber,fullName,regionName,position,organization,organizationOid,specialties,id"
    question = """query($number: RegistryNumber!) { worker(registryNumber: $number) {
        id registryNumber fullName region { name }
        employments(currentOnly: true) { kind position { name } organizationOid organization { shortName } }
        credentials { status issuedOn validUntil specialty { name } } } }"""
    rows = await door.rows("workers", columns=columns, limit="25")
    assert len(rows) == 25
    for row in rows:
        worker = (await door.asking.ask(question, {"number": row["registryNumber"]})).data["worker"]
        assert (row["id"], row["fullName"], row["regionName"]) == (
            worker["id"],
            worker["fullName"],
            worker["region"]["name"],
        )
        jobs = worker["employments"]
        main = next((job for job in jobs if job["kind"] == "MAIN"), jobs[0] if jobs else None)
        assert row["position"] == (main and main["position"]["name"])
        assert row["organizationOid"] == (main and main["organizationOid"])
        assert set(row["specialties"]) <= {each["specialty"]["name"] for each in worker["credentials"]}


async def test_a_limit_is_kept_to_the_row(door: Door) -> None:
    for limit in (1, 250, 251, 700):
        assert len(await door.rows("workers", limit=limit)) == limit


@pytest.mark.parametrize("file_format", FileFormat)
async def test_an_export_of_nothing_is_a_file_without_rows(door: Door, file_format: FileFormat) -> None:
    found = await door.get(f"workers.{file_format}", where={"regions": []})
    assert found.status_code == 200
    if file_format is FileFormat.NDJSON:
        assert lines(found.content) == []
    if file_format is FileFormat.CSV:
        assert found.content.decode("utf-8-sig").count("\r\n") == 1


async def test_many_rows_are_few_calls(door: Door) -> None:
    rows = await door.rows("workers", columns="registryNumber,organization,specialty")
    pages = 1 + -(-(len(rows) - 250) // 300)
    assert set(door.asking.calls.values()) == {pages}
    assert set(door.asking.calls) == {
        "workers_page",
        "employments_by_worker",
        "credentials_by_worker",
        "organizations_by_oid",
    }


def test_every_noun_has_the_columns_of_all() -> None:
    for root in KEYS:
        noun = NOUNS[root]
        names = [column.name for column in noun.columns]
        assert len(names) == len(set(names))
        assert noun.usual
        assert noun.column("cursor")

"""How an export is asked for, and what is refused, each by its name."""

from typing import Any

import httpx
import pytest

from tests.export.door import Door, lines


def fault(response: httpx.Response) -> dict[str, Any]:
    """The one error of a refusal."""
    [found] = response.json()["errors"]
    assert response.headers["cache-control"] == "no-store"
    return dict(found)


WHERE = {"regions": ["77"]}


async def test_get_post_and_form_ask_the_same(door: Door) -> None:
    given = {"where": WHERE, "columns": ["registryNumber", "region"], "limit": 5}
    url = door.url("workers.ndjson")
    by_json = await door.client.post(url, json=given)
    form = {"where": '{"regions": ["77"]}', "columns": "registryNumber,region", "limit": "5"}
    by_form = await door.client.post(url, data=form)
    by_get = await door.client.get(url, params=form)
    assert by_json.content == by_form.content == by_get.content
    assert {row["region"] for row in lines(by_get.content)} == {"77"}
    assert len(lines(by_get.content)) == 5


async def test_a_filter_too_long_for_a_query_string_goes_into_the_body(door: Door) -> None:
    numbers = [f"{number:012}" for number in range(1_000)]
    given = {"where": {"or": [{"regions": ["77"]}, {"registryNumbers": numbers}]}}
    found = await door.client.post(door.url("workers.ndjson"), json=given)
    assert found.status_code in (200, 400), found.text
    assert (
        await door.client.get(door.url("workers.ndjson"), params={"where": "x" * 20_000})
    ).status_code == 431


@pytest.mark.parametrize(
    ("given", "argument", "says"),
    [
        (
            {"columns": "registryNumber,salary"},
            "columns",
            "`salary` is no column of workers, which have registry",
        ),
        ({"columns": "sex,sex"}, "columns", "once"),
        ({"columns": ","}, "columns", "no column"),
        ({"limit": "0"}, "limit", "at least 1"),
        ({"limit": "many"}, "limit", "at least 1"),
        ({"locale": "fr"}, "locale", "should be one of: en, ru"),
        ({"end": "maybe"}, "end", "should be one of"),
        ({"header": "maybe"}, "header", "`true` or `false`"),
        ({"token": "x"}, "token", "is no parameter"),
        ({"access_token": "x"}, "access_token", "is no parameter"),
    ],
)
async def test_a_wrong_parameter_is_named(door: Door, given: Any, argument: str, says: str) -> None:
    response = await door.get("workers.csv", **given)
    found = fault(response)
    assert (response.status_code, found["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert found["extensions"]["argument"] == [argument]
    assert says in found["message"]


async def test_a_wrong_filter_is_refused_as_graphql_refuses_it(door: Door) -> None:
    response = await door.get("workers.csv", where={"salary": 1})
    assert response.status_code == 400
    assert fault(response)["extensions"]["code"] == "BAD_USER_INPUT"
    assert "salary" in fault(response)["message"]
    response = await door.get("workers.csv", where={"bornOn": "1970-01-01"})
    assert (response.status_code, fault(response)["extensions"]["code"]) == (403, "FORBIDDEN")
    response = await door.get("workers.csv", where="{")
    assert (response.status_code, fault(response)["extensions"]["code"]) == (400, "BAD_REQUEST")


async def test_a_cursor_of_another_filter_is_refused(door: Door) -> None:
    rows = await door.rows("workers", columns="cursor", limit=1)
    response = await door.get("workers.csv", after=rows[0]["cursor"], where=WHERE)
    assert (response.status_code, fault(response)["extensions"]["code"]) == (400, "BAD_CURSOR")


@pytest.mark.parametrize("file", ["workers.pdf", "people.csv", "workers", "x/workers.csv", ""])
async def test_what_is_not_there_is_not_found(door: Door, file: str) -> None:
    response = await door.get(file)
    assert (response.status_code, fault(response)["extensions"]["code"]) == (404, "NOT_FOUND")


async def test_another_method_or_body_is_refused(door: Door) -> None:
    url = door.url("workers.csv")
    response = await door.client.put(url)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST")
    response = await door.client.post(url, content=b"<x/>", headers={"Content-Type": "text/xml"})
    assert response.status_code == 415
    response = await door.client.post(url, json=[])
    assert (response.status_code, fault(response)["extensions"]["code"]) == (400, "BAD_REQUEST")
    response = await door.client.post(f"{url}?limit=1", json={})
    assert (response.status_code, fault(response)["extensions"]["code"]) == (400, "BAD_REQUEST")
    response = await door.client.get(f"{url}?limit=1&limit=2")
    assert "given more than once" in fault(response)["message"]


async def test_head_tells_what_get_would_and_asks_no_registry(door: Door) -> None:
    given = {"columns": "registryNumber,snils"}
    head = await door.client.head(door.url("workers.csv"), params=given)
    assert (head.status_code, head.content, door.asking.asked) == (200, b"", [])
    whole = await door.client.get(door.url("workers.csv"), params=given)
    own = {"content-type", "content-disposition", "svod-withheld", "cache-control"}
    assert {name: head.headers[name] for name in own} == {name: whole.headers[name] for name in own}
    assert (await door.client.head(door.url("workers.csv"), params={"columns": "x"})).status_code == 400


async def test_a_foreign_page_may_not_ask(door: Door) -> None:
    response = await door.client.get(door.url("workers.csv"), headers={"Origin": "https://evil.example"})
    assert (response.status_code, fault(response)["extensions"]["code"]) == (403, "FORBIDDEN")

"""An export shows a caller what /graphql does, says what it does not show, and goes on record like it."""

from auth.principal import Grant, Principal, Role
from demo import stories
from tests.export.door import Door, lines

HOSPITAL = frozenset({stories.CITY_HOSPITAL})
EMPLOYER = Principal("employer", frozenset({Grant(Role.EMPLOYER, HOSPITAL)}))
AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
OWN = {"or": [{"oids": [stories.CITY_HOSPITAL]}, {"parentOid": stories.CITY_HOSPITAL}]}
STAFF = {"employments": {"some": {"current": True, "organization": OWN}}}
PERSONAL = "registryNumber,snils,birthDate,rate"


async def test_the_public_gets_nothing_but_what_is_public(door: Door) -> None:
    found = await door.get("workers.ndjson", columns=PERSONAL, limit=300)
    *rows, last = lines(found.content)
    assert {(row["snils"], row["birthDate"], row["rate"]) for row in rows} == {(None, None, None)}
    assert found.headers["svod-withheld"] == "snils, birthDate, rate"
    told = {line["coordinate"]: line for line in last["@end"]["access"]}
    assert told["Worker.snils"] == {
        "coordinate": "Worker.snils",
        "outcome": "WITHHELD",
        "reason": "ROLE",
        "rows": 300,
    }
    asked = {name for call in door.asking.asked for name in call.columns or ()}
    assert not {"birth_date", "rate"} & asked


async def test_usual_columns_are_everyones(door: Door) -> None:
    for noun in ("workers", "organizations", "licenses", "credentials"):
        found = await door.get(f"{noun}.ndjson", limit=20)
        assert not {"svod-withheld", "svod-masked"} & found.headers.keys()
        assert "@end" not in lines(found.content)[-1]
    assert door.events == []


async def test_masks_are_masks(door: Door) -> None:
    door.tokens.principals["auditor"] = AUDITOR
    found = await door.get("workers.ndjson", "auditor", columns=PERSONAL, limit=40)
    *rows, last = lines(found.content)
    assert all(row["snils"].startswith("***-***-*** ") and row["birthDate"] is None for row in rows)
    assert (found.headers["svod-masked"], found.headers["svod-withheld"]) == ("snils", "birthDate")
    outcomes = {(line["coordinate"], line["outcome"]) for line in last["@end"]["access"]}
    assert outcomes == {("Worker.snils", "MASKED"), ("Worker.birthDate", "WITHHELD")}


async def test_an_employer_gets_his_staff_and_of_others_what_is_public(door: Door) -> None:
    door.tokens.principals["employer"] = EMPLOYER
    *rows, last = await door.rows("workers", "employer", columns=f"{PERSONAL},organizations")
    seen = {row["registryNumber"] for row in rows if row["snils"] is not None}
    staff = await door.rows("workers", columns="registryNumber", where=STAFF)
    assert seen == {row["registryNumber"] for row in staff}
    assert 0 < len(seen) < len(rows)
    [line] = [line for line in last["@end"]["access"] if line["coordinate"] == "Worker.snils"]
    assert (line["reason"], line["rows"]) == ("EXTENT", len(rows) - len(seen))


async def test_every_page_with_personal_data_is_on_record(door: Door) -> None:
    door.tokens.principals["employer"] = EMPLOYER
    rows = await door.rows("workers", "employer", columns="id,snils", where=STAFF, end="none")
    released = [each for event in door.events for each in event.released]
    assert {value for each in released for value in each.values} == {"Worker.snils"}
    assert sum(len(each.subjects) for each in released) == len(rows)
    assert {(event.transport, event.operation) for event in door.events} == {("export", "ExportWorkers")}


async def test_who_wants_refusals_gets_one(door: Door) -> None:
    door.tokens.principals["employer"] = EMPLOYER
    headers = {"Authorization": "Bearer employer", "X-Access-Mode": "reject"}
    url = door.url("workers.csv")
    refused = await door.client.get(url, params={"columns": PERSONAL}, headers=headers)
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    public = await door.client.get(url, params={"limit": "5"}, headers=headers)
    assert public.status_code == 200


async def test_a_wrong_token_is_refused(door: Door) -> None:
    refused = await door.get("workers.csv", "nobody")
    assert (refused.status_code, door.asking.asked) == (401, [])
    assert "Bearer" in refused.headers["www-authenticate"]

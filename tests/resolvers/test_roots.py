"""The roots: which arguments go together, what each fault is told, and what is asked of whom."""

from collections.abc import Mapping
from uuid import uuid4

import asyncpg
import pytest

from auth.principal import Grant, Principal, Role
from resolvers.ids import global_id, parsed_id
from sources.registry import Registry
from tests.asking import Asking

REGULATOR = Principal("regulator", frozenset({Grant(Role.REGULATOR)}))
ELSEWHERE = Principal("regulator", frozenset({Grant(Role.REGULATOR, regions=frozenset({"00"}))}))

ONE_OF_TWO = "give exactly one of the arguments `registryNumber` and `snils`"
OID_OR_PAIR = "give either the argument `oid`, or `inn` and `ogrn` together"
NOBODYS_SNILS = "00000000000"
BOUNDS = "argument `first` must be from 1 to 100, but is"
INN, OGRN = "7707083893", "1027700132195"


async def row(url: str, sql: str) -> Mapping[str, object]:
    """One row of a registry."""
    connection = await asyncpg.connect(url)
    found = await connection.fetchrow(sql)
    await connection.close()
    assert found is not None
    return dict(found)


async def fault(asking: Asking, query: str, principal: Principal = REGULATOR) -> tuple[str, str]:
    """The code and message of the only error."""
    [error] = (await asking.ask(query, None, principal, purpose="inspection")).errors
    return str(error["extensions"]["code"]), str(error["message"])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ worker { id } }", ONE_OF_TWO),
        ("{ worker(registryNumber: null, snils: null) { id } }", ONE_OF_TWO),
        ('{ worker(registryNumber: "1", snils: "11223344595") { id } }', ONE_OF_TWO),
        ("{ organization { id } }", OID_OR_PAIR),
        (f'{{ organization(inn: "{INN}") {{ id }} }}', OID_OR_PAIR),
        (f'{{ organization(ogrn: "{OGRN}") {{ id }} }}', OID_OR_PAIR),
        (f'{{ organization(oid: "1.2.3", inn: "{INN}") {{ id }} }}', OID_OR_PAIR),
        (
            f'{{ organization(oid: "1.2.3", inn: "{INN}", ogrn: "{OGRN}") {{ id }} }}',
            OID_OR_PAIR,
        ),
        (
            "{ workers(first: 0) { nodes { id } } }",
            f"{BOUNDS} 0",
        ),
        (
            "{ licenses(first: 101) { nodes { id } } }",
            f"{BOUNDS} 101",
        ),
        (
            '{ organizations(after: "x") { nodes { id } } }',
            "argument `after` holds no cursor of Svod",
        ),
        ('{ node(id: "x") { id } }', "this is not a global id of Svod"),
    ],
)
async def test_what_cannot_be_answered_is_told_and_no_registry_is_asked(
    asking: Asking, query: str, message: str
) -> None:
    code = "BAD_CURSOR" if "cursor" in message else "BAD_ID" if "global id" in message else "BAD_USER_INPUT"

    assert await fault(asking, query) == (code, message)
    assert asking.calls == {}


async def test_more_ids_than_may_be_asked_at_once_are_refused(asking: Asking) -> None:
    answer = await asking.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["x"] * 101})

    assert answer.errors[0]["message"] == "argument `ids` may hold 100 ids at most, but holds 101"


async def test_nodes_stand_in_the_order_of_their_ids_one_read_a_type(
    asking: Asking, registries: Mapping[Registry, str]
) -> None:
    worker = global_id(
        "Worker", str((await row(registries[Registry.WORKERS], "select id from worker"))["id"])
    )
    license_ = global_id(
        "License", str((await row(registries[Registry.LICENSES], "select id from license"))["id"])
    )
    nobody = global_id("Worker", uuid4())
    ids = [license_, nobody, worker, worker]

    answer = await asking.ask("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {"ids": ids})

    assert answer.errors == []
    assert [node and node["id"] for node in answer.data["nodes"]] == [license_, None, worker, worker]
    assert asking.calls == {"workers_by_id": 1, "licenses_by_id": 1}
    assert [len(call.arguments[0]) for call in asking.asked if call.method == "workers_by_id"] == [2]


async def test_a_worker_is_found_by_either_key_by_whom_may_know_it(
    asking: Asking, registries: Mapping[Registry, str]
) -> None:
    found = await row(registries[Registry.WORKERS], "select registry_number, snils from worker")
    by_snils = "query($key: Snils) { worker(snils: $key) { registryNumber } }"
    worker = {"registryNumber": found["registry_number"]}

    by_number = await asking.ask(
        "query($key: RegistryNumber) { worker(registryNumber: $key) { registryNumber } }",
        {"key": found["registry_number"]},
    )
    known = await asking.ask(by_snils, {"key": found["snils"]}, REGULATOR, purpose="inspection")

    assert by_number.data["worker"] == known.data["worker"] == worker


async def test_who_may_not_know_a_snils_gets_the_answer_for_nobody(
    asking: Asking, registries: Mapping[Registry, str]
) -> None:
    snils = (await row(registries[Registry.WORKERS], "select snils from worker"))["snils"]
    query = "query($key: Snils) { worker(snils: $key) { registryNumber } }"

    somebody = await asking.ask(query, {"key": snils}, ELSEWHERE, purpose="inspection")
    calls = asking.calls
    asking.clear()
    nobody = await asking.ask(query, {"key": NOBODYS_SNILS}, ELSEWHERE, purpose="inspection")

    assert somebody.errors == []
    assert somebody.data == {"worker": None}
    [line] = somebody.extensions["access"]
    assert (line["coordinate"], line["outcome"]) == ("Query.worker(snils:)", "WITHHELD")
    assert nobody.body() == somebody.body()
    assert asking.calls == calls == {"subjects_by_snils": 1}


async def test_the_rights_of_one_found_by_snils_are_asked_for_once(
    asking: Asking, registries: Mapping[Registry, str]
) -> None:
    found = await row(registries[Registry.WORKERS], "select snils, region_code from worker")
    there = Grant(Role.REGULATOR, regions=frozenset({str(found["region_code"])}))
    query = "query($key: Snils) { worker(snils: $key) { snils birthDate } }"

    answer = await asking.ask(
        query, {"key": found["snils"]}, Principal("regulator", frozenset({there})), "inspection"
    )

    assert answer.data["worker"]["snils"] == found["snils"]
    assert asking.calls == {"subjects_by_snils": 1, "workers_by_snils": 1}


async def test_the_public_may_not_ask_by_snils_and_no_registry_is_asked(asking: Asking) -> None:
    answer = await asking.ask('{ worker(snils: "11223344595") { registryNumber } }')

    assert [error["extensions"]["code"] for error in answer.errors] == ["FORBIDDEN"]
    assert "11223344595" not in str(answer.body())
    assert asking.calls == {}


async def test_of_organizations_that_share_inn_and_ogrn_the_one_without_a_parent_is_meant(
    asking: Asking, registries: Mapping[Registry, str]
) -> None:
    branch = await row(
        registries[Registry.ORGANIZATIONS],
        "select b.inn, b.ogrn, p.oid from organization b join organization p on p.oid = b.parent_oid"
        " and p.inn = b.inn and p.ogrn = b.ogrn and p.parent_oid is null",
    )

    answer = await asking.ask(
        "query($inn: Inn, $ogrn: Ogrn) { organization(inn: $inn, ogrn: $ogrn) { oid } }",
        {"inn": branch["inn"], "ogrn": branch["ogrn"]},
    )

    assert answer.data == {"organization": {"oid": branch["oid"]}}


@pytest.mark.parametrize("name", ["workers", "organizations", "licenses"])
async def test_walking_a_connection_gives_every_record_once(asking: Asking, name: str) -> None:
    page_of = "totalCount nodes { id } pageInfo { hasNextPage endCursor }"
    query = f"query($after: String) {{ {name}(first: 100, after: $after) {{ {page_of} }} }}"
    walked: list[str] = []
    after, goes_on, total = None, True, 0
    while goes_on and len(walked) < 1000:
        page = (await asking.ask(query, {"after": after})).data[name]
        walked += [node["id"] for node in page["nodes"]]
        after, goes_on, total = (
            page["pageInfo"]["endCursor"],
            page["pageInfo"]["hasNextPage"],
            page["totalCount"],
        )

    assert len(set(walked)) == len(walked) == min(total, len(walked))
    assert goes_on or len(walked) == total


async def test_a_connection_is_counted_only_when_asked(asking: Asking) -> None:
    await asking.ask("{ workers(first: 1) { nodes { id } edges { cursor } pageInfo { endCursor } } }")
    assert asking.calls == {"workers_page": 1}

    asking.clear()
    await asking.ask("{ workers(first: 1) { totalCount } }")
    assert asking.calls == {"workers_count": 1}


async def test_a_cursor_does_not_serve_another_filter_nor_another_connection(asking: Asking) -> None:
    page = await asking.ask('{ workers(first: 1, where: {regions: ["77"]}) { edges { cursor } } }')
    cursor = page.data["workers"]["edges"][0]["cursor"]

    for other in (f'workers(after: "{cursor}")', f'licenses(after: "{cursor}")'):
        code, message = await fault(asking, f"{{ {other} {{ nodes {{ id }} }} }}")
        assert code == "BAD_CURSOR"
        assert message == "argument `after` holds a cursor of another connection or of another filter"


async def test_an_id_holds_no_personal_key(asking: Asking) -> None:
    answer = await asking.ask("{ workers(first: 100) { nodes { id } } }")

    assert {parsed_id(node["id"])[0] for node in answer.data["workers"]["nodes"]} == {"Worker"}


PERSONS_INN = "500100732259"


@pytest.mark.parametrize(
    ("query", "argument"),
    [
        (f'{{ organization(inn: "{PERSONS_INN}", ogrn: "304500116000157") {{ id }} }}', "inn"),
        (f'{{ organization(inn: "{PERSONS_INN}") {{ id }} }}', "inn"),
        (f'{{ organizations(where: {{inn: "{PERSONS_INN}"}}) {{ totalCount }} }}', "inn"),
        (f'{{ licenses(where: {{holderInn: "{PERSONS_INN}"}}) {{ totalCount }} }}', "holderInn"),
    ],
)
async def test_nobody_asks_by_a_persons_own_inn(asking: Asking, query: str, argument: str) -> None:
    told = f"`{argument}` takes the INN of an organization, 10 digits; a person's own finds nobody"

    assert await fault(asking, query) == ("BAD_USER_INPUT", told)
    assert asking.calls == {}

"""A saved search is its owner's alone, is what he saved, and finds what the same search finds."""

import datetime as dt
from typing import Any

import pytest

from auth.principal import PUBLIC, Lapse, LapseReason, Principal, Role
from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from projections.search.reader import SearchReader
from tests.asking import Asking, asking_over
from tests.cabinet.conftest import Registries, new_store
from tests.cabinet.saving import (
    DELETE,
    MINE,
    MOSCOW,
    ONE,
    RENAME,
    SAVE,
    codes,
    messages,
    named,
    saved,
    somebody,
)

CARDIOLOGISTS = {
    "workers": {
        "query": "ан",
        "where": {
            "regions": ["77", "50"],
            "credentials": {"some": {"specialties": ["118"], "validUntil": {"from": "2020-01-31"}}},
            "not": {"statuses": ["DECEASED"]},
        },
        "orderBy": [{"by": "NEAREST_EXPIRY", "direction": "DESC"}, {"by": "NAME", "nulls": "FIRST"}],
    }
}
PAGE = "totalCount edges { cursor node { registryNumber } } pageInfo { hasNextPage endCursor }"


async def test_it_finds_what_the_same_search_finds(asking: Asking) -> None:
    caller = somebody()
    kept = await saved(asking, caller, "Кардиологи", CARDIOLOGISTS)
    given = CARDIOLOGISTS["workers"]
    assert (kept["query"], kept["where"]) == (given["query"], given["where"])
    assert kept["orderBy"] == [
        {"by": "NEAREST_EXPIRY", "direction": "DESC", "nulls": "LAST"},
        {"by": "NAME", "direction": "ASC", "nulls": "FIRST"},
    ]
    direct = await asking.ask(
        "query ($query: String, $where: WorkerWhere, $orderBy: [WorkerOrder!])"
        " { workers(query: $query, where: $where, orderBy: $orderBy, first: 3) { %s } }" % PAGE,
        given,
        caller,
    )
    run = await asking.ask(
        ONE % f"totalCount workers(first: 3) {{ {PAGE} }} licenses {{ totalCount }}",
        {"id": kept["id"]},
        caller,
    )
    assert not run.errors
    assert direct.data["workers"]["totalCount"] > 0
    assert run.data["savedSearch"] == {
        "totalCount": direct.data["workers"]["totalCount"],
        "workers": direct.data["workers"],
        "licenses": None,
    }


@pytest.mark.parametrize(
    ("root", "search"),
    [
        ("organizations", {"where": {"licensed": True, "staff": {"from": 2}}}),
        ("licenses", {"where": {"statuses": ["ACTIVE"]}, "orderBy": [{"by": "HOLDER"}]}),
        ("credentials", {"query": "иванова"}),
        ("workers", {}),
    ],
)
async def test_each_root_can_be_kept(asking: Asking, root: str, search: dict[str, Any]) -> None:
    caller = somebody()
    kept = await saved(asking, caller, root, {root: search})
    answer = await asking.ask(
        ONE % f"root problem totalCount {root}(last: 2) {{ totalCount nodes {{ id }} }}",
        {"id": kept["id"]},
        caller,
    )
    assert not answer.errors
    found = answer.data["savedSearch"]
    assert found["root"] == root.upper().removesuffix("S")
    assert found["problem"] is None
    assert found["totalCount"] == found[root]["totalCount"] > 0
    assert len(found[root]["nodes"]) == min(2, found["totalCount"])


async def test_they_are_listed_by_name_in_pages(asking: Asking) -> None:
    caller = somebody()
    for name in ("в", "а", "б"):
        await saved(asking, caller, name)
    query = (
        "query ($after: String) { savedSearches(first: 2, after: $after)"
        " { totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage endCursor } } }"
    )
    first = (await asking.ask(query, {}, caller)).data["savedSearches"]
    assert [each["name"] for each in first["nodes"]] == ["а", "б"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    second = (await asking.ask(query, {"after": first["pageInfo"]["endCursor"]}, caller)).data[
        "savedSearches"
    ]
    assert [each["name"] for each in second["nodes"]] == ["в"]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)


async def test_it_is_renamed_and_deleted_by_its_owner(asking: Asking) -> None:
    caller = somebody()
    kept = await saved(asking, caller, "один")
    renamed = await asking.ask(RENAME, {"id": kept["id"], "name": "  два \u00a0 слова "}, caller)
    assert renamed.data == {"renameSavedSearch": {"name": "два слова"}}
    again = await asking.ask(RENAME, {"id": kept["id"], "name": "два слова"}, caller)
    assert not again.errors, "its own name is not taken"
    assert (await asking.ask(DELETE, {"id": kept["id"]}, caller)).data == {"deleteSavedSearch": kept["id"]}
    assert codes(await asking.ask(DELETE, {"id": kept["id"]}, caller)) == ["BAD_ID"]
    assert (await asking.ask(MINE, {}, caller)).data["savedSearches"]["totalCount"] == 0


@pytest.mark.parametrize("role", Role)
async def test_nobody_sees_or_changes_anothers(asking: Asking, role: Role) -> None:
    owner, other = somebody(), somebody(role)
    kept = await saved(asking, owner, "моё")
    mine = await asking.ask(MINE, {}, other)
    assert mine.data["savedSearches"] == {"totalCount": 0, "nodes": []}
    asked = await asking.ask(ONE % "name workers { totalCount }", {"id": kept["id"]}, other)
    assert (asked.data, list(asked.errors)) == ({"savedSearch": None}, [])
    for text, more in ((RENAME, {"name": "чужое"}), (DELETE, {})):
        answer = await asking.ask(text, {"id": kept["id"], **more}, other)
        assert codes(answer) == ["BAD_ID"]
        assert "no saved search of this id" in messages(answer)[0]
    listening = await asking.listen(
        "subscription ($id: ID!) { savedSearchChanged(id: $id) { totalCount } }", {"id": kept["id"]}, other
    )
    with pytest.raises(Exception, match="no saved search of this id"):
        await anext(listening)
    node = await asking.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": kept["id"]}, owner)
    assert codes(node) == ["BAD_ID"], "it is no record of a registry"
    assert (await asking.ask(MINE, {}, owner)).data["savedSearches"]["nodes"][0]["name"] == "моё"


async def test_one_subject_of_two_issuers_is_two(
    asking: Asking, own_servers: OwnServers, registries: Registries, kept_in: StoreUrls, today: dt.date
) -> None:
    caller = somebody()
    await saved(asking, caller, "моё")
    async with asking_over(
        registries,
        own_servers.redis_url,
        today,
        store_url=kept_in.runtime,
        issuer="https://other.example",
        audience="svod",
    ) as other:
        assert (await other.ask(MINE, {}, caller)).data["savedSearches"]["totalCount"] == 0


OPERATIONS = {
    "savedSearches": (MINE, {}),
    "savedSearch": (ONE % "name", {"id": "U2F2ZWRTZWFyY2g6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"}),
    "createSavedSearch": (SAVE, named("x")),
    "renameSavedSearch": (RENAME, {"id": "x", "name": "x"}),
    "deleteSavedSearch": (DELETE, {"id": "x"}),
}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_without_a_token_there_is_a_clear_error(asking: Asking, name: str) -> None:
    text, variables = OPERATIONS[name]
    answer = await asking.ask(text, variables, PUBLIC)
    assert answer.data == {name: None}
    assert codes(answer) == ["UNAUTHENTICATED"]
    assert "with a token" in messages(answer)[0]


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a_token_that_cannot_be_checked_opens_nothing(asking: Asking, name: str) -> None:
    lapses = (Lapse(Role.ANALYST, LapseReason.SESSIONS_UNAVAILABLE),)
    text, variables = OPERATIONS[name]
    answer = await asking.ask(text, variables, Principal("unchecked", lapses=lapses))
    assert codes(answer) == ["SESSIONS_UNAVAILABLE"]


async def test_after_a_restart_it_is_there(
    own_servers: OwnServers, registries: Registries, reader: SearchReader, today: dt.date
) -> None:
    urls, caller = await new_store(own_servers), somebody()
    told: list[Any] = []
    for _ in range(2):
        async with asking_over(
            registries,
            own_servers.redis_url,
            today,
            search=reader,
            store_url=urls.runtime,
            store_owner_url=urls.owner,
        ) as asking:
            if not told:
                await saved(asking, caller, "остаётся", CARDIOLOGISTS)
            told.append(
                (
                    await asking.ask(
                        "{ savedSearches { nodes { id name query where orderBy createdAt totalCount } } }",
                        {},
                        caller,
                    )
                ).data
            )
    assert told[0] == told[1]
    assert told[0]["savedSearches"]["nodes"][0]["name"] == "остаётся"


async def test_while_the_store_is_away_it_is_told_and_the_rest_is_answered(
    own_servers: OwnServers, registries: Registries, reader: SearchReader, today: dt.date
) -> None:
    away = "postgresql://nobody:x@127.0.0.1:1/nothing"
    async with asking_over(registries, own_servers.redis_url, today, search=reader, store_url=away) as asking:
        answer = await asking.ask("{ savedSearches { totalCount } workers { totalCount } }", {}, somebody())
        assert codes(answer) == ["CABINET_UNAVAILABLE"]
        assert answer.data["savedSearches"] is None
        assert answer.data["workers"]["totalCount"] > 0


async def test_without_a_store_nothing_is_kept(
    own_servers: OwnServers, registries: Registries, today: dt.date
) -> None:
    async with asking_over(registries, own_servers.redis_url, today) as asking:
        assert codes(await asking.ask(SAVE, named("x", MOSCOW), somebody())) == ["CABINET_UNAVAILABLE"]

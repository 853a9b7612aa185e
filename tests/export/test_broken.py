"""What ends an export early is told, in the file and by the transfer, and the rest can be had afterwards."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from auth.principal import Grant, Principal, Role
from sources.registry import Registry
from tests.export.door import Door, bearer, lines, texts

COLUMNS = {"columns": "registryNumber,organization,cursor"}
ANALYST = Principal("analyst", frozenset({Grant(Role.ANALYST)}))


class Cut(Exception):
    """The transfer ended before its end."""


async def received(door: Door, file: str, caller: str | None = None, **given: Any) -> AsyncIterator[bytes]:
    """The pieces of an export as they come. Raises Cut when it is broken off."""
    asked = door.client.stream("GET", door.url(file), params=texts(given), headers=bearer(caller))
    try:
        async with asked as response:
            assert response.status_code == 200
            async for piece in response.aiter_raw():
                yield piece
    except httpx.RemoteProtocolError as exc:
        raise Cut from exc


async def until_cut(door: Door, file: str, after_rows: int, then: Any, **given: Any) -> bytes:
    """What comes of an export of which `then` is done once so many rows have come."""
    content, done = b"", False
    try:
        async for piece in received(door, file, **given):
            content += piece
            if not done and content.count(b"\n") >= after_rows:
                then()
                done = True
    except Cut:
        return content
    raise AssertionError("the transfer was ended as if the export were whole")


@pytest.mark.parametrize("registry", [Registry.WORKERS, Registry.ORGANIZATIONS])
async def test_a_registry_that_goes_away_breaks_it_off_and_the_rest_can_be_had(
    door: Door, registry: Registry
) -> None:
    whole = await door.rows("workers", **COLUMNS)
    content = await until_cut(door, "workers.ndjson", 250, lambda: door.asking.down.add(registry), **COLUMNS)
    *rows, last = lines(content)
    broken = last["@broken"]
    assert rows == whole[: len(rows)]
    assert 250 <= len(rows) == broken["rows"] < len(whole)
    assert broken["error"]["extensions"] == {"code": "REGISTRY_UNAVAILABLE", "registry": registry.value}
    assert broken["after"] == rows[-1]["cursor"]
    assert not broken["whole"]
    door.asking.down.clear()
    assert rows + await door.rows("workers", **COLUMNS, after=broken["after"]) == whole


async def test_no_cell_is_empty_because_its_registry_was_away(door: Door) -> None:
    door.asking.down.add(Registry.ORGANIZATIONS)
    refused = await door.get("workers.csv")
    assert (refused.status_code, refused.headers["content-type"][:16]) == (503, "application/json")
    assert refused.json()["errors"][0]["extensions"]["code"] == "REGISTRY_UNAVAILABLE"
    assert (await door.get("workers.csv", columns="registryNumber,sex")).status_code == 200


async def test_a_registry_that_comes_back_soon_leaves_no_trace(door: Door) -> None:
    whole = await door.rows("workers", **COLUMNS)
    content, loop = b"", asyncio.get_running_loop()
    async for piece in received(door, "workers.ndjson", **COLUMNS):
        if not content:
            door.asking.down.add(Registry.ORGANIZATIONS)
            loop.call_later(0.1, door.asking.down.clear)
        content += piece
    assert lines(content) == whole


async def test_csv_says_where_to_go_on(door: Door) -> None:
    fall = door.asking.down.add
    content = await until_cut(door, "workers.csv", 250, lambda: fall(Registry.WORKERS), **COLUMNS)
    text = content.decode("utf-8-sig")
    *rows, last = text.splitlines()
    assert last.startswith(
        f"# BROKEN OFF after {len(rows) - 1} rows (REGISTRY_UNAVAILABLE); go on with after="
    )
    door.asking.down.clear()
    rest = await door.get("workers.csv", **COLUMNS, after=last.partition("after=")[2], header="false")
    whole = await door.get("workers.csv", **COLUMNS)
    assert "\r\n".join(rows) + "\r\n" + rest.text == whole.content.decode("utf-8-sig")


@pytest.mark.parametrize("file", ["workers.xlsx", "workers.parquet"])
async def test_a_file_that_needs_its_end_has_none(door: Door, file: str) -> None:
    whole = (await door.get(file)).content
    content = await until_cut(door, file, 0, lambda: door.asking.down.add(Registry.WORKERS))
    assert len(content) < len(whole)


async def test_a_token_that_is_revoked_ends_it(door: Door) -> None:
    door.tokens.principals["analyst"] = ANALYST
    forget = door.tokens.principals.clear
    content = await until_cut(door, "workers.ndjson", 250, forget, caller="analyst", **COLUMNS)
    assert lines(content)[-1]["@broken"]["error"]["extensions"]["code"] == "TOKEN_REVOKED"


async def test_a_client_whose_connection_breaks_goes_on_from_its_last_whole_row(door: Door) -> None:
    whole = (await door.get("workers.ndjson", **COLUMNS)).content
    parts: list[bytes] = []
    after: dict[str, str] = {}
    while sum(map(len, parts)) < len(whole):
        come = b""
        async for piece in received(door, "workers.ndjson", **COLUMNS, **after):
            come += piece[: len(piece) // 2 + 100]  # the connection breaks in the middle of a row
            if len(come) > 20_000:
                break
            if piece[len(piece) // 2 + 100 :]:
                come += piece[len(piece) // 2 + 100 :]
        kept = come[: come.rfind(b"\n") + 1]
        parts.append(kept)
        after = {"after": lines(kept)[-1]["cursor"]}
    assert len(parts) > 3
    assert b"".join(parts) == whole


async def test_who_hangs_up_leaves_nothing_running(door: Door) -> None:
    async for _ in received(door, "workers.ndjson"):
        break
    metrics = ""
    for _ in range(200):
        metrics = (await door.client.get(door.url("x").replace("export/x", "metrics"))).text
        if "svod_exports_running 0.0" in metrics:
            break
        await asyncio.sleep(0.01)
    assert "svod_exports_running 0.0" in metrics

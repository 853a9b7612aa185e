"""What every answer of the gateway carries, and the paths beside `/graphql`."""

import pytest

from tests.gateway.door import Door, opened


async def test_request_id_is_given_and_told(door: Door) -> None:
    first, second = await door.ask("{ hello }"), await door.ask("{ hello }")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_safe_request_id_of_the_caller_is_taken(door: Door) -> None:
    response = await door.ask("{ hello }", headers={"X-Request-Id": "trace-0123.4_5"})
    assert response.headers["x-request-id"] == "trace-0123.4_5"


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "a b c d e f", "<script>alert", "112-233-445-95", "11223344595"]
)
async def test_other_request_id_is_replaced(door: Door, given: str) -> None:
    response = await door.ask("{ hello }", headers={"X-Request-Id": given})
    assert response.headers["x-request-id"] != given


async def test_unknown_path_and_method_are_told_in_json(door: Door) -> None:
    base = door.url.removesuffix("/graphql")
    nothing = await door.client.get(f"{base}/nothing")
    assert (nothing.status_code, nothing.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
    other = await door.client.post(f"{base}/healthz")
    assert (other.status_code, other.json()["errors"][0]["extensions"]["code"]) == (405, "METHOD_NOT_ALLOWED")
    for response in (nothing, other):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert "server" not in response.headers


async def test_healthz_lives(door: Door) -> None:
    response = await door.client.get(door.url.replace("graphql", "healthz"))
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("answering", "store", "code", "status", "away"),
    [
        ({"WORKERS": True, "LICENSES": True}, True, 200, "ok", []),
        ({"WORKERS": True, "LICENSES": False}, True, 200, "degraded", ["LICENSES"]),
        ({"WORKERS": True, "LICENSES": True}, False, 200, "degraded", []),
        ({"WORKERS": False, "LICENSES": False}, True, 503, "unavailable", ["LICENSES", "WORKERS"]),
    ],
)
async def test_readyz_names_who_is_away(
    door: Door, answering: dict[str, bool], store: bool, code: int, status: str, away: list[str]
) -> None:
    door.readiness.answering, door.readiness.stored = answering, store
    response = await door.client.get(door.url.replace("graphql", "readyz"))
    told = {"status": status, "away": away, "store": "ok" if store else "unavailable"}
    assert (response.status_code, response.json()) == (code, told)


PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type,authorization",
}


async def test_no_other_origin_is_allowed_by_default(door: Door) -> None:
    origin = {"Origin": "https://front.example"}
    preflight = await door.client.options(door.url, headers=origin | PREFLIGHT)
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in preflight.headers
    assert "access-control-allow-origin" not in (await door.ask("{ hello }", headers=origin)).headers


async def test_listed_origin_is_allowed() -> None:
    async with opened(cors_origins=("https://front.example",)) as door:
        origin = {"Origin": "https://front.example"}
        preflight = await door.client.options(door.url, headers=origin | PREFLIGHT)
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == "https://front.example"
        assert "access-control-allow-credentials" not in preflight.headers
        answer = await door.ask("{ hello }", headers=origin)
        assert answer.headers["access-control-allow-origin"] == "https://front.example"
        other = await door.ask("{ hello }", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers

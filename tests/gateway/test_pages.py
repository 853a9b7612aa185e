"""Browsers at the real door: foreign pages make nothing happen, listed ones may ask; safe headers."""

from typing import Any

import pytest

from gateway.settings import SettingsError, environment_settings
from tests.gateway.door import Door, opened

FRONT = "https://front.example"
NOTE = "mutation { note }"
PREFLIGHT = {"Origin": FRONT, "Access-Control-Request-Method": "POST"}

# What a browser sends for another page without asking first: forms, pictures, links, fetch with `no-cors`.
SIMPLE: list[tuple[str, dict[str, Any]]] = [
    ("GET", {"params": {"query": "{ hello }"}, "headers": {"Sec-Fetch-Site": "cross-site"}}),
    ("GET", {"params": {"query": "{ hello }"}, "headers": {"Sec-Fetch-Site": "same-site"}}),
    ("GET", {"params": {"query": "{ hello }"}, "headers": {"Origin": "https://evil.example"}}),
    ("GET", {"params": {"query": NOTE}, "headers": {"Origin": "null"}}),
    ("POST", {"data": {"query": NOTE}, "headers": {"Origin": "https://evil.example"}}),
    ("POST", {"files": {"query": NOTE.encode()}, "headers": {"Origin": "https://evil.example"}}),
    (
        "POST",
        {
            "content": b'{"query": "mutation { note }"}',
            "headers": {"Content-Type": "text/plain", "Origin": "https://evil.example"},
        },
    ),
    ("POST", {"json": {"query": NOTE}, "headers": {"Origin": "https://evil.example"}}),
    ("POST", {"json": {"query": NOTE}, "headers": {"Sec-Fetch-Site": "cross-site"}}),
]


@pytest.mark.parametrize(("method", "request_"), SIMPLE)
async def test_a_foreign_page_makes_nothing_happen(door: Door, method: str, request_: dict[str, Any]) -> None:
    refused = await door.client.request(method, door.url, **request_)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert "access-control-allow-origin" not in refused.headers
    assert (door.traces.contexts, door.traces.mutations) == (0, 0)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_what_a_form_can_send_is_never_read(door: Door, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    refused = await door.client.post(door.url, content=b'{"query": "mutation { note }"}', headers=headers)
    assert (refused.status_code, door.traces.contexts) == (415, 0)


async def test_our_own_page_and_who_is_no_browser_may_ask(door: Door) -> None:
    own = f"http://127.0.0.1:{door.port}"
    told: list[dict[str, str]] = [
        {},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": own},
        {"Origin": own},
        # Behind a proxy that rewrites `Host`.
        {"Sec-Fetch-Site": "same-origin", "Origin": FRONT},
    ]
    for headers in told:
        assert (await door.ask("{ hello }", headers=headers)).status_code == 200


async def test_other_paths_are_open_to_links(door: Door) -> None:
    for path in ("healthz", "readyz"):
        url = door.url.replace("graphql", path)
        assert (await door.client.get(url, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200


async def test_a_listed_page_asks_first_and_browsers_keep_the_answer() -> None:
    async with opened(cors_origins=(FRONT,)) as door:
        asked = {
            "Origin": FRONT,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,authorization,x-access-purpose,graphql-cost",
        }
        preflight = await door.client.options(door.url, headers=asked)
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == FRONT
        assert preflight.headers["access-control-max-age"] == "7200"
        answer = await door.ask("{ hello }", headers={"Origin": FRONT, "Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == FRONT
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"} <= set(exposed)


@pytest.mark.parametrize("origins", [(FRONT,), ("*",)])
async def test_credentials_are_never_allowed(origins: tuple[str, ...]) -> None:
    async with opened(cors_origins=origins) as door:
        for answer in (
            await door.client.options(door.url, headers=PREFLIGHT),
            await door.ask("{ hello }", headers={"Origin": FRONT, "Cookie": "session=1"}),
        ):
            assert answer.status_code == 200
            assert answer.headers["access-control-allow-origin"] in (FRONT, "*")
            assert "access-control-allow-credentials" not in answer.headers


SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


async def test_every_answer_carries_the_headers_once(door: Door) -> None:
    root = door.url.removesuffix("graphql")
    for answer in (
        await door.ask("{ hello }"),
        await door.ask("{ absent }"),
        await door.ask("{ hello }", headers={"Accept": "text/event-stream"}),
        await door.ask("{ hello }", headers={"Origin": "https://evil.example"}),
        await door.client.get(root + "healthz"),
        await door.client.get(root + "absent"),
        await door.client.options(
            door.url, headers={"Origin": FRONT, "Access-Control-Request-Method": "POST"}
        ),
    ):
        for name, value in SAFE.items():
            assert answer.headers.get_list(name) == [value], (answer.request, name)
        assert "strict-transport-security" not in answer.headers


async def test_https_alone_is_told_where_there_is_tls() -> None:
    async with opened(behind_tls=True) as door:
        answer = await door.ask("{ hello }")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("origin", ["front.example", f"{FRONT}/", f"{FRONT}/page", ""])
def test_an_origin_of_another_shape_is_refused_by_name(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_CORS_ORIGINS", f'["{origin}"]')
    with pytest.raises(SettingsError) as refusal:
        environment_settings()
    assert refusal.value.faults == {
        "SVOD_CORS_ORIGINS": "should be origins like https://front.example, without a path"
    }

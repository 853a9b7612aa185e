"""What the explorer's doors answer, without a browser."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from gateway.explorer import BUILT, explorer_routes

SCRIPT = "explorer-ABCD2345.js"
ROLES = [{"role": "auditor", "label": "Auditor", "token": "t"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built explorer of two files."""
    (tmp_path / "index.html").write_text("<title>Svod</title>")
    (tmp_path / SCRIPT).write_text("1")
    return tmp_path


def caller(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://svod")


@pytest.fixture
def client(folder: Path) -> httpx.AsyncClient:
    return caller(Starlette(routes=explorer_routes(folder=folder, tokens=lambda: ROLES)))


@pytest.mark.parametrize("path", ["/", f"/static/explorer/{SCRIPT}", "/demo/tokens"])
async def test_every_answer_is_guarded(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["x-content-type-options"] == "nosniff"
    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in response.headers["content-security-policy"]


async def test_hashed_files_are_kept_for_a_year_and_the_page_is_not(client: httpx.AsyncClient) -> None:
    script = await client.get(f"/static/explorer/{SCRIPT}")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"].startswith("text/javascript")
    assert (await client.get("/")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["index.html", ".built", "gone-ABCD2345.js", "%2e%2e/explorer.py", ""])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/explorer/{name}")).status_code == 404


async def test_demo_hands_out_tokens_that_nobody_keeps(client: httpx.AsyncClient) -> None:
    response = await client.get("/demo/tokens")
    assert response.json() == ROLES
    assert response.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in response.headers


async def test_production_has_no_such_door(folder: Path) -> None:
    async with caller(Starlette(routes=explorer_routes(folder=folder))) as client:
        assert (await client.get("/demo/tokens")).status_code == 404


async def test_a_page_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    async with caller(Starlette(routes=explorer_routes(folder=tmp_path / "none"))) as client:
        response = await client.get("/")
    assert response.status_code == 503
    assert "make explorer" in response.text
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.skipif(not BUILT.exists(), reason="the explorer is not built: make explorer")
def test_the_built_page_names_its_own_hashed_files_only() -> None:
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(named) == 3
    for address in named:
        assert (BUILT / address.removeprefix("static/explorer/")).is_file()
        assert re.search(r"-[0-9A-Z]{8}\.\w+$", address)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


@pytest.mark.skipif(not BUILT.exists(), reason="the explorer is not built: make explorer")
def test_the_built_page_is_of_reasonable_size() -> None:
    assert sum(file.stat().st_size for file in BUILT.glob("*.js")) < 2_000_000

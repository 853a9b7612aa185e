"""What the page's doors answer, without a browser."""

import json
import re
from pathlib import Path

import httpx
import pytest
from graphql import build_schema, parse, validate
from starlette.applications import Starlette

from gateway.dashboard import BUILT, dashboard_documents, dashboard_routes
from gateway.trusted.documents import TrustedDocuments
from gateway.trusted.manifest import ManifestError, digest

SCRIPT = "dashboard-ABCD2345.js"
HELLO = "query Hello{hello}"
FIRST_VIEW = {"House", "Ending", "Barred"}

built = pytest.mark.skipif(not BUILT.exists(), reason="the dashboard is not built: make explorer")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built page of two files and one document."""
    (tmp_path / "index.html").write_text("<title>Svod</title>")
    (tmp_path / SCRIPT).write_text("1")
    operation = {"id": digest(HELLO), "name": "Hello", "type": "query", "body": HELLO}
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [operation]}
    (tmp_path / "documents.json").write_text(json.dumps(manifest))
    return tmp_path


@pytest.fixture
def client(folder: Path) -> httpx.AsyncClient:
    app = Starlette(routes=dashboard_routes(folder=folder))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://svod")


@pytest.mark.parametrize("path", ["/dashboard", "/dashboard?view=staff", f"/static/dashboard/{SCRIPT}"])
async def test_every_answer_is_guarded(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in response.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["index.html", "documents.json", "gone-ABCD2345.js", "%2e%2e/dashboard.py"])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/dashboard/{name}")).status_code == 404


async def test_a_page_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    app = Starlette(routes=dashboard_routes(folder=tmp_path / "none"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://svod") as client:
        response = await client.get("/dashboard")
    assert response.status_code == 503
    assert "The dashboard is not built" in response.text


def test_the_pages_documents_are_trusted_beside_the_operators(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "operators.json"
    other.write_text(json.dumps({"theirs": "{ other }"}))
    trusted = TrustedDocuments(other, (), schema_is_open=False, own=dashboard_documents(folder))
    assert trusted.text(digest(HELLO)) == HELLO
    assert trusted.text("theirs") == "{ other }"
    assert len(dashboard_documents(tmp_path / "none")) == 0


def test_a_broken_list_of_documents_stops_the_gateway(folder: Path) -> None:
    (folder / "documents.json").write_text("{")
    with pytest.raises(ManifestError):
        dashboard_documents(folder)


@built
def test_every_document_fits_the_schema_and_has_its_digest_for_an_id() -> None:
    text = (Path(__file__).parents[2] / "schema.graphql").read_text(encoding="utf-8")
    schema = build_schema(text, assume_valid_sdl=True)
    found = dashboard_documents()
    assert {each.name for each in found} >= FIRST_VIEW
    for each in found:
        assert validate(schema, parse(each.text)) == [], each.name
        assert not each.is_altered


@built
def test_the_built_page_names_its_own_hashed_files_only() -> None:
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(named) == 3
    for address in named:
        assert (BUILT / address.removeprefix("static/dashboard/")).is_file()
        assert re.search(r"-[0-9A-Z]{8}\.\w+$", address)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


@built
def test_the_built_page_is_of_reasonable_size() -> None:
    assert sum(file.stat().st_size for file in BUILT.glob("*.*")) < 700_000

"""What the page's doors answer, without a browser."""

import gzip
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


@pytest.mark.parametrize(
    ("taken", "sent"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip;q=0.5, br;q=0", "gzip"),
        ("gzip;q=0.0", None),
        ("zstd", None),
        ("", None),
    ],
)
async def test_a_packed_file_is_sent_to_who_takes_it(
    client: httpx.AsyncClient, folder: Path, taken: str, sent: str | None
) -> None:
    packed = gzip.compress(b"1")  # once: it holds the second in which it was made
    (folder / f"{SCRIPT}.gz").write_bytes(packed)
    (folder / f"{SCRIPT}.br").write_bytes(b"as brotli")
    async with client.stream(
        "GET", f"/static/dashboard/{SCRIPT}", headers={"Accept-Encoding": taken}
    ) as response:
        body = b"".join([part async for part in response.aiter_raw()])
    assert response.headers.get("content-encoding") == sent
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"].endswith("/javascript; charset=utf-8")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert body == {"br": b"as brotli", "gzip": packed, None: b"1"}[sent]
    assert (await client.get(f"/static/dashboard/{SCRIPT}.gz")).status_code == 404, (
        "only packed, and named so"
    )


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
    assert {address.rpartition(".")[2] for address in named} == {"svg", "css", "js"}
    for address in named:
        assert (BUILT / address.removeprefix("static/dashboard/")).is_file()
        assert re.search(r"-[0-9A-Z]{8}\.\w+$", address)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


@built
def test_the_built_page_is_of_reasonable_size() -> None:
    sizes = {
        ending: sum(each.stat().st_size for each in BUILT.glob(f"*{ending}")) for ending in (".js", ".js.gz")
    }
    assert 0 < sizes[".js"] < 500_000
    assert 0 < sizes[".js.gz"] < 150_000

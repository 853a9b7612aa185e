"""`svod query` against something that answers: what is sent, what is printed, what is refused in a line."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from jose import jwt

from tests.gateway.svod import svod

ANSWER = {
    "data": {
        "organizations": {
            "totalCount": 7,
            "nodes": [{"oid": "1.2", "phone": None, "licenses": [{"number": "Л041"}, {"number": "Л042"}]}],
        }
    },
    "extensions": {
        "grants": [{"role": "employer", "organization": "1.2", "reason": "EMPLOYMENT_ENDED"}],
        "access": [{"coordinate": "Worker.snils", "outcome": "WITHHELD", "reason": "ROLE", "rows": 3}],
        "registries": [{"registry": "ORGANIZATIONS", "state": "OK"}],
        "dangling": {"count": 2, "references": []},
    },
}
FAULT = {
    "data": {"worker": None},
    "errors": [{"message": "no", "path": ["worker", 0], "extensions": {"code": "REGISTRY_TIMEOUT"}}],
}


class Answering(HTTPServer):
    """Answers every POST with the same bytes and remembers what it was sent."""

    content = b""
    asked: dict[str, object]
    headers: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/graphql"


class _Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked = json.loads(self.rfile.read(length))
        self.server.headers = dict(self.headers)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_: object) -> None:
        """Nothing: the test speaks for itself."""


@pytest.fixture
def answering() -> Iterator[Answering]:
    with Answering(("127.0.0.1", 0), _Handler) as server:
        server.content = json.dumps(ANSWER).encode()
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_table_with_its_notices(answering: Answering) -> None:
    printed = svod("query", "-", "--url", answering.url, given="{ organizations { totalCount } }")
    assert printed.returncode == 0
    cells = [
        [cell.strip() for cell in line.strip("┃│").replace("┃", "│").split("│")]
        for line in printed.stdout.splitlines()
        if line[:1] in "┃│"
    ]
    assert cells == [["oid", "phone", "licenses.number"], ["1.2", "–", "Л041"], ["", "", "Л042"]]
    assert "totalCount: 7" in printed.stdout
    assert printed.stderr.splitlines() == [
        "the grant of employer 1.2 does not hold (EMPLOYMENT_ENDED)",
        "Worker.snils: WITHHELD (ROLE), rows: 3",
        "references that lead nowhere: 2",
        "ORGANIZATIONS OK",
    ]


def test_json_is_the_answer_and_nothing_else(answering: Answering) -> None:
    printed = svod("query", "-", "--url", answering.url, "--format", "json", given="{ a }")
    assert json.loads(printed.stdout) == ANSWER
    assert printed.stderr == ""


def test_what_is_sent(answering: Answering, tmp_path: Path) -> None:
    (tmp_path / "q.graphql").write_text("query A { a } query B { b }", encoding="utf-8")
    (tmp_path / "v.json").write_text('{"number": "77"}', encoding="utf-8")
    options = ["--operation", "B", "--token", "t", "--purpose", "licensing", "--url", answering.url]
    svod("query", str(tmp_path / "q.graphql"), "--variables", f"@{tmp_path / 'v.json'}", *options)
    assert answering.asked == {
        "query": "query A { a } query B { b }",
        "variables": {"number": "77"},
        "operationName": "B",
    }
    assert answering.headers["Authorization"] == "Bearer t"
    assert answering.headers["X-Access-Purpose"] == "licensing"


def test_a_role_is_the_demos_caller(answering: Answering, tmp_path: Path) -> None:
    svod(
        "query",
        "-",
        "--role",
        "regulator",
        "--url",
        answering.url,
        given="{ a }",
        SVOD_DATA_DIR=str(tmp_path),
    )
    token = answering.headers["Authorization"].removeprefix("Bearer ")
    assert jwt.get_unverified_claims(token)["roles"] == ["regulator"]


def test_a_role_is_refused_where_the_demo_key_counts_for_nothing() -> None:
    issuer = {
        "SVOD_ISSUER": "https://id.example",
        "SVOD_AUDIENCE": "svod",
        "SVOD_JWKS": "https://id.example/keys",
    }
    refused = svod("query", "-", "--role", "auditor", given="{ a }", **issuer)
    assert refused.stderr.startswith("svod: --role is for a demo")


@pytest.mark.parametrize("form", ["table", "json"])
def test_errors_are_said_and_end_with_code_1(answering: Answering, form: str) -> None:
    answering.content = json.dumps(FAULT).encode()
    printed = svod("query", "-", "--url", answering.url, "--format", form, given="{ a }")
    assert printed.returncode == 1
    assert printed.stderr.splitlines() == ["worker.0: no (REGISTRY_TIMEOUT)"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "answered 200 and no JSON"),
        (b"[]", "answered 200 and nothing of GraphQL"),
        (b"{}", "answered 200 and nothing of GraphQL"),
    ],
)
def test_what_is_no_gateway_is_said_in_a_line(answering: Answering, content: bytes, said: str) -> None:
    answering.content = content
    _refused(said, "query", "-", "--url", answering.url)


def test_wrong_arguments_are_said_in_a_line(tmp_path: Path) -> None:
    _refused("absent.graphql cannot be read: No such file", "query", str(tmp_path / "absent.graphql"))
    _refused("--variables should be a JSON object", "query", "-", "--variables", "{")
    _refused("--variables should be a JSON object", "query", "-", "--variables", "[1]")
    _refused(
        "svod: http://127.0.0.1:1/graphql does not answer",
        "query",
        "-",
        "--url",
        "http://127.0.0.1:1/graphql",
    )
    _refused("does not answer", "query", "-", "--url", "nowhere")


def _refused(said: str, *arguments: str) -> None:
    printed = svod(*arguments, given="{ a }")
    assert printed.returncode == 1
    assert printed.stdout == ""
    [line] = printed.stderr.splitlines()
    assert said in line

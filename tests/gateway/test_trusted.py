"""Trusted documents: their manifests, asked by id on every transport, and as all that a role may ask."""

import json
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auth.principal import Grant, Principal, Role
from gateway.errors import ErrorCode
from gateway.faults import RequestError
from gateway.limits import Limits
from gateway.operation.prepare import Preparation
from gateway.settings import Settings
from gateway.trusted.documents import TrustedDocuments
from gateway.trusted.manifest import Document, ManifestError, digest, documents
from tests.gateway.door import SCHEMA, Door, opened
from tests.gateway.sockets import connected
from tests.gateway.svod import svod

HELLO = "query Hello { hello }"
NUMBER = "query Number($of: Int!) { number(of: $of) }"


@dataclass(frozen=True)
class Asker:
    """Who asks."""

    principal: Any = None
    authenticated: bool = False


def holding(*roles: Role) -> Asker:
    return Asker(Principal("anna", frozenset(Grant(role) for role in roles)), authenticated=True)


def apollo(*texts: str, **more: Any) -> dict[str, Any]:
    operations = [{"id": digest(text), "name": "Any", "type": "query", "body": text} for text in texts]
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations} | more


def written(folder: Path, manifest: object) -> Path:
    file = folder / "manifest.json"
    file.write_text(json.dumps(manifest), encoding="utf-8")
    return file


def test_apollo_relay_and_plain_manifests_are_read(tmp_path: Path) -> None:
    assert documents(written(tmp_path, apollo(HELLO))) == [Document(digest(HELLO), HELLO, "Any")]
    relay = {"b5bb9d8014a0f9b1d61e21e796d78dcc": HELLO, "2": NUMBER}
    assert {each.identity: each.text for each in documents(written(tmp_path, relay))} == relay


def test_a_list_names_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "hello.graphql").write_text(HELLO, encoding="utf-8")
    found = documents(written(tmp_path, ["queries/hello.graphql"]))
    assert found == [Document(digest(HELLO), HELLO, "hello")]


@pytest.mark.parametrize(
    ("manifest", "fault"),
    [
        ("text", "should hold a JSON object or list"),
        ({"format": "other", "operations": []}, "should have the format"),
        (apollo(HELLO, version=2), "version 1"),
        (apollo() | {"operations": [{"id": "1"}]}, "number 1"),
        ({"1": 2}, "under each id: `1`"),
        ({"": HELLO}, "ids of 1 to 256"),
        ([1], "names of files"),
        (["../secret.graphql"], "of its own folder"),
        (["/etc/hostname"], "of its own folder"),
        (["absent.graphql"], "cannot be read: `absent.graphql`"),
        (
            apollo(operations=[{"id": "1", "body": text} for text in (HELLO, NUMBER)]),
            "two documents",
        ),
    ],
)
def test_broken_manifests_say_what_is_wrong(tmp_path: Path, manifest: object, fault: str) -> None:
    with pytest.raises(ManifestError, match="the manifest of trusted documents") as refusal:
        documents(written(tmp_path, manifest))
    assert fault in str(refusal.value)


def test_a_manifest_that_is_no_json_or_not_there_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(ManifestError, match="is not JSON: line 1, column 2"):
        documents(broken)
    with pytest.raises(ManifestError, match="cannot be read"):
        TrustedDocuments(tmp_path / "absent.json", (), schema_is_open=True)


def test_a_changed_manifest_is_read_again_and_a_broken_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.trusted.documents.LOOK_SECONDS", 0.0)
    file = written(tmp_path, {"1": HELLO})
    trusted = TrustedDocuments(file, (), schema_is_open=True)
    assert (trusted.text("1"), trusted.text("2")) == (HELLO, None)
    written(tmp_path, {"1": HELLO, "2": NUMBER})
    assert trusted.text("2") == NUMBER
    file.write_text("{", encoding="utf-8")
    assert trusted.text("2") == NUMBER
    file.unlink()
    assert trusted.text("2") == NUMBER
    written(tmp_path, {"2": NUMBER})
    assert (trusted.text("1"), trusted.text("2")) == (None, NUMBER)


def test_a_file_that_is_replaced_by_one_of_the_same_age_and_size_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.trusted.documents.LOOK_SECONDS", 0.0)
    file = written(tmp_path, {"1": "{ a: hello }"})
    trusted = TrustedDocuments(file, (), schema_is_open=True)
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"1": "{ b: hello }"}), encoding="utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)
    assert trusted.text("1") == "{ b: hello }"


@pytest.mark.parametrize(
    ("asker", "bound"),
    [
        (Asker(), True),
        (holding(), True),
        (holding(Role.WORKER), True),
        (holding(Role.ANALYST), False),
        (holding(Role.WORKER, Role.ANALYST), False),
    ],
)
def test_bound_roles_ask_nothing_else(tmp_path: Path, asker: Asker, bound: bool) -> None:
    trusted = TrustedDocuments(written(tmp_path, {"1": HELLO}), ("public", "worker"), schema_is_open=False)
    trusted.check(HELLO, {"hello"}, asker)
    if not bound:
        trusted.check("{ hello }", {"hello"}, asker)
        return
    for text, roots in (("{ hello }", {"hello"}), ("{ __schema { description } }", {"__schema"})):
        with pytest.raises(RequestError) as refusal:
            trusted.check(text, roots, asker)
        assert (refusal.value.code, refusal.value.status) == (ErrorCode.DOCUMENT_NOT_TRUSTED, 403)


def test_an_open_schema_may_be_read_and_nothing_with_it(tmp_path: Path) -> None:
    trusted = TrustedDocuments(written(tmp_path, {"1": HELLO}), ("public",), schema_is_open=True)
    trusted.check("{ __schema { description } __typename }", {"__schema", "__typename"}, Asker())
    with pytest.raises(RequestError):
        trusted.check("{ __schema { description } hello }", {"__schema", "hello"}, Asker())


def test_trusted_documents_are_ready_before_they_are_asked(tmp_path: Path) -> None:
    preparation = Preparation(SCHEMA, Limits.of(Settings(_env_file=None)))
    trusted = TrustedDocuments(written(tmp_path, {"1": HELLO, "2": "{ absent }"}), (), schema_is_open=True)
    assert preparation.remembered == 0
    faults = trusted.prepare(preparation)
    assert {identity: error.code for identity, error in faults.items()} == {
        "2": ErrorCode.GRAPHQL_VALIDATION_FAILED
    }
    ready = preparation.remembered
    assert ready > len(HELLO)
    assert preparation.prepared(HELLO, None).name == "Hello"
    assert preparation.remembered == ready


UNKNOWN_FIELD = "Cannot query field 'absent' on type 'WorkerConnection'."
CARD = 'query Card { worker(registryNumber: "77200000000001") { fullName } }'


def checked(folder: Path, manifest: Mapping[str, Any]) -> Any:
    return svod("documents", "check", str(written(folder, manifest)))


def test_the_command_names_every_fault(tmp_path: Path) -> None:
    good = checked(tmp_path, apollo(CARD))
    assert (good.returncode, good.stdout) == (0, "1 documents, each fits the schema and the limits\n")
    altered = "query Altered { registries { state } }"
    manifest = {
        digest(CARD): CARD,
        digest(CARD + " "): altered,
        "unknown": "{ workers {\n absent } }",
        "dear": "{ workers(first: 100000) { nodes { id } } }",
    }
    bad = checked(tmp_path, manifest)
    assert bad.returncode == 1
    assert bad.stdout.splitlines() == [
        f"{digest(CARD + ' ')}: the id is not the SHA-256 of the text",
        f"unknown: GRAPHQL_VALIDATION_FAILED: {UNKNOWN_FIELD} (line 2, column 2)",
        "dear: LIMIT_EXCEEDED: The request has 100001 points of cost, the limit `cost` is 100000.",
    ]
    assert bad.stderr.endswith("manifest.json has 3 faults in 4 documents\n")


def test_the_command_says_of_a_broken_manifest_what_is_wrong(tmp_path: Path) -> None:
    broken = checked(tmp_path, {"1": 1})
    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr.startswith("svod: the manifest of trusted documents ")


@pytest.fixture
async def trusting(tmp_path: Path) -> AsyncIterator[Door]:
    """A gateway that knows two documents, and answers the public nothing else."""
    (tmp_path / "trusted.json").write_text(json.dumps(apollo(HELLO, NUMBER)), encoding="utf-8")
    async with opened(
        trusted_documents=tmp_path / "trusted.json", trusted_only=("public",), open_introspection=True
    ) as door:
        yield door


JSON = {"Accept": "application/graphql-response+json"}


def by_digest(text: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}}


@pytest.mark.parametrize(
    "request_",
    [
        by_digest(HELLO),
        {"documentId": digest(HELLO)},
        {"documentId": f"sha256:{digest(HELLO)}"},
        {"doc_id": digest(HELLO)},
        {"id": digest(HELLO)},
        {"query": HELLO},
        {"query": HELLO, "id": "anything"},
        {"query": HELLO} | by_digest(HELLO),
    ],
)
async def test_a_document_is_asked_by_its_id(trusting: Door, request_: dict[str, Any]) -> None:
    by_post = await trusting.client.post(trusting.url, json=request_, headers=JSON)
    assert (by_post.status_code, by_post.json()) == (200, {"data": {"hello": "hello world"}})
    given = {name: each if isinstance(each, str) else json.dumps(each) for name, each in request_.items()}
    by_get = await trusting.client.get(trusting.url, params=given, headers=JSON)
    assert by_get.json() == by_post.json()
    async with connected(trusting) as client:
        await client.init()
        await client.send({"id": "1", "type": "subscribe", "payload": request_})
        assert (await client.receive())["payload"] == by_post.json()


async def test_a_document_takes_variables(trusting: Door) -> None:
    request = {"documentId": digest(NUMBER), "variables": {"of": 7}}
    answer = await trusting.client.post(trusting.url, json=request, headers=JSON)
    assert answer.json() == {"data": {"number": 7}}


@pytest.mark.parametrize("request_", [{"id": "0"}, {"documentId": digest("{ a }")}, by_digest("{ a }")])
async def test_an_unknown_id_is_not_found(trusting: Door, request_: dict[str, Any]) -> None:
    answer = await trusting.client.post(trusting.url, json=request_, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("more", [{}, by_digest("{ hello }")])
async def test_the_public_asks_nothing_else_and_leaves_nothing_behind(
    trusting: Door, more: dict[str, Any]
) -> None:
    refused = await trusting.ask("{ hello }", **more)
    assert (refused.status_code, "data" in refused.json()) == (403, False)
    assert refused.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"
    assert trusting.traces.contexts == 0
    later = await trusting.client.post(trusting.url, json=by_digest("{ hello }"), headers=JSON)
    assert later.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    async with connected(trusting) as client:
        await client.init()
        await client.subscribe("1", "subscription { count(to: 1) }")
        assert (await client.receive())["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


async def test_what_one_may_ask_by_a_persisted_query_another_may_not(trusting: Door) -> None:
    anna = JSON | {"Authorization": "Bearer good"}
    known = {"query": "{ theirs: hello }"} | by_digest("{ theirs: hello }")
    assert (await trusting.client.post(trusting.url, json=known, headers=anna)).status_code == 200
    by_id = by_digest("{ theirs: hello }")
    assert (await trusting.client.post(trusting.url, json=by_id, headers=anna)).status_code == 200
    assert (await trusting.client.post(trusting.url, json=by_id, headers=JSON)).status_code == 403


async def test_where_the_schema_is_closed_no_other_text_is_parsed(tmp_path: Path) -> None:
    manifest = written(tmp_path, apollo(HELLO))
    async with opened(trusted_documents=manifest, trusted_only=("public",), open_introspection=False) as door:
        for text in ("{", "{ absent }", "{ __schema { description } }"):
            refused = await door.ask(text)
            assert refused.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"
        assert (await door.ask(HELLO)).status_code == 200
        anna = {"Authorization": "Bearer good"}
        assert (await door.ask("{", headers=anna)).json()["errors"][0]["extensions"]["code"] == (
            "GRAPHQL_PARSE_FAILED"
        )


async def test_the_open_schema_may_be_read(trusting: Door) -> None:
    assert (await trusting.ask("{ __schema { queryType { name } } }")).status_code == 200
    assert (await trusting.ask("{ __schema { queryType { name } } hello }")).status_code == 403

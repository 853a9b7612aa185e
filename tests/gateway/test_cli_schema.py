"""`svod schema`: the committed contract is the code's, and a difference is shown line by line."""

from pathlib import Path

from graphql import build_schema

from tests.docs.pages import ROOT
from tests.gateway.svod import svod

COMMITTED = ROOT / "schema.graphql"


def test_the_committed_schema_is_what_the_code_prints() -> None:
    assert svod("schema", "print").stdout == COMMITTED.read_text(encoding="utf-8")
    assert svod("schema", "check", str(COMMITTED)).returncode == 0


def test_what_is_printed_is_a_schema() -> None:
    assert "Worker" in build_schema(svod("schema", "print").stdout, assume_valid=True).type_map


def test_a_role_that_is_none() -> None:
    refused = svod("schema", "print", "--role", "doctor")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("svod: --role should be one of: public, worker, employer")


def test_a_difference_is_printed_as_a_diff(tmp_path: Path) -> None:
    other = tmp_path / "schema.graphql"
    text = svod("schema", "print").stdout
    other.write_text(text.replace("\n  fullName: String!", "\n  wholeName: String!"), encoding="utf-8")
    checked = svod("schema", "check", str(other))
    assert checked.returncode == 1
    changed = [
        line for line in checked.stdout.splitlines() if line[:1] in "-+" and line[:3] not in ("---", "+++")
    ]
    assert changed
    assert all("wholeName" in line for line in changed if line.startswith("-"))
    assert all("fullName" in line for line in changed if line.startswith("+"))
    assert checked.stderr.splitlines() == [
        f"svod: {other} differs from the code. If that is meant: make schema"
    ]


def test_a_missing_file_is_said_in_a_line(tmp_path: Path) -> None:
    checked = svod("schema", "check", str(tmp_path / "absent.graphql"))
    assert (checked.returncode, checked.stdout) == (1, "")
    assert checked.stderr.endswith("absent.graphql cannot be read. Print it first: make schema\n")

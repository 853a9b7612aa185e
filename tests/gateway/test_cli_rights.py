"""`svod rights`: the table as a person, a page and a program read it, and what a change alters."""

import csv
from pathlib import Path

import orjson

from tests.gateway.svod import svod


def test_the_table_in_every_format() -> None:
    found = orjson.loads(svod("rights", "table", "--format", "json").stdout)
    assert (
        found["table"][1] | {"role": "worker: self", "identity": "value with step-up, else –"}
        == found["table"][1]
    )
    assert svod("rights", "table", "--format", "markdown").stdout.count("\n") == len(found["table"]) + 2
    assert (
        list(csv.DictReader(svod("rights", "table", "--format", "csv").stdout.splitlines())) == found["table"]
    )
    assert "value with purpose, else mask" in svod("rights", "table").stdout


def test_fields_of_a_role() -> None:
    rows = orjson.loads(svod("rights", "fields", "--role", "insurer", "--format", "json").stdout)
    gives = {row["coordinate"]: row["gives"] for row in rows}
    assert {row["role"] for row in rows} == {"insurer"}
    assert (gives["Worker.snils"], gives["Worker.birthDate"], gives["Worker.lastName"]) == (
        "mask",
        "–",
        "value",
    )
    assert "Query.worker(snils:)" in gives
    assert len(orjson.loads(svod("rights", "fields", "--format", "json").stdout)) == 9 * len(rows)


def test_no_difference_and_a_difference(tmp_path: Path) -> None:
    printed = svod("rights", "table", "--format", "json").stdout
    old = tmp_path / "old.json"
    old.write_text(printed, encoding="utf-8")
    assert svod("rights", "diff", str(old)) == svod("rights", "diff", str(old), given="")
    assert (svod("rights", "diff", str(old)).returncode, svod("rights", "diff", str(old)).stdout) == (0, "")

    changed = orjson.loads(printed)
    for each in changed["decisions"]:
        if (each["role"], each["coordinate"]) == ("worker", "Worker.passportNumber"):
            each["gives"] = "value"
    old.write_bytes(orjson.dumps(changed))
    found = svod("rights", "diff", str(old))
    assert found.returncode == 1
    assert found.stdout == (
        "worker Worker.passportNumber: value (IDENTITY, self) → value with step-up, else – (IDENTITY, self)\n"
    )


def test_an_old_table_that_cannot_be_read(tmp_path: Path) -> None:
    absent = svod("rights", "diff", str(tmp_path / "absent.json"))
    assert (absent.returncode, absent.stdout) == (2, "")
    assert "is not what `svod rights table --format json` prints" in absent.stderr

"""The scanner of logs finds what it is there for: secrets planted in texts and in a session."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scanner import secrets

ROOT = Path(__file__).parent.parent
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIiwiZXhwIjoxfQ.c2lnbmF0dXJlLW9mLWl0"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("asked for 11223344595 now", "SNILS"),
        ('{"snils":"112-233-445 95"}', "SNILS"),
        ("key=112-233-445-95;", "SNILS"),
        ("inn 500100732259", "INN"),
        (f"Authorization: Bearer {TOKEN}", "token"),
        ("connecting to postgresql://svod:hunter2@host/db", "password"),
    ],
)
def test_a_planted_secret_is_found(text: str, kind: str) -> None:
    [found] = secrets(text)
    assert kind in found
    assert "11223344595" not in found


@pytest.mark.parametrize(
    "text",
    [
        "11223344594 has a wrong check digit",
        "77200000000001 is a registry number",
        "7707083893 is an organization's INN",
        "***-***-*** 95",
        "a11223344595b 0.11223344595 is part of something else",
        "postgresql://svod:***@host/db",
        "1.2.643.5.1.13.13.12.2.77.7809",
    ],
)
def test_what_is_no_secret_is_none(text: str) -> None:
    assert list(secrets(text)) == []


PLANTED = """
import logging, sys
from pathlib import Path

def test_it_logs(tmp_path):
    logging.getLogger("somewhere").warning("asked for %s", "112233445" + "95")

def test_it_prints():
    print("asked for 112-233-" + "445 95", file=sys.stderr)

def test_its_server_writes(tmp_path):
    (tmp_path / "server.log").write_text("asked for 112233445" + "95")

def test_it_is_silent():
    pass
"""


def test_a_session_whose_tests_all_pass_fails_by_what_they_logged(tmp_path: Path) -> None:
    """The plugin as the whole suite has it, over a folder of its own."""
    (tmp_path / "test_planted.py").write_text(PLANTED)
    (tmp_path / "conftest.py").write_text("from tests.scanner import pytest_configure  # noqa: F401\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--basetemp",
        str(tmp_path / "t"),
    ]
    done = subprocess.run(
        [*command, str(tmp_path / "test_planted.py")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(tmp_path / "t")  # or the session that this test belongs to would find what is planted
    told = [line for line in done.stdout.splitlines() if line.startswith("LOGGED")]
    assert "4 passed" in done.stdout
    assert done.returncode == 1
    places = ["test_it_logs (Captured log call)", "test_it_prints (Captured stderr call)", "server.log"]
    assert [place for place in places if not any(place in line for line in told)] == []
    assert not any("test_it_is_silent" in line for line in told)
    assert "11223344595" not in done.stdout

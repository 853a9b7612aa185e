"""`svod config check`: every setting on a line, secrets hidden, wrong ones named."""

import subprocess

import pytest
from pydantic import SecretStr

from gateway.commands.config import shown
from gateway.settings import SERVER_URLS, Settings, variable
from tests.gateway.svod import SVOD, environment, svod


def test_every_setting_is_printed_with_its_source() -> None:
    printed = svod("config", "check", SVOD_PORT="8123", SVOD_WORKERS_URL="postgresql://u:hunter2@db/w")
    assert printed.returncode == 0
    rows = {line.split()[1]: line for line in printed.stdout.splitlines() if "SVOD_" in line}
    assert set(rows) == {variable(field) for field in Settings.model_fields}
    assert "8123" in rows["SVOD_PORT"]
    assert "environment" in rows["SVOD_PORT"]
    assert "default" in rows["SVOD_HOST"]
    assert "postgresql://u:***@db/w" in rows["SVOD_WORKERS_URL"]
    assert "hunter2" not in printed.stdout + printed.stderr


def test_wrong_and_unknown_ones_are_named_in_a_line_each() -> None:
    refused = svod("config", "check", SVOD_PORT="eight", SVOD_PROT="1")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [
        "svod: SVOD_PROT is not a setting of Svod",
        "svod: SVOD_PORT should be a valid integer, unable to parse string as an integer",
    ]


def test_half_an_issuer_is_named() -> None:
    refused = svod("config", "check", SVOD_ISSUER="https://id.example")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("svod: SVOD_AUDIENCE should be set too")


def test_production_wants_an_issuer_and_every_url() -> None:
    refused = svod("config", "check", SVOD_ENV="production")
    assert [line.split()[1] for line in refused.stderr.splitlines()] == [variable(url) for url in SERVER_URLS]
    urls = {variable(url): "postgresql://svod@db/registry" for url in SERVER_URLS}
    refused = svod("config", "check", SVOD_ENV="production", **urls | {"SVOD_REDIS_URL": "redis://cache"})
    assert refused.stderr == "svod: SVOD_ISSUER and SVOD_AUDIENCE should be set in production\n"


def test_the_installed_command_says_a_fault_without_a_traceback() -> None:
    refused = subprocess.run(
        [SVOD, "config", "check"],
        env=environment(SVOD_PROT="1"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (refused.returncode, refused.stderr) == (1, "svod: SVOD_PROT is not a setting of Svod\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "unset"),
        (SecretStr("hunter2"), "***"),
        ("redis://:hunter2@cache:6379/0", "redis://:***@cache:6379/0"),
        ("postgresql://u:hun@ter2@db/w", "postgresql://u:***@db/w"),
        ("postgresql://db/w?user=u&password=hunter2", "postgresql://db/w?***"),
        ("postgresql://u@db/w?sslmode=require", "postgresql://u@db/w?sslmode=require"),
        (8000, "8000"),
        ((), "empty"),
        (("https://a.example", "https://b.example"), "https://a.example, https://b.example"),
        ("[bold]", "[bold]"),
    ],
)
def test_a_value_is_shown_without_its_password(value: object, text: str) -> None:
    assert shown(value) == text

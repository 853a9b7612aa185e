"""Settings: each wrong variable is refused by its name, all at once, and no value is repeated."""

import os

import pytest

from gateway.settings import (
    SERVER_URLS,
    Environment,
    LogLevel,
    SettingsError,
    environment_settings,
    variable,
)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("SVOD_"):
            monkeypatch.delenv(name)


def faults() -> dict[str, str]:
    with pytest.raises(SettingsError) as refused:
        environment_settings()
    return refused.value.faults


def test_nothing_set_is_a_demo_on_port_8000() -> None:
    settings = environment_settings()
    assert (settings.env, settings.port, settings.log_level) == (Environment.DEMO, 8000, LogLevel.INFO)


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_PORT", "eight")
    monkeypatch.setenv("SVOD_ENV", "staging")
    monkeypatch.setenv("SVOD_REGISTRY_TIMEOUT", "0")
    monkeypatch.setenv("SVOD_PROT", "8000")
    assert faults() == {
        "SVOD_PROT": "is not a setting of Svod",
        "SVOD_ENV": "should be 'demo' or 'production'",
        "SVOD_PORT": "should be a valid integer, unable to parse string as an integer",
        "SVOD_REGISTRY_TIMEOUT": "should be greater than 0",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SVOD_WORKERS_URL", "mysql://svod:hunter2@db/workers"),
        ("SVOD_WORKERS_URL", "postgresql://svod:hunter2@db"),
        ("SVOD_WORKERS_URL", "postgresql://[svod:hunter2@db/workers"),
        ("SVOD_REDIS_URL", "http://svod:hunter2@cache"),
    ],
)
def test_a_wrong_url_is_named_and_its_password_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as refused:
        environment_settings()
    assert "hunter2" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_list_that_is_not_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_CORS_ORIGINS", "https://example.org")
    assert faults() == {"SVOD_CORS_ORIGINS": "should be a JSON list"}


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_PORT", "")
    assert environment_settings().port == 8000


def test_production_needs_every_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_ENV", "production")
    assert set(faults()) >= {variable(field) for field in SERVER_URLS}

"""`svod config`: what the settings are and where each comes from."""

import os
from urllib.parse import urlsplit, urlunsplit

import typer
from pydantic import SecretStr
from rich.table import Table
from rich.text import Text

from auth.issuer import check_production, stated_issuer
from gateway.commands.terminal import output
from gateway.settings import Environment, Settings, environment_settings, variable

app = typer.Typer(no_args_is_help=True, help="The settings: what they are and where each comes from.")


@app.callback()
def config() -> None:
    """The settings: what they are and where each comes from."""


@app.command()
def check() -> None:
    """Print every setting; refuse wrong and unknown ones by name."""
    settings = environment_settings()
    issuer = stated_issuer(settings.issuer, settings.audience, settings.jwks)
    if settings.env is Environment.PRODUCTION:
        check_production(issuer)
    output().print(settings_table(settings))


def settings_table(settings: Settings) -> Table:
    """Every setting with its value, source and default. Secrets are hidden."""
    table = Table("setting", "value", "source", "default", "meaning")
    set_names = {name.upper() for name, value in os.environ.items() if value}
    for field, definition in Settings.model_fields.items():
        name = variable(field)
        source = "environment" if name in set_names else "default"
        value, default = shown(getattr(settings, field)), shown(definition.get_default())
        cells = (name, value, source, default, definition.description or "")
        table.add_row(*(Text(cell) for cell in cells))
    return table


def shown(value: object) -> str:
    """A setting's value as anyone may read it: without passwords."""
    if value is None:
        return "unset"
    if isinstance(value, SecretStr):
        return "***"
    if isinstance(value, tuple):
        return ", ".join(map(shown, value)) or "empty"
    text = str(value)
    return _without_password(text) if "://" in text else text


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    account, at, host = parts.netloc.rpartition("@")
    user, colon, _ = account.partition(":")
    hidden = f"{user}:***" if colon else user
    query = "***" if "password" in parts.query.lower() else parts.query
    return urlunsplit(parts._replace(netloc=f"{hidden}{at}{host}", query=query, fragment=""))

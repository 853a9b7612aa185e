"""`svod query`: runs a file against a running gateway and prints what it answers."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import orjson
import typer
from rich.text import Text

from auth.principal import Role
from gateway.commands.flatten import about, beside, rows
from gateway.commands.refusal import RefusalError
from gateway.commands.tables import cell, print_rows
from gateway.commands.terminal import notices, output
from gateway.roles import role_tokens
from gateway.settings import Settings, environment_settings

TIMEOUT = 60.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"


def query(
    file: Annotated[Path, typer.Argument(help="File with the operation; `-` reads standard input.")],
    variables: Annotated[str, typer.Option(help="JSON object, or @file with one.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="Which operation of the file to run.")] = None,
    token: Annotated[
        str | None, typer.Option(help="Bearer token. `svod token` signs one for a demo.")
    ] = None,
    role: Annotated[
        Role | None, typer.Option(help="Instead of a token: the demo's caller of this role.")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(help="Why personal data is asked for (a regulator's).")
    ] = None,
    url: Annotated[str | None, typer.Option(help="The gateway. Default: this machine, SVOD_PORT.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Table or JSON.")] = Format.TABLE,
) -> None:
    """Run a GraphQL file against a running gateway. The exit code is 1 when the answer has errors."""
    body = {"query": _text(file), "variables": _variables(variables)}
    if operation:
        body["operationName"] = operation
    settings = environment_settings()
    headers = _headers(token or _token(settings, role), purpose)
    answer = _answer(url or f"http://127.0.0.1:{settings.port}/graphql", body, headers)
    if form is Format.JSON:
        sys.stdout.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        _print_tables(answer.get("data") or {})
        _print_notices(answer.get("extensions") or {})
    if answer.get("errors"):
        _print_errors(answer["errors"])
        raise typer.Exit(1)


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise RefusalError(str(file), f"cannot be read: {_reason(exc)}") from exc


def _variables(given: str) -> dict[str, Any]:
    text = _text(Path(given[1:])) if given.startswith("@") else given
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as exc:
        raise RefusalError("--variables", f"should be a JSON object: {exc}") from exc
    if not isinstance(found, dict):
        raise RefusalError("--variables", "should be a JSON object")
    return found


def _token(settings: Settings, role: Role | None) -> str | None:
    if role is None:
        return None
    tokens = role_tokens(settings)
    if tokens is None:
        raise RefusalError("--role", "is for a demo; with an issuer of its own the gateway wants --token")
    return next(each["token"] for each in tokens() if each["role"] == role)


def _headers(token: str | None, purpose: str | None) -> dict[str, str]:
    stated = {"Authorization": token and f"Bearer {token}", "X-Access-Purpose": purpose}
    return {name: value for name, value in stated.items() if value}


def _answer(url: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    accept = {"Accept": "application/graphql-response+json, application/json;q=0.9"}
    # A proxy of the environment is for other machines.
    elsewhere = urlsplit(url).hostname not in LOOPBACK
    try:
        with httpx.Client(timeout=TIMEOUT, trust_env=elsewhere) as client:
            response = client.post(url, json=body, headers=accept | headers)
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise RefusalError(url, f"does not answer ({_reason(exc)}). Start a gateway: svod serve") from exc
    return _json(url, response)


def _json(url: str, response: httpx.Response) -> dict[str, Any]:
    try:
        answer = orjson.loads(response.content)
    except orjson.JSONDecodeError as exc:
        raise RefusalError(url, f"answered {response.status_code} and no JSON: not a gateway?") from exc
    if not isinstance(answer, dict) or not ({"data", "errors"} & set(answer)):
        raise RefusalError(url, f"answered {response.status_code} and nothing of GraphQL: not a gateway?")
    return answer


def _reason(exc: Exception) -> str:
    return getattr(exc, "strerror", None) or str(exc) or type(exc).__name__


def _print_tables(data: dict[str, Any]) -> None:
    for name, value in data.items():
        print_rows(output(), name, rows(value))
        for listed, others in beside(value).items():
            print_rows(output(), f"{name}.{listed}", others)
        told = ", ".join(f"{fact}: {cell(said)}" for fact, said in about(value).items())
        if told:
            output().print(Text(told))


def _print_notices(extensions: dict[str, Any]) -> None:
    for line in extensions.get("grants") or []:
        grant = " ".join(line[name] for name in ("role", "organization") if name in line)
        notices().print(Text(f"the grant of {grant} does not hold ({line['reason']})", style="yellow"))
    for line in extensions.get("access") or []:
        told = "{coordinate}: {outcome} ({reason}), rows: {rows}".format(**line)
        notices().print(Text(told, style="yellow"))
    if dangling := extensions.get("dangling"):
        notices().print(Text(f"references that lead nowhere: {dangling['count']}", style="yellow"))
    told = ", ".join("{registry} {state}".format(**line) for line in extensions.get("registries") or [])
    if told:
        notices().print(Text(told, style="dim"))


def _print_errors(errors: list[dict[str, Any]]) -> None:
    for error in errors:
        path = ".".join(map(str, error.get("path") or []))
        code = (error.get("extensions") or {}).get("code", "")
        where = f"{path}: " if path else ""
        notices().print(Text(f"{where}{error.get('message')} ({code})", style="red"), soft_wrap=True)

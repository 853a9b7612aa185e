"""`svod token`: signs a token with the demo key, to try Svod out in a role; revokes tokens of any issuer."""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from auth.claims import principal_of
from auth.demo_key import demo_key
from auth.errors import InvalidToken
from auth.principal import Role
from auth.revocation import Kind
from gateway.commands.refusal import RefusalError
from gateway.commands.revocations import print_revocations, revoke
from gateway.settings import Environment, Settings, environment_settings
from sources import keys

MINUTES_OF_A_DAY = 24 * 60
OPTIONS = {
    "organizations": "--organization",
    "regions": "--region",
    "sub": "--subject",
    "sid": "--session",
}


app = typer.Typer(add_completion=False, help="Tokens: sign one for a demo, revoke one, list the revoked.")


@app.callback(invoke_without_command=True)
def token(
    context: typer.Context,
    role: Annotated[list[Role] | None, typer.Option(help="What the caller acts as; may be repeated.")] = None,
    organization: Annotated[
        list[str] | None, typer.Option(help="OID of an employer's organization; may be repeated.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Code of a regulator's region, like 77; none means all.")
    ] = None,
    snils: Annotated[
        str | None, typer.Option(help="The holder's own SNILS: a worker's sight of himself.")
    ] = None,
    subject: Annotated[
        str | None, typer.Option(help="Who the holder is. Default: demo and the role.")
    ] = None,
    amr: Annotated[
        list[str] | None,
        typer.Option(help="How he signed in (`mfa`, `hwk`, `sc` are step-up); may be repeated."),
    ] = None,
    session: Annotated[
        str | None,
        typer.Option(help="The session (`sid`) that it belongs to. Without one: no idle end."),
    ] = None,
    ttl: Annotated[
        int, typer.Option(min=1, max=MINUTES_OF_A_DAY, help="Minutes that the token lives.")
    ] = 480,
) -> None:
    """Print a token signed with the demo key. A purpose is not in it: that is the header X-Access-Purpose."""
    if context.invoked_subcommand is not None:
        return
    if not role:
        raise typer.BadParameter("say what the caller acts as", param_hint="--role")
    settings = environment_settings()
    _check(settings)
    claims = {
        "sub": subject or f"demo-{role[0]}",
        "roles": list(role),
        "organizations": [_key("--organization", keys.oid, oid) for oid in organization or ()],
        "regions": region,
        "snils": snils and _key("--snils", keys.snils, snils),
        "amr": amr,
        "sid": session,
    }
    sys.stdout.write(signed_token(settings.data_dir, claims, ttl) + "\n")


@app.command("revoke")
def revoke_token(
    identity: Annotated[str | None, typer.Argument(metavar="JTI", help="The token's `jti`.")] = None,
    subject: Annotated[
        str | None, typer.Option(help="Instead: all tokens of this `sub` that were issued until now.")
    ] = None,
) -> None:
    """Revoke a token, or all tokens of a person, at once and on every replica."""
    if (identity is None) == (subject is None):
        raise typer.BadParameter("give either a JTI or --subject", param_hint="JTI")
    if subject is not None:
        revoke(Kind.SUBJECT, subject)
    elif identity is not None:
        revoke(Kind.TOKEN, identity)


@app.command("list")
def listed() -> None:
    """Print the tokens and persons that were revoked, by the names that were given then."""
    print_revocations(Kind.TOKEN, Kind.SUBJECT)


def signed_token(folder: Path, claims: Mapping[str, Any], minutes: int) -> str:
    """A demo token with those of these claims that say something, living from now on."""
    now = int(time.time())
    stated = {name: value for name, value in claims.items() if value}
    whole = stated | {"iat": now, "exp": now + minutes * 60, "jti": str(uuid4())}
    try:
        principal_of(whole)
    except InvalidToken as exc:
        name = exc.claim or "token"
        raise RefusalError(OPTIONS.get(name, f"--{name}"), "is not of the shape that the claim has") from exc
    return demo_key(folder).token(whole)


def _check(settings: Settings) -> None:
    if settings.env is Environment.PRODUCTION:
        raise RefusalError("svod token", "signs with the demo key; in production your issuer does")
    if settings.issuer is not None:
        raise RefusalError("svod token", "signs for the demo issuer, but SVOD_ISSUER names another")


def _key(option: str, parse: Callable[[str], str], text: str) -> str:
    try:
        return parse(text)
    except keys.InvalidKey as exc:
        raise RefusalError(option, exc.fault) from exc

"""`svod session`: ends sessions before their time."""

from typing import Annotated

import typer

from auth.revocation import Kind
from gateway.commands.revocations import print_revocations, revoke

app = typer.Typer(no_args_is_help=True, help="Sessions: end one at once, list those that were ended.")


@app.command("revoke")
def revoke_session(session: Annotated[str, typer.Argument(help="The `sid` of its tokens.")]) -> None:
    """End a session with all its tokens, at once and on every replica."""
    revoke(Kind.SESSION, session)


@app.command("list")
def listed() -> None:
    """Print the sessions that were ended by `revoke`, by the names that were given then."""
    print_revocations(Kind.SESSION)

"""The `svod` command: composes the commands and says expected faults in one line."""

import sys

import typer

from auth.errors import UnsafeIssuer
from gateway.commands import audit, config, documents, rights, schema, session, store, token
from gateway.commands.demo import demo
from gateway.commands.query import query
from gateway.commands.refusal import RefusalError
from gateway.commands.serve import serve
from gateway.commands.sync import sync
from gateway.commands.terminal import say_fault
from gateway.servers import ServersError
from gateway.settings import SettingsError
from gateway.transport.listening import ListenError
from gateway.transport.processes import ProcessDied
from gateway.trusted.manifest import ManifestError

EXPECTED = (RefusalError, ListenError, ManifestError, ProcessDied, ServersError, UnsafeIssuer)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(serve)
app.command()(demo)
app.command()(query)
app.command()(sync)
app.add_typer(audit.app, name="audit")
app.add_typer(store.app, name="store")
app.add_typer(token.app, name="token")
app.add_typer(session.app, name="session")
app.add_typer(schema.app, name="schema")
app.add_typer(rights.app, name="rights")
app.add_typer(documents.app, name="documents")
app.add_typer(config.app, name="config")


@app.callback()
def svod() -> None:
    """One GraphQL schema over four medical registries."""


def main() -> None:
    """Run the command that the arguments name."""
    try:
        app()
    except SettingsError as error:
        for name, reason in error.faults.items():
            say_fault(f"{name} {reason}")
        sys.exit(1)
    except EXPECTED as error:
        say_fault(str(error))
        sys.exit(1)

"""The `svod` command."""

import typer

app = typer.Typer(no_args_is_help=True, help="One GraphQL schema over four medical registries.")


@app.callback()
def svod() -> None:
    """One GraphQL schema over four medical registries."""


def main() -> None:
    app()
